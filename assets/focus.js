/* The focus stays where somebody works. When what had it goes away, it goes to the same thing drawn anew, to the order's next
   step, or to the nearest thing that is left; but not before all dialogs are gone, and what was pressed has had its outcome.
   After a mouse or a finger it goes to no step: who then scrolls with the space bar would press it. */

const FOCUSABLE = "a[href], button, summary, input, textarea, [tabindex='0']"
const STEP = "[data-action], [data-take-back], [data-answer]"
const OVER = ".q-dialog, .q-menu, dialog[open]"

let places = [] // what had the focus, the latest first
let isPointed = false // whether mouse or finger was used last

const things = (root) => [...(root?.querySelectorAll(FOCUSABLE) ?? [])].filter(isThere)
const isThere = (each) => each.isConnected && each.tabIndex >= 0 && !each.disabled && isSeen(each)
const isSeen = (each) => each.checkVisibility({ visibilityProperty: true })
const called = (each) => each.tagName + (each.getAttribute("aria-label") || each.innerText)
const home = ({ job }) => job && [...document.querySelectorAll(`[data-job="${job}"]`)].find(isSeen)
const again = (place) => (isThere(place.element) ? place.element : things(home(place)).find((each) => called(each) === place.name))

const next = (lost) => {
  const here = home(lost), isStep = lost.element.matches(STEP)
  const found = isStep ? !isPointed && things(here).find((each) => each.matches(STEP)) : places.map(again).find((each) => here?.contains(each ?? null))
  return found || here?.querySelector(".card-title, .page-title")
}

const nearest = (lost) => {
  const far = (each) => { const { x, y } = each.getBoundingClientRect(); return Math.hypot(x - lost.x, y - lost.y) - 99 * (called(each) === lost.name) }
  for (const place of lost.around) {
    const left = place.isConnected ? things(place).filter((each) => !each.matches(isPointed ? `input, textarea, ${STEP}` : "input, textarea")) : []
    if (left.length) return left.reduce((one, other) => (far(other) < far(one) ? other : one))
  }
}

const look = () => {
  const [last] = places, now = document.activeElement
  if (!last || document.hidden) return
  if (now === last.element) return ({ x: last.x, y: last.y } = now.getBoundingClientRect())
  const isBusy = [...unheard.values()].some(({ pressed }) => pressed) // line.js
  if (now !== document.body || isBusy || !document.hasFocus() || document.querySelector(OVER)) return
  const found = again(last) || next(last) || nearest(last)
  found?.focus({ preventScroll: isPointed })
  if (document.activeElement !== found) places.shift()
}
setInterval(look, 100)

addEventListener("focusin", ({ target: element }) => {
  if (element.closest(OVER)) return
  const around = []
  for (let each = element; (each = each.parentElement); ) around.push(each)
  const place = { element, around, job: element.closest("[data-job]")?.dataset.job, name: called(element) }
  places = [place, ...places.filter((each) => each.element !== element)].slice(0, 9)
  look()
})
addEventListener("keydown", () => { isPointed = false }, true)
addEventListener("pointerdown", ({ target }) => {
  isPointed = true
  if (!target.closest(`${FOCUSABLE}, ${OVER}, .press-shield`)) places = [] // somebody lets go of it
}, true)
