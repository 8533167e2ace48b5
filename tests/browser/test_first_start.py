"""The first start: an empty folder, and a few minutes later a client's first order on the admin's desk."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.server import Server
from tests.browser.usable import PHONE, usable
from tests.browser.window import Window

SECRET = "a long password"


@pytest.fixture
def server(own_server: Callable[[str], Server]) -> Server:
    return own_server("run")


def fill_in(ada: Window) -> None:
    ada.is_at("/setup")
    for label, words in {"Your agency's name": "Paper & Ink", "Your name": "Ada Adler"}.items():
        ada.page.get_by_label(label).fill(words)
    ada.page.get_by_label("E-mail").fill("ada@example.com")
    ada.page.get_by_label("Password").fill(SECRET)
    ada.button("Open the desk").click()


def set_up(ada: Window) -> None:
    fill_in(ada)
    ada.is_at("/admin", timeout=60_000)


def invite_cleo(ada: Window) -> str:
    ada.go("/admin/people").button("Invite somebody").click()
    ada.dialog.get_by_label("Name").fill("Cleo Clark")
    ada.dialog.get_by_label("E-mail").fill("cleo@example.com")
    ada.button("Invite").click()
    link = ada.dialog.get_by_label("Link").input_value()
    ada.button("Done").click()
    expect(ada.page.locator('[data-user="cleo@example.com"]')).to_be_visible()
    return link


def place_an_order(cleo: Window) -> None:
    expect(cleo.section("In progress")).to_contain_text("Place an order, and watch it move here.")
    cleo.button("New order").click()
    cleo.is_at("/new")
    cleo.page.get_by_label("Title").fill("Menu for the summer")
    cleo.page.get_by_label("Amount").fill("120,50")
    cleo.button("Place the order").click()
    expect(cleo.page.get_by_role("heading", name="Menu for the summer")).to_be_visible()
    expect(cleo.page.locator(".badge")).to_have_text("Received")
    expect(cleo.page.locator(".facts")).to_contain_text("120.50 EUR")


def test_from_an_empty_folder_to_the_first_order(window: Opener) -> None:
    ada = window()
    expect(ada.page.get_by_label("Key")).not_to_be_visible()
    set_up(ada)
    expect(ada.section("New")).to_contain_text("None")
    expect(ada.section("First steps").get_by_role("link")).to_have_count(4)
    link = invite_cleo(ada)
    ada.go("/admin").button("Put aside").click()
    expect(ada.section("First steps")).to_have_count(0)

    cleo = window(path=link)
    cleo.page.get_by_label("Choose a password").fill(SECRET)
    cleo.button("Come in").click()
    cleo.is_at("/client")
    place_an_order(cleo)

    expect(ada.section("New").locator("[data-job]")).to_contain_text("Menu for the summer")
    expect(ada.toast("Cleo Clark has placed a new order")).to_be_visible()
    assert not ada.was_reloaded
    window(path="/setup").is_at("/login")


def test_from_another_machine_it_takes_the_key_that_was_printed(server: Server, window: Opener) -> None:
    ada = window(viewport=PHONE, extra_http_headers={"X-Forwarded-For": "203.0.113.7"})
    usable(ada)
    key, place = re.findall(r"this key: (\w{20}) \(also in (.+)\)", server.log.read_text())[0]
    assert (Path(place).read_text().strip(), Path(place).stat().st_mode & 0o777) == (key, 0o600)

    for wrong in ("", key[:-1], f"{key}0"):
        ada.page.get_by_label("Key").fill(wrong)
        fill_in(ada)
        expect(ada.page.locator(".wrong")).to_contain_text("This is not the key")
        ada.go("/setup")
    ada.page.get_by_label("Key").fill(f" {key} ")

    samples = ada.page.get_by_role("checkbox", name="Add sample orders")
    samples.click()
    expect(samples).to_be_checked()
    set_up(ada)

    assert not Path(place).exists()
    expect(ada.section("First steps").locator("[data-done=true]")).to_have_text(
        [re.compile("price list"), re.compile("writer")]
    )
    ada.page.get_by_role("tab", name="With client").click()
    expect(ada.section("With client").locator("[data-job]")).to_have_count(6)
