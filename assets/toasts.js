/* Toasts: the echo of what the page and the bell show. One leads to its order; many at a time are one that leads to the
   news. They stand in the half of the window where nobody types or points, take no press until they have been there for a
   moment (theme.css), and do not go while somebody is about to press them. */

const MANY = 4, STAY = 6000, LONGER = 1000 // ms: how long a toast stays, and how much longer while it is looked at
const OPEN = "Open"
const SUM = (number) => `${number} new notifications`
const LOOKED_AT = ".q-notification:is(:hover, :focus-within)"

const standing = new Map() // what changes or closes a toast -> how many news it is about
let sum = null // of these, the one that stands for many
let pointed = 0 // where the mouse or a finger was last, from the top

const close = (toast) => {
  if (sum === toast) sum = null
  if (standing.delete(toast)) toast()
}

const closeLater = (toast, number, wait = STAY) => setTimeout(() => {
  if (standing.get(toast) !== number) return // it was closed, or tells of more since
  document.querySelector(LOOKED_AT) ? closeLater(toast, number, LONGER) : close(toast)
}, wait)

const show = (number, message, caption, href) => {
  const link = { label: OPEN, href, noCaps: true, "aria-label": `${OPEN}: ${caption || message}` }
  const look = { color: "toast", position: "bottom", timeout: 0, group: false }
  const toast = Quasar.Notify.create({ message, caption, actions: href === location.pathname ? [] : [link], ...look })
  standing.set(toast, number)
  closeLater(toast, number)
  return toast
}

const showSum = (number) => {
  if (sum) {
    sum({ message: SUM(number) })
    standing.set(sum, number)
    return closeLater(sum, number)
  }
  ;[...standing.keys()].forEach(close)
  sum = show(number, SUM(number), "", "/notifications")
}

/* Each news is its message, its title, and the address that it leads to. */
docket.tell = (news) => {
  place()
  const number = news.length + [...standing.values()].reduce((all, each) => all + each, 0)
  number < MANY ? news.forEach((each) => show(1, ...each)) : showSum(number)
}

const place = () => {
  const on = document.activeElement, types = on?.matches("input, textarea, [contenteditable]")
  const busy = types ? on.getBoundingClientRect().bottom : pointed
  document.documentElement.dataset.toasts = busy > innerHeight / 2 ? "top" : "bottom"
}

for (const sign of ["pointermove", "pointerdown", "focusin"])
  addEventListener(sign, ({ type, target, clientY }) => {
    if (target.closest?.(".q-notification")) return
    pointed = clientY ?? pointed
    if (type !== "pointermove") place()
  }, { capture: true, passive: true })
