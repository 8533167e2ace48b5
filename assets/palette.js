/* What the keys open: the help, and the palette. What it finds, and every word in it, the server says for this reader
   (pages/http/find.py). */

const PAUSE = 120 // ms after the last letter until the server is asked

const asked = async (address) => {
  const answer = await fetch(address)
  if (answer.status === 401) location.reload() // the sign-in is over
  return answer.json()
}

let answered // what does not change while the page is open
const told = () => (answered ??= asked("/keys").catch((error) => {
  answered = null
  throw error
}))

const make = (kind, given, ...inside) => {
  const made = document.createElement(kind)
  for (const [name, value] of Object.entries(given)) made.setAttribute(name, value)
  made.append(...inside)
  return made
}

const show = (...inside) => {
  const before = document.querySelector(".palette")
  before?.close()
  before?.remove()
  const dialog = make("dialog", { class: "palette", "aria-labelledby": "palette-name" }, ...inside)
  dialog.addEventListener("close", () => dialog.remove())
  dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close())
  document.body.append(dialog)
  dialog.showModal()
  return dialog
}

export const go = async (letter) => {
  const address = (await told()).go[letter]
  if (address) location.assign(address)
}

export const help = async () => {
  const { help, words } = await told()
  const single = make("input", { type: "checkbox" })
  single.checked = localStorage.getItem("docket keys") !== "off"
  single.addEventListener("change", () => localStorage.setItem("docket keys", single.checked ? "on" : "off"))
  const close = make("button", { type: "button", class: "chip" }, words.close)
  const line = ([keys, what]) => make("div", {}, make("dt", {}, ...keys.map((key) => make("kbd", {}, key))), make("dd", {}, what))
  const title = make("div", { id: "palette-name", class: "dialog-title", role: "heading", "aria-level": 2 }, words.keys)
  const dialog = show(title, make("dl", { class: "keys" }, ...help.map(line)), make("label", {}, single, words.single), close)
  close.addEventListener("click", () => dialog.close())
  title.tabIndex = -1 // the switch below would have the first keys scrolled away
  title.focus()
}

export const find = async () => {
  const { words } = await told()
  const home = document.activeElement.closest("[data-job]") ?? document.querySelector(".order[data-job]")
  const list = make("div", { id: "palette-found", role: "listbox", "aria-label": words.find })
  const status = make("div", { class: "muted", role: "status" })
  const field = make("input", {
    role: "combobox", "aria-controls": list.id, "aria-labelledby": "palette-name", "aria-autocomplete": "list",
    placeholder: words.find, autocomplete: "off", spellcheck: false, dir: "auto",
  })
  const options = () => [...list.querySelectorAll("[role=option]")]
  let at = 0, number = 0, shown = null, waits // `shown` is what the list is for

  const choose = (place) => {
    const all = options()
    at = all.length && (place + all.length) % all.length
    all.forEach((each, index) => each.setAttribute("aria-selected", index === at))
    all[at]?.scrollIntoView({ block: "nearest" })
    field.setAttribute("aria-expanded", Boolean(all.length))
    field.setAttribute("aria-activedescendant", all[at]?.id ?? "")
  }

  /* The steps of the order on this page, or of the card that had the focus. */
  const steps = () => {
    const all = home ? [...home.querySelectorAll(":is([data-action], [data-take-back]):enabled")].filter((each) => each.checkVisibility()) : []
    const found = all.map((button) => ({ name: button.querySelector(".block").innerText, button }))
    return { title: words.here, found: found.filter(({ name }) => name.toLowerCase().includes(field.value.trim().toLowerCase())) }
  }

  const option = ({ name, about = "", address, button }, key) => {
    const given = { id: `found-${key}`, role: "option", tabindex: -1, "aria-selected": false, ...(address && { href: address }) }
    const made = make(address ? "a" : "div", given, make("span", { dir: "auto" }, name), make("span", { class: "muted" }, about))
    if (button) made.addEventListener("click", () => { dialog.close(); button.focus(); button.click() })
    return made
  }

  const group = ({ title, found }, key) => found.length
    ? [make("div", { role: "group", "aria-labelledby": `group-${key}` }, make("div", { id: `group-${key}`, class: "muted" }, title), ...found.map((each, index) => option(each, `${key}-${index}`)))]
    : []

  const look = async () => {
    clearTimeout(waits)
    const mine = ++number, sought = field.value
    const found = await asked(`/find?${new URLSearchParams({ q: sought })}`).catch(() => null)
    if (mine !== number) return
    shown = sought
    list.replaceChildren(...[steps(), ...(found ?? [])].flatMap(group))
    status.textContent = found === null ? words.away : list.hasChildNodes() ? "" : words.nothing
    choose(0)
  }

  const take = async () => {
    if (shown !== field.value) await look() // typed faster than it was found
    options()[at]?.click()
  }

  const name = make("div", { id: "palette-name", class: "dialog-title", role: "heading", "aria-level": 2 }, words.palette)
  const dialog = show(name, field, list, status)
  field.addEventListener("input", () => { clearTimeout(waits); waits = setTimeout(look, PAUSE) })
  field.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) choose(at + step)
    else if (event.key === "Enter" && !event.isComposing) take()
    else return
    event.preventDefault()
  })
  look()
  return field
}
