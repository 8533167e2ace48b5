/* A page that the browser has translated stays true. Translators put <font> elements where text was, and whatever changes
   the text later would change a node that nobody sees. So a text that is touched again goes back to its place first; the
   translator then finds it as it finds all that is new. */

const standIn = new WeakMap() // text -> the <font> that stands in its place

const isFont = (node) => node?.nodeName === "FONT"

new MutationObserver((changes) => {
  for (const { addedNodes, removedNodes, previousSibling, nextSibling } of changes)
    for (const node of removedNodes)
      if (node.nodeType === Node.TEXT_NODE) {
        const font = [...addedNodes, previousSibling, nextSibling].find(isFont)
        if (font) standIn.set(node, font)
      }
}).observe(document, { childList: true, subtree: true })

const home = (node) => {
  const font = standIn.get(node)
  standIn.delete(node)
  if (font?.isConnected && !node.isConnected) font.replaceWith(node)
}

for (const name of ["nodeValue", "parentNode", "nextSibling"]) {
  const own = Object.getOwnPropertyDescriptor(Node.prototype, name)
  const get = function () { return own.get.call(this) }
  const guarded = (access) => access && function (...value) { home(this); return access.apply(this, value) }
  Object.defineProperty(Text.prototype, name, {
    configurable: true,
    get: name === "nodeValue" ? get : guarded(own.get),
    set: guarded(own.set),
  })
}

const { insertBefore } = Node.prototype
Node.prototype.insertBefore = function (node, place) {
  home(place)
  return insertBefore.call(this, node, place)
}
