"""Keys out of letters and addresses: who tries many that nobody has is sent away, and the right one still opens."""

from collections.abc import Callable, Iterator

import httpx
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from models import MailedLink, database
from pages import error_pages
from pages.public import address, by_mail, code, invited, login, public_order, receipt, unsubscribe
from tests.desk import PASSWORD, Desk, later, on_sqlite
from workflow.mail.unsubscribe import _token
from workflow.people import guessing, mailed_links

pytestmark = on_sqlite  # no database decides any of it

Door = Callable[[httpx.Client, str], httpx.Response]

DOORS: dict[str, Door] = {
    "mailed link": lambda site, key: site.post("/login/with", data={"key": key}),
    "invitation": lambda site, key: site.post("/invite/with", data={"key": key}),
    "address": lambda site, key: site.post("/address/confirm", data={"key": key}),
    "confirmation": lambda site, key: site.post("/order/confirm", data={"key": key}),
    "unsubscribe": lambda site, key: site.post(f"/unsubscribe/{key}"),
    "receipt": lambda site, key: site.get(f"/receipts/{key}.pdf"),
}


@pytest.fixture(scope="module")
def site() -> Iterator[httpx.Client]:
    """The plain routes before the sign-in, called in memory."""
    web = FastAPI()
    for module in (address, by_mail, code, invited, login, public_order, receipt, unsubscribe):
        web.include_router(module.router)
    error_pages.answer_all(web)
    with TestClient(web, follow_redirects=False) as client:
        yield client


@pytest.mark.parametrize("door", DOORS)
def test_twenty_unknown_keys_are_enough(desk: Desk, site: httpx.Client, door: str) -> None:
    first = [DOORS[door](site, f"guess-{number}").status_code for number in range(20)]

    answer = DOORS[door](site, "guess-20")

    assert 429 not in first
    assert (answer.status_code, guessing.LOST in answer.text) == (429, True)
    assert 0 < int(answer.headers["Retry-After"]) <= 15 * 60
    with later(minutes=16):
        assert DOORS[door](site, "guess-21").status_code == first[0]


def test_the_owner_comes_in_by_mail_all_the_same(desk: Desk, site: httpx.Client) -> None:
    for number in range(21):
        site.post("/login", data={"email": "cleo@example.com", "password": f"guess {number}"})
        DOORS["mailed link"](site, f"guess-{number}")
    right = site.post("/login", data={"email": "cleo@example.com", "password": PASSWORD})
    assert (right.status_code, "Retry-After" in right.headers) == (429, True)

    with database.writing() as session:
        key = MailedLink.begin(session, desk.who("cleo"), mailed_links.GOOD_FOR)
    answer = DOORS["mailed link"](site, key)

    assert (answer.status_code, answer.headers["location"]) == (303, "/client")


def test_old_links_are_no_guesses(desk: Desk, site: httpx.Client) -> None:
    with database.writing() as session:
        used = MailedLink.begin(session, desk.who("cleo"), mailed_links.GOOD_FOR)
    DOORS["mailed link"](site, used)

    answers = {DOORS["mailed link"](site, used).headers["location"] for _ in range(25)}

    assert answers == {"/login/link?dead=1"}


def test_the_way_out_of_letters_stays_open(desk: Desk, site: httpx.Client) -> None:
    for number in range(21):
        DOORS["unsubscribe"](site, f"guess-{number}")

    answer = DOORS["unsubscribe"](site, _token(desk.who("cleo"), "comment_added"))

    assert answer.status_code == 303


def test_a_browser_reads_the_sentence_on_the_form(desk: Desk, site: httpx.Client) -> None:
    form = {"email": "cleo@example.com", "password": "guess"}
    for _ in range(10):
        site.post("/login", data=form)

    answer = site.post("/login", data=form, headers={"Accept": "text/html,*/*;q=0.8"})

    assert (answer.status_code, answer.headers["location"]) == (303, "/login?problem=guessing&next=")
