/* What the keys do (keys.js), each by its name there; what opens a field gives it. */

const SENDS = ":is([data-send], [data-confirm]):not(.candidate)"

const palette = import(`./palette.js${new URL(import.meta.url).search}`)
const seen = (what, root = document) => [...root.querySelectorAll(what)].filter((each) => each.checkVisibility())

export const find = async () => (await palette).find()
export const help = async () => (await palette).help()
export const go = async ({ key }) => (await palette).go(key)

export const search = () => {
  const [field] = seen("input[data-search]")
  field?.focus()
  return field ?? find()
}

export const order = () => document.querySelector(".links [href='/new']")?.click()

export const back = () => {
  const here = document.activeElement.closest("[data-job]") ?? document
  const [button] = [...seen("[data-take-back]", here), ...seen("[data-take-back]")]
  button?.click()
}

/* A button that waits for words hears of them in a moment. */
export const send = async ({ target }, { PLACES }) => {
  const place = target.closest(PLACES)
  for (let left = 10; left; left--) {
    const [button] = seen(SENDS, place)
    if (button && !button.disabled) return button.click()
    await new Promise((done) => setTimeout(done, 100))
  }
}

/* From an order, or a line of a list, to the same place in the next. */
export const walk = ({ key, target }, { LINES }) => {
  const lines = seen(LINES), there = lines[lines.indexOf(target.closest(LINES)) + (key === "ArrowDown" ? 1 : -1)]
  const things = there ? seen("a[href], button:enabled, [tabindex='0']", there) : []
  ;(things.find(({ className }) => className === target.className) ?? things[0])?.focus()
}
