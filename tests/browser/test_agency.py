"""The agency's face in the browser: logo and colour are seen at the door, and go again; settings by keyboard."""

import re

import httpx
from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.server import Server
from tests.browser.usable import PHONE
from tests.desk import Desk
from tests.workflow.people.test_agency import picture

SEEN = "image => image.complete && image.naturalWidth > 0"


def test_a_logo_is_seen_at_the_door(desk: Desk, window: Opener, server: Server) -> None:
    ada, visitor = window("ada", "/admin/agency"), window()
    upload = ada.page.locator("input[type=file]")

    with ada.page.expect_navigation():
        upload.set_input_files({"name": "evil.html", "mimeType": "image/png", "buffer": picture("png")})

    visitor.go("/login")
    assert visitor.page.locator("img.logo-own").evaluate(SEEN)
    answer = httpx.get(f"{server.url}/agency/logo", trust_env=False)
    assert (answer.headers["content-type"], answer.headers["x-content-type-options"]) == ("image/png", "nosniff")
    ada.is_live()
    with ada.page.expect_navigation():
        ada.button("Remove the logo").click()
    expect(ada.page.locator(".top .logo-mark")).to_be_visible()
    assert httpx.get(f"{server.url}/agency/logo", trust_env=False).status_code == 404


def test_a_page_is_no_logo(desk: Desk, window: Opener) -> None:
    ada = window("ada", "/admin/agency")

    page = b"<html><script>alert(1)</script>"
    ada.page.locator("input[type=file]").set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": page})

    expect(ada.toast("The logo must be a picture of type PNG or JPEG.")).to_be_visible()


def test_the_name_stands_in_the_header(desk: Desk, window: Opener) -> None:
    ada = window("ada", "/admin/agency")
    for name in ("Bücher <b>& Co", "Paper & Ink"):
        ada.page.get_by_label("The agency's name").fill(name)
        with ada.page.expect_navigation():
            ada.button("Save the name").click()

        expect(ada.page.locator(".logo-name")).to_have_text(name)
        ada.is_live()


def test_a_colour_is_seen_at_the_door(desk: Desk, window: Opener) -> None:
    ada, visitor = window("ada", "/admin/agency"), window()
    for name, colour in {"Plum": "rgb(106, 61, 124)", "Pine": "rgb(31, 94, 90)"}.items():
        with ada.page.expect_navigation():
            ada.button(name).click()

        expect(visitor.go("/login").button("Sign in")).to_have_css("background-color", colour)
        expect(ada.is_live().button(name)).to_have_attribute("aria-pressed", "true")


def test_settings_open_by_keyboard(desk: Desk, window: Opener) -> None:
    ada = window("ada", viewport=PHONE)

    ada.button("Settings").press("Enter")
    people = ada.page.get_by_role("link", name="People")
    expect(people).to_be_visible()
    for _ in range(10):
        if people.evaluate("link => link === document.activeElement"):
            break
        ada.page.keyboard.press("Tab")
    ada.page.keyboard.press("Enter")

    expect(ada.page).to_have_url(re.compile("/admin/people$"))
