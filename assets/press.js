/* One click does one thing. Where a button was just pressed, whatever appears, slides up or changes its name takes no
   press until it has been there for 600 ms; a shield over the place says so to mouse and finger, also on the next page.
   A key that is held presses nothing twice, nor what gets the focus meanwhile. The server has the last word. */

const WAIT = 600, JUST = 5000 // ms: how long a new button rests, and for how long a place counts as pressed
const CONTROLS = "button, a[href], summary, [role=button], [role=menuitem], [role=option], [role=tab], .q-item--clickable, .q-dialog__backdrop"
const shield = Object.assign(document.createElement("div"), { className: "press-shield", ariaHidden: "true" })
const key = { on: null, at: 0 } // what Enter or Space pressed last, and when, unless another key came after it
let pressed = null // { x, y, box, at, what, since }: the place, what stands there now, and since when

/* A button is what it says: one that was renamed, or could not be pressed until now, is another. */
const named = (control) =>
  control ? [control, control.innerText, control.getAttribute("aria-label"), control.matches("[disabled]")] : null
const same = (one, other) => one === other || (one && other && one.every((part, place) => part === other[place]))
const standing = ({ x, y }) => named(document.elementsFromPoint(x, y).find((each) => each !== shield)?.closest(CONTROLS))

const look = () => {
  if (!pressed) return
  const now = Date.now(), what = standing(pressed)
  if (!same(what, pressed.what)) Object.assign(pressed, { what, since: now })
  if (now - pressed.at > JUST && now - pressed.since > WAIT) pressed = null
  const resting = pressed?.what && now - pressed.since < WAIT
  if (!resting) return shield.remove()
  if (shield.isConnected) return
  Object.assign(shield.style, pressed.box)
  document.body.append(shield)
}

const remember = (event, control) => {
  const { left, top, width, height } = control.getBoundingClientRect()
  const box = { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` }
  pressed = { x: event.clientX, y: event.clientY, box, at: Date.now(), what: named(control), since: 0 }
}

const swallow = (event) => {
  event.stopImmediatePropagation()
  event.preventDefault()
}

for (const kind of ["pointerdown", "mousedown", "touchstart", "pointerup", "mouseup", "touchend", "click", "dblclick"])
  addEventListener(kind, (event) => {
    if (!event.isTrusted) return
    if (kind === "pointerdown") {
      look() // it may have come up in this very moment
      key.on = null
    }
    const control = event.target.closest?.(CONTROLS)
    if (event.target === shield || (shield.isConnected && pressed && control && same(named(control), pressed.what)))
      return swallow(event)
    if (kind === "click" && event.detail && control) remember(event, control)
  }, { capture: true, passive: false })

/* Keys: what a key began to press is all that it presses. */
const presses = ({ key: name }) => name === "Enter" || name === " "
addEventListener("keydown", (event) => {
  if (!presses(event)) return (key.on = null)
  const on = event.target, again = on !== key.on && key.on && Date.now() - key.at < WAIT
  if (again || (event.repeat && (on !== key.on || on.closest?.(CONTROLS)))) return swallow(event)
  Object.assign(key, { on, at: Date.now() })
}, true)
addEventListener("keyup", (event) => {
  if (presses(event) && event.target === key.on) key.at = Date.now()
}, true)

/* A form is sent once. */
const sent = new WeakMap()
addEventListener("submit", (event) => {
  if (Date.now() - (sent.get(event.target) ?? 0) < WAIT) return swallow(event)
  sent.set(event.target, Date.now())
}, true)

/* The next page: what stands there under the mouse has appeared too. */
const KEPT = "docket pressed"
addEventListener("pagehide", () => {
  if (pressed) sessionStorage.setItem(KEPT, JSON.stringify({ ...pressed, what: null, since: 0 }))
})
pressed = JSON.parse(sessionStorage.getItem(KEPT))
sessionStorage.removeItem(KEPT)

new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true, attributes: true })
setInterval(look, 50)
