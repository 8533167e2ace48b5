/* The field in which somebody types stays where it is on the screen, whatever news comes in above it. */
const typedIn = () => (document.activeElement?.matches("input, textarea") ? document.activeElement : null)
const topOf = (field) => field?.getBoundingClientRect().top
let top, room = 0 // where the field is, and how much was put below the page so that it can be scrolled so far

const note = () => {
  const now = topOf(typedIn())
  if (!(Math.abs(now - top) < 1)) top = now // fractions of a pixel would add up
  document.documentElement.style.overflowAnchor = typedIn() ? "none" : "" // else the browser would scroll once more
}

const scroll = (by) => by && scrollBy({ top: by, behavior: "instant" })

/* Scroll by as much as it has been moved, if somebody types; the field is returned. */
docket.steady = () => {
  const field = typedIn()
  if (!field) return field
  scroll(topOf(field) - top)
  const rest = topOf(field) - top
  if (rest < 1) return field
  document.body.style.paddingBottom = `${(room += rest)}px`
  scroll(rest)
  return field
}

for (const sign of ["focusin", "focusout", "input", "scroll", "resize"]) addEventListener(sign, note, { capture: true, passive: true })
new ResizeObserver(docket.steady).observe(document.documentElement)
