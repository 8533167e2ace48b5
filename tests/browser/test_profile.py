"""The profile: one's clock, theme, ways and password, and the other browsers, signed out within a tick."""

import re

import httpx
import pytest
from playwright.sync_api import expect

from models import database
from models.preference import Channel, Preference
from tests.browser.conftest import Opener
from tests.browser.server import Server
from tests.browser.window import Window
from tests.desk import PASSWORD, Desk
from workflow.mail import unsubscribe
from workflow.notifications import preferences
from workflow.people import profiles

NEW = "a longer password"


@pytest.fixture(autouse=True)
def nothing_chosen(desk: Desk) -> None:
    """Everybody hears of everything on screen, and lives by UTC."""
    desk.sql("DELETE FROM preferences", "DELETE FROM mutes", "UPDATE users SET time_zone = 'UTC', theme = 'auto'")


def choose(window: Window, label: str, option: str) -> None:
    window.page.get_by_role("combobox", name=label).click()
    window.page.get_by_role("option", name=option, exact=True).click()


def test_ones_clock_and_theme(desk: Desk, window: Opener) -> None:
    cleo = window("cleo", "/profile")
    zone = cleo.page.get_by_role("combobox", name="Time zone")
    zone.fill("Tokyo")
    cleo.page.get_by_role("option", name="Asia/Tokyo").click()
    choose(cleo, "Theme", "Dark")

    cleo.button("Save").click()

    expect(cleo.page.locator("body")).to_contain_class("body--dark")
    assert (desk.who("cleo").time_zone, desk.who("cleo").theme) == ("Asia/Tokyo", "dark")
    expect(cleo.go("/new").page.get_by_text("Your time (Asia/Tokyo)")).to_be_visible()
    expect(cleo.page.locator("body")).to_contain_class("body--dark")


def test_another_page_follows_in_place(desk: Desk, window: Opener) -> None:
    job = desk.job("in_progress", title="Tea")
    cleo = window("cleo", f"/jobs/{job.display_id}")
    shown = cleo.page.locator("[data-action=create]")
    utc = shown.inner_text()
    cleo.page.evaluate("() => { window.same = true }")

    profiles.set_profile("Cleo Cook", "Asia/Tokyo", "dark", by=desk.who("cleo"))

    expect(cleo.page.locator("body")).to_contain_class("body--dark")
    expect(shown).not_to_have_text(utc)
    cleo.button("Your account").click()
    expect(cleo.page.locator(".account-name")).to_have_text("Cleo Cook")
    assert cleo.page.evaluate("() => window.same")
    profiles.set_profile("Cleo Clark", "UTC", "auto", by=desk.who("cleo"))


def test_how_one_hears_of_news(desk: Desk, window: Opener) -> None:
    cleo = window("cleo", "/profile")
    expect(cleo.page.locator('[data-news="deadline_missed"]')).to_have_count(0)

    choose(cleo, "Somebody wrote a comment", "On screen, and in the daily digest")
    expect(cleo.toast("Saved.")).to_be_visible()

    with database.reading() as session:
        assert Preference.of(session, desk.who("cleo").key) == {"comment_added": Channel.digest}


def test_the_browser_says_which_clock_it_goes_by(desk: Desk, window: Opener) -> None:
    cleo = window(timezone_id="America/New_York")

    cleo.go("/login").sign_in("cleo")

    assert desk.who("cleo").time_zone == "America/New_York"
    again = window(timezone_id="Europe/Berlin")
    again.go("/login").sign_in("cleo")
    assert desk.who("cleo").time_zone == "America/New_York"


def test_a_new_password_ends_the_other_browsers(desk: Desk, window: Opener) -> None:
    before = desk.who("carl").password_hash
    here, there = window("carl", "/profile"), window("carl")
    here.page.get_by_label("Present password").fill("wrong")
    here.page.get_by_label("New password").fill(NEW)
    here.button("Change the password").click()
    expect(here.page.locator(".q-notification").first).to_be_visible()
    assert desk.who("carl").password_hash == before

    here.page.get_by_label("Present password").fill(PASSWORD)
    here.button("Change the password").click()

    there.is_at("/login")
    expect(here.toast("Your password is changed")).to_be_visible()
    there.page.goto("/login")
    there.is_live().sign_in("carl", NEW).is_at("/client")
    desk.sql(f"UPDATE users SET password_hash = '{before}' WHERE email = 'carl@example.com'")


def test_one_signs_out_elsewhere(desk: Desk, window: Opener) -> None:
    desk.sql("DELETE FROM sign_ins")
    here, there, yonder = (window("wren", path) for path in ("/profile", "/writer", "/writer"))
    rows = here.go("/profile").page.locator("[data-sign-in]")
    expect(rows).to_have_count(3)
    expect(rows.filter(has_text="this browser")).to_have_count(1)

    here.button("Sign out").last.click()
    expect(rows).to_have_count(2)
    here.button("Sign out everywhere else").click()

    expect(rows).to_have_count(1)
    for other in (there, yonder):
        other.is_at("/login")


def test_one_click_ends_letters(desk: Desk, window: Opener, server: Server) -> None:
    preferences.choose("order_updated", Channel.at_once, by=desk.who("cleo"))
    desk.make(desk.job("assigned"), "start", by="wren")
    address = unsubscribe.address(desk.letters()[-1]).replace("http://localhost:8080", server.url)
    nobody = window()
    nobody.page.goto(address)
    expect(nobody.page.get_by_text("You get letters of this kind: An order’s status has changed.")).to_be_visible()
    with database.reading() as session:
        assert Preference.of(session, desk.who("cleo").key) == {"order_updated": Channel.at_once}

    answer = httpx.post(address, data={"List-Unsubscribe": "One-Click"}, trust_env=False)

    assert answer.status_code == 303
    with database.reading() as session:
        assert Preference.of(session, desk.who("cleo").key) == {"order_updated": Channel.in_app}
    assert httpx.post(f"{address}x", trust_env=False).status_code == 404
    nobody.button("No more of them").click()
    expect(nobody.page.get_by_text(re.compile("No more letters of this kind"))).to_be_visible()
