"""A cold load: what comes over the line the first time a phone opens a page, and that nothing shifts meanwhile."""

import pytest

from tests.browser.conftest import Opener
from tests.desk import Desk

PHONE = {"width": 360, "height": 740}

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


@pytest.mark.parametrize("name, path", [("", "/login"), ("cleo", "/client"), ("bea", "/manager")])
def test_little_comes_and_nothing_shifts(desk: Desk, window: Opener, name: str, path: str) -> None:
    for status in ("pending", "in_progress", "delivered"):
        desk.job(status)

    phone = window(name, path, viewport=PHONE)

    assert 100_000 < phone.page.evaluate(SENT) <= 350_000
    assert phone.page.evaluate(SHIFTED) <= 0.05
