"""A cold load: what comes over the line the first time a phone opens a page, and that nothing shifts meanwhile."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, ViewportSize

from tests.browser.server import Server
from tests.browser.window import Window
from tests.desk import PASSWORD

PHONE = ViewportSize(width=360, height=740)

SENT = """
[...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
  .reduce((sum, entry) => sum + entry.transferSize, 0)
"""

SHIFTED = """
() => new Promise((tell) => {
  let sum = 0
  const add = (list) => list.getEntries().forEach((shift) => { sum += shift.hadRecentInput ? 0 : shift.value })
  new PerformanceObserver(add).observe({type: "layout-shift", buffered: true})
  setTimeout(() => tell(sum), 300)
})
"""

DOORS = {"/login": "", "/client": "client1@example.com", "/manager": "manager1@example.com"}


@pytest.fixture
def demo(own_server: Callable[[str], Server], monkeypatch: pytest.MonkeyPatch) -> Server:
    """The demo as people start it: within pytest, NiceGUI compresses nothing."""
    monkeypatch.delenv("PYTEST_CURRENT_TEST")
    return own_server("demo")


def test_little_comes_and_nothing_shifts(demo: Server, chromium: Browser) -> None:
    for path, email in DOORS.items():
        with chromium.new_context(base_url=demo.url, viewport=PHONE) as context:
            context.request.post("/login", form={"email": email, "password": PASSWORD}) if email else None
            phone = Window(context).go(path)

            assert (path, 100_000 < phone.page.evaluate(SENT) <= 350_000) == (path, True)
            assert phone.page.evaluate(SHIFTED) <= 0.05
