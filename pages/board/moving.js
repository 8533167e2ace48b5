/* Moving an order from column to column: by mouse, by finger after a short press, by Shift and an arrow, or by the menu of its
   card. What leads where, and why a column is closed, the server has said with the card; it is asked what was pressed as ever. */

const SLOP = 6, HOLD = 350, EDGE = 48 // px before a mouse drags, ms before a finger does, px at the side where the board scrolls

/* One card in the hand, from the press to the drop. */
class Grasp {
  constructor(event, card, board) {
    Object.assign(this, { card, board, x: event.clientX, y: event.clientY, from: [event.clientX, event.clientY] })
    this.isTouch = event.pointerType !== "mouse"
    this.ends = new AbortController()
    const hear = (kind, handle) =>
      addEventListener(kind, handle.bind(this), { signal: this.ends.signal, passive: false, capture: true })
    hear("pointermove", this.move)
    hear("pointerup", this.drop)
    hear("pointercancel", this.end)
    hear("keydown", (pressed) => pressed.key === "Escape" && this.end())
    hear("touchmove", (moved) => this.ghost && moved.preventDefault()) // else it would scroll
    hear("contextmenu", (asked) => this.isTouch && asked.preventDefault())
    if (this.isTouch) this.waits = setTimeout(() => this.lift(), HOLD)
  }
  move({ clientX, clientY }) {
    Object.assign(this, { x: clientX, y: clientY })
    const is_away = Math.hypot(this.x - this.from[0], this.y - this.from[1]) > SLOP
    if (!this.ghost && is_away) return this.isTouch ? this.end() : this.lift()
    if (this.ghost) this.follow()
  }
  lift() {
    const { left, top, width } = this.card.getBoundingClientRect()
    this.ghost = this.card.cloneNode(true)
    this.ghost.removeAttribute("data-job")
    this.ghost.classList.add("in-hand")
    this.ghost.ariaHidden = "true"
    this.ghost.inert = true
    Object.assign(this.ghost.style, { left: `${left}px`, top: `${top}px`, width: `${width}px` })
    document.body.append(this.ghost)
    document.documentElement.classList.add("is-moving")
    getSelection().removeAllRanges()
    this.board.lifted(this.card.dataset.job)
    this.follow()
    this.scrolls = setInterval(() => this.scroll(), 16)
  }
  follow() {
    this.ghost.style.transform = `translate(${this.x - this.from[0]}px, ${this.y - this.from[1]}px) rotate(1.5deg)`
    this.board.over = Number(document.elementFromPoint(this.x, this.y)?.closest("[data-place]")?.dataset.place ?? -1)
  }
  scroll() {
    const { left, right } = this.board.$el.getBoundingClientRect()
    if (this.x > right - EDGE) this.board.$el.scrollLeft += 12
    else if (this.x < left + EDGE) this.board.$el.scrollLeft -= 12
  }
  drop() {
    const was = this.ghost, { moved, over } = this.board
    this.end()
    if (!was) return
    addEventListener("click", (event) => event.stopPropagation() || event.preventDefault(), { capture: true, once: true, signal: AbortSignal.timeout(50) })
    if (over >= 0) this.board.go(moved, over)
  }
  end() {
    clearTimeout(this.waits)
    clearInterval(this.scrolls)
    this.ends.abort()
    this.ghost?.remove()
    document.documentElement.classList.remove("is-moving")
    this.board.lifted(null)
  }
}

const TURNS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }

/* What a board with `ways` has beside its lists. `moved` is the order in the hand, `over` the column beneath it. */
export const moving = {
  data: () => ({ moved: null, over: -1, said: "", tab: -1, more: { at: null, key: 0, isOpen: false } }),
  computed: {
    /* For each column: the action that leads there, or why none does; nothing where the order stands. */
    doors() { return this.moved ? this.sections.map((_, index) => this.door(this.moved, index)) : [] },
    asked() { return this.shown.get(this.more.key) },
    aside() { return this.ways.aside.filter(({ held }) => held === undefined || held === Boolean(this.asked.card.paused)) },
    others() { return this.asked?.card.actions.filter(({ action }) => [undefined, this.asked.place.section].includes(this.ways.leads[action])) },
  },
  mounted() {
    if (!this.ways) return
    this.tab = Math.max(0, this.lists.findIndex((list) => list.length))
    this.$el.addEventListener("pointerdown", this.grasp)
    this.$el.addEventListener("dragstart", (event) => event.preventDefault())
    this.$el.addEventListener("keydown", this.turn)
  },
  methods: {
    byNumber(number) { return [...this.shown.values()].find(({ card }) => card.number === number) },
    lifted(number) { Object.assign(this, { moved: number && this.byNumber(number), over: -1 }) },
    door({ card, place }, index) {
      if (place.section === index) return null
      if (place.wish) return { why: `${place.wish.doing} …` }
      const offer = card.actions.find(({ action }) => this.ways.leads[action] === index)
      return offer ?? { why: this.ways.closed[card.status] }
    },
    /* Take what leads there, if the column is open; else say why it is not. */
    go(entry, index) {
      const door = this.door(entry, index)
      this.said = door?.why ?? ""
      if (door && !door.why) this.press(entry.card, "take", door.action)
    },
    grasp(event) {
      const card = event.target.closest(".card")
      if (card && event.isPrimary && !event.button && !event.target.closest("button")) new Grasp(event, card, this)
    },
    open(key, event) { this.more = { at: event.currentTarget, key, isOpen: true } },
    pick(offer) { if (!offer.why) this.choose("take", offer.action) },
    choose(what, action = "") {
      this.more.isOpen = false
      this.press(this.asked.card, what, action)
    },
    /* Arrows go from card to card; with Shift they take the card along. */
    turn(event) {
      const way = TURNS[event.key], card = event.target.closest(".card")
      if (!way || !card || event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return
      const entry = this.byNumber(card.dataset.job)
      if (!entry) return
      event.preventDefault()
      if (event.shiftKey) return way[0] && this.carry(entry, way[0])
      const column = entry.place.section, row = this.lists[column].indexOf(entry)
      const next = way[0] ? this.beside(column, way[0], row) : this.lists[column][row + way[1]]
      this.focus(next)
    },
    beside(column, step, row) {
      for (let at = column + step; this.lists[at]; at += step)
        if (this.lists[at].length) return this.lists[at][Math.min(row, this.lists[at].length - 1)]
    },
    /* To the nearest column on that side that is open. */
    carry(entry, step) {
      const beside = this.sections.map((_, index) => index).filter((index) => Math.sign(index - entry.place.section) === step)
      if (step < 0) beside.reverse()
      const open = beside.find((index) => !this.door(entry, index).why)
      if (beside.length) this.go(entry, open ?? beside[0])
    },
    focus(entry) {
      if (!entry) return
      this.tab = entry.place.section
      this.$nextTick(() => this.$el.querySelector(`[data-job="${entry.card.number}"] .card-title`)?.focus())
    },
    /* Whether this order's card has the focus, which it keeps where it goes (assets/focus.js). */
    holds({ number }) { return this.$el.querySelector(`[data-job="${number}"]`)?.contains(document.activeElement) },
    turnTab(event) {
      const way = TURNS[event.key]?.[0]
      if (!way) return
      this.tab = (this.tab + way + this.sections.length) % this.sections.length
      this.$nextTick(() => this.$el.querySelectorAll("[role=tab]")[this.tab].focus())
    },
    walk(event) {
      const way = TURNS[event.key]?.[1] ?? { Home: -Infinity, End: Infinity }[event.key]
      if (!way) return
      event.preventDefault()
      const items = [...event.currentTarget.querySelectorAll("[role=menuitem]")], last = items.length - 1
      const next = items.indexOf(document.activeElement) + way
      items[Number.isFinite(way) ? (next + items.length) % items.length : way < 0 ? 0 : last].focus()
    },
  },
}
