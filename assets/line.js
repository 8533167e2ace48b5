/* The line to the server. A page that somebody uses asks every moment whether it is heard, so that it can say within 3 s that
   it is not; one that nobody has touched for a minute asks seldom, and at once when somebody comes back to it. What is pressed or typed meanwhile waits, is said again when the line is back, and counts once, for each word
   to the server has a number (pages/connection.py); a page that is loaded anew says what was not sent, or not answered: a
   press is answered once it has had its outcome. */

const BEAT = 900, SILENCE = 1500 // ms: together, with one look, less than 3 s
const UNUSED = 60_000, SELDOM = 10_000 // ms: from when on nobody uses a page, and between its beats then
const UNSENT = "docket unsent"
const WORDS = { // by whether some of it was sent
  false: (names) => `Not sent, for the connection was away: ${names}. Please look how things stand, and press it again.`,
  true: (names) => `The connection went away before this was answered: ${names}. Please look whether it is done.`,
}

const unheard = new Map() // number -> what was said to the server, until it answers
const buttons = new WeakMap() // what was said -> the button that was pressed for it
const sent = new WeakSet() // what was said while there was a line
let socket, number = 0, asked = null, away = false, used = 0, beaten = 0

const hear = () => { asked = null }

const look = () => {
  if (document.hidden) return hear() // nobody sees a hint, and a sleeping tab counts no seconds
  away = window.did_handshake && (!navigator.onLine || (asked && performance.now() - asked > SILENCE))
  document.documentElement.toggleAttribute("data-away", Boolean(away))
}

const isRepeated = ({ listener_id }, button) =>
  button && [...unheard.values()].some((each) => each.listener_id === listener_id && buttons.get(each) === button)

/* The element that speaks is the button, or has many, of which one was just pressed. */
const buttonBehind = ({ id }) => {
  const place = document.getElementById(`c${id}`), pressed = window.event?.target
  const at = pressed instanceof Node && place?.contains(pressed) ? pressed : place
  return at?.closest?.("button, [role=switch], [role=checkbox]")
}
const nameOfButton = (button) => button.getAttribute("aria-label") || button.querySelector(".block")?.innerText || "a switch"

/* What came for a field that has been typed in since is older than what it says, of which the server hears next. */
const spareTyping = (elements) => {
  for (const { id, listener_id, args } of unheard.values()) {
    const typed = elements[id]?.events.some((each) => each.listener_id === listener_id && each.type === "update:value")
    if (typed) elements[id].props.value = JSON.parse(args[0])
  }
}

const attend = (opened) => {
  const emit = opened.emit.bind(opened)
  const say = (message) => {
    if (!opened.connected) return
    sent.add(message)
    emit("event", message, (isHeard) => isHeard && unheard.delete(message.number))
  }
  opened.emit = (event, message, ...others) => {
    if (event !== "event") return emit(event, message, ...others)
    const button = buttonBehind(message)
    if (away && isRepeated(message, button)) return opened // pressed again, for nothing happened
    buttons.set(message, button)
    Object.assign(message, { number: ++number, pressed: Boolean(button) })
    unheard.set(number, message)
    say(message)
    return opened
  }
  opened.on("connect", () => unheard.forEach(say))
  opened.onAny(hear)
  opened.on("update", spareTyping) // before NiceGUI's own, which begins to listen later
  setInterval(() => {
    if (isUnused() && performance.now() - beaten < SELDOM) return
    beaten = performance.now()
    asked ??= beaten
    if (opened.connected && !document.hidden) emit("beat", { client_id: window.clientId }, hear)
  }, BEAT)
  setInterval(look, 250)
}

Object.defineProperty(window, "socket", { get: () => socket, set: (opened) => attend((socket = opened)) })

const isUnused = () => performance.now() - used > UNUSED
for (const sign of ["pointermove", "pointerdown", "keydown", "wheel", "scroll", "focus"])
  addEventListener(sign, () => { used = performance.now() }, { capture: true, passive: true })

for (const change of ["online", "offline", "visibilitychange"]) addEventListener(change, look)

/* A page that was hidden and is looked at again says so: what came meanwhile is read now. */
document.addEventListener("visibilitychange", () => document.hidden || window.emitEvent?.("looked"))

addEventListener("pagehide", () => {
  if (!away && socket?.connected) return
  const pressed = [...unheard.values()].filter((each) => buttons.get(each))
  if (!pressed.length) return
  const names = new Set(pressed.map((each) => `“${nameOfButton(buttons.get(each))}”`))
  sessionStorage.setItem(UNSENT, WORDS[pressed.some((each) => sent.has(each))]([...names].join(", ")))
})

addEventListener("load", () => {
  const message = sessionStorage.getItem(UNSENT)
  sessionStorage.removeItem(UNSENT)
  if (message)
    Quasar.Notify.create({ type: "warning", timeout: 0, multiLine: true, actions: [{ label: "OK", color: "dark" }], message })
})

navigator.serviceWorker?.register("/offline.js").catch(() => {}) // what a page says that cannot be reached; over plain http nothing
