"""A new browser: the cookie by which it is known again comes with the first sign-in, and opens nothing."""

import httpx

from pages import cookie
from tests.desk import PASSWORD, Desk, on_sqlite
from tests.pages.test_guessed_keys import site

__all__ = ["site"]

FORM = {"email": "cleo@example.com", "password": PASSWORD}


@on_sqlite
def test_a_letter_tells_of_a_browser_that_is_new(desk: Desk, site: httpx.Client) -> None:
    site.cookies.clear()
    site.post("/login", data=FORM)
    kept = dict(site.cookies)[f"{cookie.name()}_device"]
    site.post("/logout")
    site.post("/login", data=FORM)
    assert desk.letters() == []

    site.cookies.clear()
    site.post("/login", data=FORM)

    assert [letter.type for letter in desk.letters()] == ["new_device"]
    assert kept not in repr(desk.letters())
    site.cookies.clear()
