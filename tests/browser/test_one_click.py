"""One click does one thing: what comes up under the mouse, or gets the focus, is not pressed along."""

import pytest
from playwright.sync_api import Locator, expect

from models import clock
from tests.browser.conftest import Opener
from tests.browser.window import Window
from tests.desk import Desk

REST = 600
"""For how many milliseconds a button that appears takes no press."""

AGAIN = (20, 150, 350, 550)
"""How long after the first press the second comes, in milliseconds."""


def middle(place: Locator) -> tuple[float, float]:
    box = place.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def click_twice(window: Window, place: Locator, pause: float) -> None:
    where = middle(place)
    window.page.mouse.click(*where)
    window.page.wait_for_timeout(pause)
    window.page.mouse.click(*where)
    window.page.wait_for_timeout(REST)


@pytest.mark.parametrize("pause", AGAIN)
def test_a_double_click_starts_and_no_more(desk: Desk, window: Opener, pause: float) -> None:
    job = desk.job("assigned")
    wren = window("wren", f"/jobs/{job.display_id}")

    click_twice(wren, wren.action(job, "start"), pause)

    assert desk.see(job).status == "in_progress"
    expect(wren.toasts).to_have_count(0)


@pytest.mark.parametrize("pause", AGAIN)
def test_a_double_click_approves_one_order(desk: Desk, window: Opener, pause: float) -> None:
    jobs = [desk.job("pending") for _ in range(3)]
    bea = window("bea")
    first = bea.page.locator('button[data-action="approve"]').first

    click_twice(bea, first, pause)

    assert sorted(desk.see(job).status for job in jobs) == ["approved", "pending", "pending"]


def test_the_new_button_can_be_pressed_a_moment_later(desk: Desk, window: Opener) -> None:
    job = desk.put(desk.job("assigned"), final_file_at=clock.now())
    wren = window("wren", f"/jobs/{job.display_id}")

    where = middle(wren.action(job, "start"))
    wren.page.mouse.click(*where)
    expect(wren.action(job, "deliver")).to_be_visible()
    wren.page.wait_for_timeout(REST + 300)
    wren.page.mouse.click(*where)

    wren.shows(job, "delivered")


def test_a_tap_twice_is_one_tap(desk: Desk, window: Opener) -> None:
    job = desk.job("assigned")
    wren = window("wren", f"/jobs/{job.display_id}", has_touch=True)

    where = middle(wren.action(job, "start"))
    wren.page.touchscreen.tap(*where)
    wren.page.wait_for_timeout(200)
    wren.page.touchscreen.tap(*where)
    wren.page.wait_for_timeout(REST)

    assert desk.see(job).status == "in_progress"


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_key_pressed_twice_or_held_does_one_thing(desk: Desk, window: Opener, key: str) -> None:
    job = desk.job("assigned")
    wren = window("wren", f"/jobs/{job.display_id}")

    wren.action(job, "start").focus()
    wren.page.keyboard.press(key)
    expect(wren.action(job, "submit")).to_be_visible()
    wren.action(job, "submit").focus()
    for _ in range(5):
        wren.page.keyboard.down(key)
    wren.page.keyboard.up(key)
    wren.page.wait_for_timeout(REST)

    assert desk.see(job).status == "in_progress"


def test_the_next_page_rests_under_the_mouse_too(desk: Desk, window: Opener) -> None:
    job = desk.job("assigned")
    wren = window("wren", f"/jobs/{job.display_id}")
    x, y = middle(wren.action(job, "start"))
    wren.go("/writer").page.evaluate(
        """([href, x, y]) => document.body.append(Object.assign(document.createElement("a"), {
            href, innerText: "On", style: `position: fixed; z-index: 9999; left: ${x - 9}px; top: ${y - 9}px`}))""",
        [f"/jobs/{job.display_id}", x, y],
    )

    wren.page.mouse.click(x, y)

    shielded = "([x, y]) => document.elementFromPoint(x, y)?.className === 'press-shield'"
    wren.page.wait_for_function(shielded, arg=[x, y])
    wren.is_at(f"/jobs/{job.display_id}")
    assert desk.see(job).status == "assigned"
