"""A window: one person's browser, what they do in it, and what they see."""

import re
from typing import Any

from playwright.sync_api import BrowserContext, Locator, expect

from models import Job
from tests.desk import PASSWORD

WATCH = """
window.firstSeen = {}
const look = () => {
  const seen = [...document.querySelectorAll(".q-notification")].map((toast) => toast.innerText)
  for (const shown of document.querySelectorAll("[data-job]"))
    seen.push(`${shown.dataset.job} ${shown.querySelector(".badge").dataset.status}`)
  for (const what of seen) window.firstSeen[what] ??= Date.now()
}
new MutationObserver(look).observe(document, {subtree: true, childList: true, attributes: true})
"""
"""Notes when each badge and each toast came up first. A page that was loaded anew has forgotten all of it."""

LIVE = "window.did_handshake && performance.getEntriesByName('first-contentful-paint').length"

READY = f"document.readyState === 'complete' && (!document.querySelector('#app') || ({LIVE}))"
"""A page without a socket is ready as it is; on any other, what is pressed before the handshake may be lost."""

WHEN = "([part, before]) => Object.entries(firstSeen).find(([what, at]) => what.includes(part) && at > before)?.[1]"


class Window:
    """One person's window. `page` is Playwright's own, for all that has no word here."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.page = context.new_page()
        self.page.set_default_timeout(10_000)
        self.page.add_init_script(WATCH)

    def second_tab(self, path: str) -> "Window":
        """Another tab with the same cookies."""
        return Window(self.context).go(path)

    def go(self, path: str) -> "Window":
        """Open a page, and wait until it is live."""
        self.page.goto(path)
        return self.is_live()

    def is_live(self) -> "Window":
        """Wait until the page is painted and hears the server; mark it, for a page that is loaded anew has no mark."""
        self.page.wait_for_function(LIVE)
        self.page.evaluate("window.marked = true")
        return self

    @property
    def was_reloaded(self) -> bool:
        """Whether the page was loaded anew since it went live."""
        return not self.page.evaluate("window.marked")

    def is_at(self, path: str, **how: Any) -> None:
        """Expect to be on this page, whatever stands behind its `?`, and wait until it can be used."""
        expect(self.page).to_have_url(re.compile(rf"^https?://[^/]+{re.escape(path)}(\?.*)?$"), **how)
        self.page.wait_for_function(READY)

    def sign_in(self, name: str, password: str = PASSWORD) -> "Window":
        """Fill in the form of the sign-in page, send it, and see where that leads."""
        self.page.get_by_label("E-mail").fill(f"{name}@example.com")
        self.page.get_by_label("Password").fill(password)
        with self.page.expect_navigation():
            self.button("Sign in").click()
        return self.is_live()

    def button(self, name: str) -> Locator:
        """The button with this name."""
        return self.page.get_by_role("button", name=name, exact=True)

    def tile(self, title: str) -> Locator:
        """The number over which this stands."""
        return self.page.locator(".tile", has_text=title).locator(".tile-number")

    def order(self, job: Job) -> Locator:
        """The order: its card on a list, or all of its own page."""
        return self.page.locator(f'[data-job="{job.display_id}"]')

    def section(self, title: str) -> Locator:
        """The list under this title."""
        return self.page.get_by_role("region", name=title, exact=True)

    def column(self, name: str) -> Locator:
        """The column of the board."""
        return self.page.locator(f'[data-column="{name}"]')

    def action(self, job: Job, action: str) -> Locator:
        """The button of this action."""
        return self.order(job).locator(f'button[data-action="{action}"]')

    def menu(self) -> "Window":
        """Open what is behind "⋯"."""
        self.page.locator("[data-more]").click()
        return self

    @property
    def dialog(self) -> Locator:
        """The dialog that asks something."""
        return self.page.get_by_role("dialog")

    def shows(self, job: Job, status: str, **how: Any) -> None:
        """Expect the order to be here with this status, in the card's word for scripts and in its badge."""
        expect(self.order(job).locator(".badge")).to_have_attribute("data-status", status, **how)
        expect(self.order(job)).to_have_attribute("data-status", status)

    def toast(self, words: str) -> Locator:
        """The toast that says this."""
        return self.page.locator(".q-notification", has_text=words)

    @property
    def toasts(self) -> Locator:
        """All toasts on the screen."""
        return self.page.locator(".q-notification")

    @property
    def bell(self) -> Locator:
        """The bell."""
        return self.page.locator(".bell")

    def rings(self, unread: int) -> None:
        """Expect the bell to say so many."""
        expect(self.bell).to_have_attribute("data-unread", str(unread))

    def seconds_until(self, what: str, since: float) -> float:
        """How long after that moment a toast with these words, or this badge, came up on the page as it was loaded."""
        seen = self.page.wait_for_function(WHEN, arg=[what, since * 1000]).json_value()
        return seen / 1000 - since
