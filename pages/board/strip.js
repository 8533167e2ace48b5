/* The numbers on top of the desk, each with its icon and what it counts. */
export default {
  props: { tiles: Array, numbers: Array },
  template: `
    <div class="strip">
      <div v-for="({ title, icon }, place) in tiles" :key="title" class="tile">
        <q-icon :name="icon" aria-hidden="true" />
        <div class="tile-number">{{ now[place] }}</div>
        <div class="tile-title">{{ title }}</div>
      </div>
    </div>`,
  data() { return { now: this.numbers } },
  methods: {
    show(numbers) { this.now = numbers },
  },
}
