"""The second step of a sign-in: who has a second factor comes to where they wanted to go by its code alone."""

import httpx

from pages import cookie
from tests.desk import PASSWORD, Desk, on_sqlite
from tests.pages.test_guessed_keys import site
from tests.workflow.people.test_second_factor import App
from workflow.people import sign_ins

__all__ = ["site"]

FORM = {"email": "bea@example.com", "password": PASSWORD, "next": "/all"}


def kept(site: httpx.Client) -> str:
    """The key in the cookie."""
    return dict(site.cookies).get(cookie.name(), "")


@on_sqlite
def test_the_code_leads_on(desk: Desk, site: httpx.Client) -> None:
    site.cookies.clear()
    app = App(desk)

    first = site.post("/login", data=FORM)
    half = kept(site)
    wrong = site.post("/login/code", data={"code": "000000", "next": "/all"})
    right = site.post("/login/code", data={"code": app.shown(), "next": "/all"})

    steps = [answer.headers["location"] for answer in (first, wrong, right)]
    assert steps == ["/login/code?next=%2Fall", "/login/code?problem=wrong&next=%2Fall", "/all"]
    assert [sign_ins.signed_in(key) for key in (half, kept(site))] == [None, desk.who("bea")]
    site.cookies.clear()
    assert site.post("/login/code", data={"code": app.shown()}).headers["location"] == "/login?ended=1"
