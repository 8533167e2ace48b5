/* A menu behind "⋯" for what is rare. Its buttons stand in the page all the time, shown or not; the keys are those of a menu. */

export default {
  props: { label: String },
  template: `
    <div class="more-here" @keydown="key">
      <q-btn ref="opener" icon="more_horiz" flat round dense color="ink" :aria-label="label" aria-haspopup="menu"
        :aria-expanded="String(open)" data-more @click="open ? close() : show(0)" />
      <div v-show="open" ref="menu" class="more-menu" role="menu" :aria-label="label" @click="chosen"><slot /></div>
    </div>`,
  data: () => ({ open: false }),
  mounted() {
    this.elsewhere = ({ target }) => { if (!this.$el.contains(target)) this.open = false }
    addEventListener("pointerdown", this.elsewhere)
    addEventListener("focusin", this.elsewhere)
  },
  unmounted() {
    removeEventListener("pointerdown", this.elsewhere)
    removeEventListener("focusin", this.elsewhere)
  },
  methods: {
    items() {
      return [...this.$refs.menu.querySelectorAll("[role=menuitem]:not(:disabled)")].filter((each) => each.checkVisibility())
    },
    async show(place) {
      this.open = true
      await this.$nextTick()
      this.items().at(place)?.focus()
    },
    close() {
      this.open = false
      this.$refs.opener.$el.focus()
    },
    chosen({ target }) { if (target.closest("[role=menuitem]:not(:disabled)")) this.close() },
    key(event) {
      const items = this.open ? this.items() : []
      const here = items.indexOf(document.activeElement)
      const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: -1 }[event.key]
      if (event.key === "Escape" && this.open) this.close()
      else if (to === undefined) return
      else if (this.open) items.at(to % items.length)?.focus()
      else this.show(event.key === "ArrowUp" ? -1 : 0)
      event.preventDefault()
      event.stopPropagation()
    },
  },
}
