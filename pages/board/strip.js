/* The numbers on top of the desk, each with its icon and what it counts: a link to those orders. */
export default {
  props: { tiles: Array, numbers: Array },
  template: `
    <div class="strip">
      <a v-for="({ title, icon, address }, place) in tiles" :key="title" class="tile" :href="address">
        <q-icon :name="icon" aria-hidden="true" />
        <div class="tile-number">{{ now[place] }}</div>
        <div class="tile-title">{{ title }}</div>
      </a>
    </div>`,
  data() { return { now: this.numbers } },
  methods: {
    show(numbers) { this.now = numbers },
  },
}
