/* What stands on a board, and below it, slides to its new place when news comes in: nothing jumps away from under somebody's
   eyes, or hand. The field in which they type does not even slide. */

const PARTS = [":scope > section", ".card, section > .q-btn"] // the outer ones first: they take along what is in them
const SLOWLY = { duration: 250, easing: "ease-out", composite: "add" } // another slide may come before this one is over
const HERE = { zIndex: "auto" } // nothing that a compositor animates alone: Chrome's account of shifts would miss where a slide was
const CALM = matchMedia("(prefers-reduced-motion: reduce)")

const parts = (board) => {
  const below = []
  for (let each = board.nextElementSibling; each; each = each.nextElementSibling) below.push(each)
  return [...below, ...PARTS.flatMap((selector) => [...board.querySelectorAll(selector)])]
}

const slide = (part, from) => {
  const to = part.getBoundingClientRect(), x = from.x - to.x, y = from.y - to.y
  if (!from.width || !to.width || Math.hypot(x, y) < 1) return
  part.animate([{ transform: `translate(${x}px, ${y}px)`, ...HERE }, { transform: "translate(0px, 0px)", ...HERE }], SLOWLY)
}

export const sliding = {
  beforeUpdate() {
    this.stood = CALM.matches ? [] : parts(this.$el).map((part) => [part, part.getBoundingClientRect()])
  },
  updated() {
    const field = docket.steady()
    for (const [part, place] of this.stood) if (part.isConnected && !(field && part.contains(field))) slide(part, place)
  },
}
