"""The writer's page: what is wanted first, and work that is dropped on its card and handed in from there."""

from datetime import timedelta

from playwright.sync_api import Locator, expect

from models import Job, clock
from tests.browser.conftest import Opener
from tests.browser.window import Window
from tests.desk import Desk

MENU = {"name": "menu.txt", "mimeType": "text/plain", "buffer": b"Soup, fish, cake."}


def drop_on(wren: Window, job: Job) -> None:
    wren.order(job).locator("input[type=file]").set_input_files(MENU)  # pyright: ignore[reportArgumentType]


def inside(wren: Window, job: Job) -> Locator:
    return wren.order(job).locator(".inside")


def test_work_is_dropped_on_its_card_and_delivered(desk: Desk, window: Opener) -> None:
    job = desk.job("assigned", title="Menu translation")
    wren, cleo = window("wren"), window("cleo")

    wren.action(job, "start").click()
    drop_on(wren, job)
    expect(wren.dialog).to_contain_text("Deliver “Menu translation” now?")
    wren.dialog.get_by_role("button", name="Deliver to Cleo").click()

    cleo.shows(job, "delivered")
    assert desk.see(job).has_final_file


def test_without_a_final_file_it_is_asked_once(desk: Desk, window: Opener) -> None:
    job = desk.job("in_progress")
    wren = window("wren")

    wren.action(job, "deliver").click()
    expect(wren.dialog).to_contain_text("Cleo would find nothing to download.")
    wren.dialog.get_by_role("button", name="Not now").click()
    expect(wren.dialog).to_have_count(0)
    wren.shows(job, "in_progress")

    wren.action(job, "deliver").click()
    wren.dialog.get_by_role("button", name="Yes, without a file").click()
    wren.shows(job, "delivered")


def test_a_card_holds_its_brief_and_its_files(desk: Desk, window: Opener) -> None:
    job = desk.job("in_progress", instructions="Two pages, no jargon.")
    wren = window("wren")

    inside(wren, job).locator("summary").click()
    expect(inside(wren, job)).to_contain_text("Two pages, no jargon.")
    expect(inside(wren, job)).to_contain_text("No file yet.")
    drop_on(wren, job)
    wren.dialog.get_by_role("button", name="Not now").click()

    expect(inside(wren, job).get_by_role("link", name="menu.txt")).to_be_visible()


def test_each_order_stands_where_its_turn_comes(desk: Desk, window: Opener) -> None:
    now = clock.now()
    hours = {"Late": -2, "Today": 5, "This week": 80, "Later": 400}
    due = {
        title: desk.put(desk.job("assigned", title=f"Due {title}"), deadline=now + timedelta(hours=each))
        for title, each in hours.items()
    }
    changed = desk.put(desk.job("revision"), revision_notes="Warmer, please")

    wren = window("wren")

    for title, job in due.items():
        expect(wren.section(title).locator(f'[data-job="{job.display_id}"]')).to_be_visible()
    wanted = wren.section("Changes wanted").locator(f'[data-job="{changed.display_id}"]')
    expect(wanted).to_contain_text("Cleo wants changed: “Warmer, please”")


def test_what_waits_for_others_is_folded(desk: Desk, window: Opener) -> None:
    job = desk.job("delivered")
    wren = window("wren")
    title = wren.section("Waiting for others").get_by_role("button", name="Waiting for others")

    expect(title).to_have_attribute("aria-expanded", "false")
    expect(wren.order(job)).to_be_hidden()
    title.click()

    expect(title).to_have_attribute("aria-expanded", "true")
    wren.shows(job, "delivered")
