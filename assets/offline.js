/* Answers for a page that cannot be reached with /offline, the one thing that it keeps: nothing that anybody sees signed in. */
const KEPT = "docket offline", PAGE = "/offline"
const IS_FILE = /\/(files|bulk|drafts|receipts)\b|\.\w+$/ // a download goes its own way

addEventListener("install", (event) => {
  skipWaiting()
  event.waitUntil(caches.open(KEPT).then((kept) => kept.add(new Request(PAGE, { cache: "reload", credentials: "omit" }))))
})

addEventListener("activate", (event) => event.waitUntil(registration.navigationPreload?.enable()))

addEventListener("fetch", (event) => {
  const { mode, method, url } = event.request
  if (mode === "navigate" && method === "GET" && !IS_FILE.test(new URL(url).pathname)) event.respondWith(reached(event))
})

const reached = async (event) => {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request))
  } catch {
    return (await caches.match(PAGE)) ?? Response.error()
  }
}
