"""Toasts: the echo of the news, each the way to its order, and in nobody's way."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.conftest import Opener
from tests.browser.usable import PHONE
from tests.desk import Desk
from workflow.orders import comments


def span(place: Locator) -> tuple[float, float]:
    """Where something begins and ends, from the top."""
    box = place.bounding_box()
    assert box
    return box["y"], box["y"] + box["height"]


def covers(one: Locator, other: Locator) -> bool:
    """Whether the one stands on a part of the other."""
    (top, bottom), (above, below) = span(one), span(other)
    return top < below and above < bottom


def test_a_toast_leads_to_its_order(desk: Desk, window: Opener) -> None:
    job = desk.job("in_progress")
    cleo = window("cleo")
    expect(cleo.page).to_have_title("My orders · Paper & Ink")

    desk.make(job, "deliver", by="wren")

    expect(cleo.page).to_have_title("(1) My orders · Paper & Ink")
    expect(cleo.page.locator("link[rel~=icon]")).to_have_attribute("href", re.compile("^data:image/svg"))
    cleo.toast("Work has been delivered").click()
    cleo.is_at(f"/jobs/{job.display_id}")
    expect(cleo.page).to_have_title(re.compile(f"^{job.display_id}"))  # whoever sees it has read it
    expect(cleo.page.locator("link[rel~=icon]")).not_to_have_attribute("href", re.compile("^data:"))


def test_many_news_are_one_way_to_all_of_them(desk: Desk, window: Opener) -> None:
    job = desk.job("in_progress")
    cleo = window("cleo")
    for number in range(5):
        comments.say(job.key, f"Word {number}", by=desk.who("wren"))

    expect(cleo.toast("5 new notifications")).to_be_visible()
    expect(cleo.toasts).to_have_count(1)
    cleo.toasts.get_by_role("link").click()
    cleo.is_at("/notifications")


def test_a_toast_stands_where_nobody_types(desk: Desk, window: Opener) -> None:
    job = desk.job("in_progress")
    cleo = window("cleo", "/new", viewport=PHONE)
    low, high = (cleo.page.get_by_label(name, exact=True) for name in ("Instructions", "Title"))
    low.fill("Friendly")

    desk.make(job, "deliver", by="wren")

    expect(cleo.toasts).to_have_count(1)
    assert not covers(cleo.toasts, low)
    high.focus()
    assert not covers(cleo.toasts, high)
