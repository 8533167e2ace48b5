"""By mail: a stranger orders and comes to have an account; whoever has one comes in by a link."""

import re

import httpx
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.server import Server
from tests.browser.usable import PHONE, usable
from tests.browser.window import Window
from tests.desk import Desk
from workflow.orders import public_orders, work_types
from workflow.orders.work_types import Offer
from workflow.people import mailed_links

LINK = re.compile(r"https?://\S+key=\S+")


@pytest.fixture(autouse=True)
def tidy_mail(desk: Desk) -> None:
    """No letters, links or accounts of earlier stories."""
    desk.sql("DELETE FROM letters", "DELETE FROM mailed_links", "DELETE FROM order_requests", "DELETE FROM work_types")


def mailed(desk: Desk, window: Window) -> str:
    """The link in the newest letter, once it is there."""
    for _ in range(100):
        if letters := desk.letters():
            return LINK.findall(letters[-1].body)[0]
        window.page.wait_for_timeout(50)
    raise AssertionError("no letter was written")


def ask_for_a_link(window: Window, email: str) -> None:
    window.page.get_by_label("E-mail").fill(email)
    with window.page.expect_navigation():
        window.button("Mail me a link").click()
    expect(window.page.get_by_role("alert")).to_have_text(mailed_links.SENT)


def order_as_sue(desk: Desk, window: Opener) -> Window:
    desk.rules(public_orders=True)
    work_types.save(Offer("Text", "words", 5, questions=("For whom?",)), by=desk.who("ada"))
    sue = window(path="/login")
    sue.page.get_by_role("link", name="Order without an account").click()
    for label, words in {"Your name": "Sue Stone", "E-mail": "sue@example.com", "Title": "Summer menu"}.items():
        sue.page.get_by_label(label).fill(words)
    sue.page.get_by_label("Quantity").fill("1500")
    sue.page.get_by_label("For whom?").fill("Guests")
    expect(sue.page.locator("[data-price]")).to_have_text("Price: 75.00 EUR")
    usable(sue)
    sue.button("Send").click()
    expect(sue.page.get_by_role("heading", name="Look into your mail")).to_be_visible()
    return sue


def test_from_a_strangers_form_to_an_account(desk: Desk, window: Opener) -> None:
    sue = order_as_sue(desk, window)
    sue.go(mailed(desk, sue))
    expect(sue.page.locator(".answers")).to_contain_text("75.00 EUR")
    usable(sue)
    sue.button("Place the order").click()
    expect(sue.page.get_by_role("heading", name="Summer menu")).to_be_visible()
    expect(sue.page.locator(".badge")).to_have_text("Received")
    sue.is_live().page.get_by_label("Your account").click()
    sue.button("Sign out").click()
    sue.is_at("/login")

    desk.sql("DELETE FROM letters")
    ask_for_a_link(sue.go("/forgot"), "sue@example.com")
    sue.go(mailed(desk, sue)).button("Sign in").click()
    sue.is_at("/profile")

    expect(sue.page.get_by_label("Present password")).to_be_hidden()
    sue.is_live().page.get_by_label("New password").fill("correct horse")
    sue.button("Change the password").click()
    expect(sue.toast("Your password is changed")).to_be_visible()
    sue.context.clear_cookies()
    sue.go("/login").sign_in("sue", "correct horse").is_at("/client")
    expect(sue.page.get_by_text("Summer menu")).to_be_visible()


def test_a_link_leads_where_one_wanted_to_go_and_only_once(desk: Desk, window: Opener) -> None:
    job = desk.job("delivered")
    cleo = window(path=f"/jobs/{job.display_id}", viewport=PHONE)
    usable(cleo)
    cleo.page.get_by_role("link", name="Mail me a link instead").click()
    cleo.is_live()
    usable(cleo)
    ask_for_a_link(cleo, "cleo@example.com")
    link = mailed(desk, cleo)

    cleo.go(link).button("Sign in").click()
    cleo.is_at(f"/jobs/{job.display_id}")
    cleo.shows(job, "delivered")

    other = window(path=link)
    other.button("Sign in").click()
    expect(other.page.get_by_role("alert")).to_have_text(mailed_links.DEAD)
    assert other.context.cookies() == []


def test_opening_a_link_uses_nothing(desk: Desk, server: Server, window: Opener) -> None:
    ask_for_a_link(stranger := window(path="/login/link"), "wren@example.com")
    link = mailed(desk, stranger)

    for _ in range(3):
        assert httpx.get(link, trust_env=False).is_success

    stranger.go(link).button("Sign in").click()
    stranger.is_at("/writer")
    key = link.split("key=")[1]
    assert key not in server.log.read_text()


@pytest.mark.parametrize(
    "email", ["cleo@example.com", "nobody@example.com", "ivy@example.com", "", "a\x00b", "x" * 900]
)
def test_the_answer_is_the_same_for_everybody(desk: Desk, server: Server, email: str) -> None:
    answer = httpx.post(f"{server.url}/login/link", data={"email": email}, trust_env=False)

    assert (answer.status_code, answer.headers["location"], answer.content) == (303, "/login/link?sent=1", b"")


@pytest.mark.parametrize("path", ["/login/link", "/login/with", "/order/confirm"])
def test_no_other_site_sends_these_forms(desk: Desk, server: Server, path: str) -> None:
    headers = {"Origin": "https://evil.example"}

    answer = httpx.post(f"{server.url}{path}", data={"key": "k"}, headers=headers, trust_env=False)

    assert answer.status_code == 403


@pytest.mark.parametrize("key", ["", "guessed", "%00", "\x00", "ключ", "a&b#c"], ids=ascii)
def test_what_was_made_up_is_told_plainly(desk: Desk, server: Server, key: str) -> None:
    with httpx.Client(base_url=server.url, trust_env=False, follow_redirects=True) as ask:
        assert public_orders.UNKNOWN in ask.post("/order/confirm", data={"key": key}).text
        assert mailed_links.DEAD in ask.post("/login/with", data={"key": key}).text


@pytest.mark.parametrize("elsewhere", ["https://evil.example", "//evil.example", "/\\evil.example"])
def test_a_link_never_leads_to_another_site(desk: Desk, server: Server, window: Opener, elsewhere: str) -> None:
    mailed_links.send("cleo@example.com")
    key = LINK.findall(desk.letters()[-1].body)[0].split("key=")[1]

    answer = httpx.post(f"{server.url}/login/with", data={"key": key, "next": elsewhere}, trust_env=False)

    assert (answer.status_code, answer.headers["location"]) == (303, "/client")


def test_while_it_is_closed_the_form_says_so(desk: Desk, server: Server, window: Opener) -> None:
    answer = httpx.get(f"{server.url}/order", trust_env=False)
    assert answer.status_code == 404
    assert public_orders.CLOSED in answer.text

    expect(window(path="/login").page.get_by_role("link", name="Order without an account")).to_have_count(0)


def test_who_is_signed_in_has_a_form_of_their_own(desk: Desk, window: Opener) -> None:
    window("cleo", "/order").is_at("/new")
