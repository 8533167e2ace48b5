/* What somebody types and has not sent stays with them and their tab: kept as they type, by page, place (`data-keep`, which
   pages/parts/unsent_words.py sets) and the field's name; given back when the place is there again; dropped once it was sent, when
   they sign out, and when somebody else signs in. Passwords and whatever the server gives back itself are not kept. */

const STORE = "docket typed"
const SIGNED_IN = () => document.querySelector("[data-person]")?.dataset.person
const KEPT = "[data-keep] :is(input, textarea), :is(input, textarea)[data-keep]"
const SECRET = "[type=password], [type=file], [type=checkbox], [type=radio], [autocomplete$=password], [role=combobox]"

const docket = (window.docket = {
  /* Whose words these are, with the words by place and field. */
  read: () => JSON.parse(sessionStorage.getItem(STORE)) ?? { whose: SIGNED_IN(), words: {} },

  write(kept) {
    if (SIGNED_IN()) sessionStorage.setItem(STORE, JSON.stringify({ ...kept, whose: SIGNED_IN() }))
  },

  /* The server says that what was typed in a place was sent. */
  drop(name) {
    const kept = docket.read()
    for (const known of Object.keys(kept.words)) if (`${known}\n`.startsWith(`${placeOf(name)}\n`)) delete kept.words[known]
    docket.write(kept)
  },
})

const placeOf = (name) => `${location.pathname} ${name}`
const place = (field) => placeOf(field.closest("[data-keep]").dataset.keep)
const nameOf = (field) => field.getAttribute("aria-label") || field.labels?.[0]?.innerText || field.name || "words"
const isKept = (field) => field.matches?.(KEPT) && !field.matches(SECRET)

const keep = (field) => {
  const kept = docket.read()
  ;(kept.words[place(field)] ??= {})[nameOf(field)] = field.value
  docket.write(kept)
}

const giveBack = () => {
  if (!window.did_handshake || !SIGNED_IN()) return // the server would not hear of it yet
  if (docket.read().whose !== SIGNED_IN()) sessionStorage.removeItem(STORE)
  const { words } = docket.read()
  for (const field of document.querySelectorAll(KEPT)) {
    if (field.matches(SECRET) || field.dataset.kept === "") continue
    field.dataset.kept = ""
    const said = words[place(field)]?.[nameOf(field)]
    if (said === undefined || said === field.value || field.docketTyped) continue
    field.value = said
    field.dispatchEvent(new Event("input", { bubbles: true }))
  }
}

addEventListener("input", ({ target, isTrusted }) => {
  if (!isKept(target)) return
  if (isTrusted) target.docketTyped = true // newer than anything that was kept
  keep(target)
}, true)

addEventListener("pagehide", () => { // a name that was called by a button, for which no key was pressed
  const { words } = docket.read()
  for (const field of document.querySelectorAll(KEPT))
    if (isKept(field) && words[place(field)]?.[nameOf(field)] !== undefined) keep(field)
})

new MutationObserver(giveBack).observe(document, { childList: true, subtree: true })
const waiting = setInterval(() => window.did_handshake && (clearInterval(waiting), giveBack()), 50)

addEventListener("submit", ({ target }) => {
  for (const field of target.querySelectorAll("input[name=zone]")) // the sign-in form says which clock the browser goes by
    field.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? ""
  if (new URL(target.action).pathname.endsWith("/logout")) {
    sessionStorage.removeItem(STORE)
    docket.write = () => {}
  }
}, true)
