/* Keys that do something wherever one is; what they do comes with the first of them (doing.js). Those of one character rest
   while somebody types, in dialogs and menus, and for good once they are switched off in the help (WCAG 2.1.4). */

const TYPING = "input, textarea, select, [contenteditable], [role=menu] *"
const OVER = ".q-dialog, .q-menu, dialog[open]"
const LINES = ".sections .card, .news > li, .person-row, tbody tr"
const PLACES = ".composer, .asking, .form, .q-dialog" // where words are sent from

let going = 0 // when `g` was pressed: the next letter says where to
let ahead = null // what is typed for a field that is still on its way

const what = ({ key, target, ctrlKey, metaKey, altKey, shiftKey, repeat, isComposing }) => {
  const isTyping = target.closest?.(TYPING), isUnder = document.querySelector(OVER), isWith = ctrlKey || metaKey
  if (altKey || isComposing || !document.querySelector("#content[data-person]")) return
  if (isWith) return key === "k" ? !document.querySelector(".q-dialog") && "find" : key === "Enter" && !repeat && isTyping?.closest(PLACES) && "send"
  if (ahead !== null && key.length === 1) return "ahead"
  if (isTyping || isUnder) return
  if (/^Arrow(Up|Down)$/.test(key)) return !shiftKey && target.closest?.(LINES) && "walk"
  if (repeat || key.length > 1 || localStorage.getItem("docket keys") === "off") return
  if (Date.now() - going < 2000) return "go"
  return { "?": "help", "/": "search", n: "order", z: "back", g: "wait" }[key]
}

const act = async (event, name) => {
  event.preventDefault()
  event.stopPropagation()
  going = name === "wait" ? Date.now() : 0
  if (name === "ahead") return (ahead += event.key)
  if (name === "find" || name === "search") ahead = ""
  try {
    const doing = await import(`./doing.js${new URL(import.meta.url).search}`), field = await doing[name]?.(event, { LINES, PLACES })
    if (!field || !ahead) return
    field.value += ahead
    field.dispatchEvent(new Event("input", { bubbles: true }))
  } finally {
    ahead = null
  }
}

addEventListener("keydown", (event) => { const name = what(event); if (name) act(event, name) }, true)
addEventListener("click", (event) => {
  const link = event.target.closest?.("[href='#help'], [href='#find']")
  if (link) act(event, link.hash.slice(1))
}, true)
