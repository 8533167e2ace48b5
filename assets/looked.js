/* A page that was hidden and is looked at again says so: what came meanwhile is read now. */
document.addEventListener("visibilitychange", () => document.hidden || window.emitEvent?.("looked"))
