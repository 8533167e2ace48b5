"""Signing in: one sentence when it fails, a fresh cookie when it does not, and never the way to another site."""

from typing import Any

import httpx
import pytest
from playwright.sync_api import expect

from pages import cookie
from tests.browser.conftest import Opener
from tests.browser.server import Server
from tests.browser.window import Window
from tests.desk import PASSWORD, Desk
from workflow.people import guessing


def sign_in_of(window: Window) -> Any:
    return next(each for each in window.context.cookies() if each.get("name") == cookie.name())


@pytest.mark.parametrize("name", ["cleo", "nobody", "ivy"])
def test_a_failure_is_one_sentence_whoever_it_was(desk: Desk, window: Opener, name: str) -> None:
    stranger = window()

    stranger.sign_in(name, PASSWORD if name == "ivy" else "not the password")

    stranger.is_at("/login")
    expect(stranger.page.get_by_role("alert")).to_have_text("E-mail or password is wrong.")
    assert cookie.name() not in {each.get("name") for each in stranger.context.cookies()}


def test_everybody_comes_to_their_own_page(desk: Desk, window: Opener) -> None:
    bea = window()

    bea.sign_in("bea")

    bea.is_at("/manager")
    assert (sign_in_of(bea)["httpOnly"], sign_in_of(bea)["sameSite"]) == (True, "Lax")


def test_each_sign_in_has_a_key_of_its_own(desk: Desk, server: Server, window: Opener) -> None:
    cleo = window("cleo")
    old = sign_in_of(cleo)["value"]

    cleo.go("/login").sign_in("cleo")

    assert sign_in_of(cleo)["value"] != old
    answer = httpx.get(f"{server.url}/client", cookies={cookie.name(): old}, trust_env=False)
    assert answer.headers["location"] == "/login?next=/client"


def test_the_way_goes_on_where_it_was_to_lead(desk: Desk, window: Opener) -> None:
    job = desk.job("delivered")
    cleo = window(path=f"/jobs/{job.display_id}")
    cleo.is_at("/login")

    cleo.sign_in("cleo")

    cleo.is_at(f"/jobs/{job.display_id}")
    cleo.shows(job, "delivered")


@pytest.mark.parametrize("elsewhere", ["https://evil.example", "//evil.example", "/\\evil.example", "/\t/evil.example"])
def test_it_never_leads_to_another_site(desk: Desk, server: Server, elsewhere: str) -> None:
    form = {"email": "cleo@example.com", "password": PASSWORD, "next": elsewhere}

    answer = httpx.post(f"{server.url}/login", data=form, trust_env=False)

    assert (answer.status_code, answer.headers["location"]) == (303, "/client")


@pytest.mark.parametrize("name, home", [("cleo", "/client"), ("wren", "/writer"), ("bea", "/manager")])
def test_a_page_for_others_leads_home(desk: Desk, window: Opener, name: str, home: str) -> None:
    window(name, "/admin/people").is_at(home)


def test_an_order_of_others_looks_like_none(desk: Desk, window: Opener) -> None:
    job = desk.job("delivered", client="cleo")
    carl = window("carl", f"/jobs/{job.display_id}")
    expect(carl.page.get_by_role("heading")).to_have_text("There is no such order.")
    seen = carl.page.locator("body").inner_text()

    carl.go("/jobs/DK-2001-0001")

    assert carl.page.locator("body").inner_text() == seen


def test_who_guesses_reads_why_and_keeps_the_address(desk: Desk, server: Server, window: Opener) -> None:
    for number in range(10):
        form = {"email": "cleo@example.com", "password": f"guess {number}"}
        httpx.post(f"{server.url}/login", data=form, trust_env=False)
    cleo = window(path="/jobs/DK-2026-0001")

    cleo.sign_in("cleo")

    expect(cleo.page.get_by_role("alert")).to_have_text(guessing.ENOUGH)
    expect(cleo.page.get_by_label("E-mail")).to_have_value("cleo@example.com")
    assert "cleo" not in cleo.page.url
    assert "next=%2Fjobs%2FDK-2026-0001" in cleo.page.url


def test_the_address_is_gone_with_the_next_visit(desk: Desk, window: Opener) -> None:
    shared = window().sign_in("nobody", "not the password")
    expect(shared.page.get_by_label("E-mail")).to_have_value("nobody@example.com")

    shared.go("/login")

    expect(shared.page.get_by_label("E-mail")).to_have_value("")
