"""Nothing shifts: news comes in, and what somebody reads, types in or is about to press stays where it is."""

import httpx
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.server import Server
from tests.desk import PASSWORD, Desk
from tests.faults import times

ORDERS = times(3, 10)
"""How many others change, twice each."""

WATCH = """() => {
  window.shifts = []
  const named = ({ node }) => node?.className ?? node?.nodeName
  const note = ({ value, sources }) => shifts.push([value, ...sources.map(named)])
  new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type: "layout-shift" })
}"""
"""Counts what shifts after a key was pressed, too, which CLS leaves out; the sum is above its worst five seconds."""

CALM = "!document.querySelector('.content').getAnimations({ subtree: true }).length"
"""What slides to its place is there."""

PLACES = {
    "cleo": ("/client", "What should be changed?"),
    "wren": ("/jobs/{}", "Write a comment"),
    "bea": ("/manager", ""),
}
"""Who looks where, and what they type in there."""


@pytest.mark.parametrize("name", PLACES)
def test_nothing_shifts_while_news_comes_in(desk: Desk, server: Server, window: Opener, name: str) -> None:
    path, label = PLACES[name]
    looked_at, others = (
        desk.job("delivered"),
        [desk.job("assigned", title=f"Other {number}") for number in range(ORDERS)],
    )
    reader = window(name, path.format(looked_at.display_id))
    field = reader.page.get_by_label(label) if label else None
    if name == "cleo":
        reader.action(looked_at, "request_revision").click()
    if field:
        field.fill("What I")
    stood = field.bounding_box() if field else None
    reader.page.evaluate(WATCH)

    with httpx.Client(base_url=server.url, trust_env=False, timeout=30) as api:
        who = {"email": "wren@example.com", "password": PASSWORD}
        api.headers["Authorization"] = f"Bearer {api.post('/api/auth/token', json=who).json()['accessToken']}"
        for number, job in enumerate(others):
            for step, status in enumerate(("in_progress", "delivered"), start=1):
                assert api.patch(f"/api/jobs/{job.id}/status", json={"status": status}).is_success
                reader.rings(0 if name == "wren" else 2 * number + step)
                reader.page.wait_for_function(CALM)
            if field:
                field.press_sequentially(f" {number}")

    shifts = reader.page.evaluate("shifts")
    assert sum(value for value, *_ in shifts) <= 0.05, shifts
    if field and stood:
        expect(field).to_have_value(" ".join(["What I", *map(str, range(ORDERS))]))
        now = field.bounding_box()
        assert now
        assert now["y"] == pytest.approx(stood["y"], abs=2)
