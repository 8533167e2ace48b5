/* What somebody is typing outlives the page: as it goes (a reload, a restart of the server), the words in fields marked
   data-keep stay with this tab, and the same field of the next page gives them back. */

const place = (field) => `docket ${location.pathname} ${field.dataset.keep}`

addEventListener("pagehide", () => {
  for (const field of document.querySelectorAll("[data-keep]"))
    if (field.value) sessionStorage.setItem(place(field), field.value)
})

const giveBack = () => {
  if (!window.did_handshake) return // the server would not hear of it yet
  for (const field of document.querySelectorAll("[data-keep]:not([data-kept])")) {
    field.dataset.kept = ""
    const words = sessionStorage.getItem(place(field))
    sessionStorage.removeItem(place(field)) // from now on they are the field's own again
    if (!words || field.value) continue
    field.value = words
    field.dispatchEvent(new Event("input", { bubbles: true }))
  }
}

new MutationObserver(giveBack).observe(document, { childList: true, subtree: true })
const waiting = setInterval(() => window.did_handshake && (clearInterval(waiting), giveBack()), 50)

/* The sign-in form says which clock the browser goes by. */
addEventListener("submit", ({ target }) => {
  for (const field of target.querySelectorAll('input[name=zone]'))
    field.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? ""
}, true)
