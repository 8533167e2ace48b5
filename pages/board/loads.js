/* How full each writer's hands are: a bar, and the same in words; a link to their orders. */
export default {
  props: { rows: Array },
  template: `
    <section class="loads panel" aria-label="Who has how much in hand">
      <div class="section-title" role="heading" aria-level="2">Who has how much in hand</div>
      <ul class="plain">
        <li v-for="{ name, words, share, full, address } in now" :key="address">
          <a :href="address" dir="auto">{{ name }}</a>
          <div class="load-bar" aria-hidden="true" :data-full="full" :style="{ '--full': share + '%' }"></div>
          <div class="muted">{{ words }}</div>
        </li>
      </ul>
    </section>`,
  data() { return { now: this.rows } },
  methods: {
    show(rows) { this.now = rows },
  },
}
