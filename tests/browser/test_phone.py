"""On a phone: every page of every role fits 360 pixels, light and dark, and everything on it has a name."""

import pytest

from tests.browser.conftest import Opener
from tests.browser.usable import PHONE, usable
from tests.desk import Desk

PAGES = {
    "": ["/login", "/login/link", "/login/with?key=none", "/forgot", "/order/confirm?key=none"],
    "cleo": ["/client", "/new", "/notifications", "/jobs/{number}"],
    "wren": ["/writer", "/notifications", "/jobs/{number}"],
    "bea": ["/manager", "/all", "/new", "/notifications", "/jobs/{number}"],
    "ada": [
        "/admin",
        "/admin/people",
        "/admin/rules",
        "/admin/lifecycle",
        "/admin/records",
        "/admin/mail",
        "/admin/agency",
    ],
}

LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverleihung"


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_usable(desk: Desk, window: Opener, name: str) -> None:
    for status in ("in_progress", "delivered"):
        job = desk.job(status, title=f"{LONG} and other words", instructions=LONG * 3)
        desk.put(job, hold_reason=f"waiting for {LONG}")

    phone = window(name, viewport=PHONE)

    for path in PAGES[name]:
        usable(phone.go(path.format(number=job.display_id)))
