"""Sockets refused: a page is not opened from a foreign site, by another sign-in or without its name."""

import json

import pytest

from tests.pages.guard.site import FOREIGN, Desk, Page


@pytest.mark.parametrize("origin", [FOREIGN, "null", "http://127.0.0.1:1"])
def test_a_foreign_site_gets_no_socket(desk: Desk, origin: str) -> None:
    assert Page(desk, "ann").refuses(origin=origin)


def test_a_foreign_picture_opens_no_poll(desk: Desk) -> None:
    page = Page(desk, "ann")
    page.headers["Sec-Fetch-Site"] = "cross-site"

    assert page.poll().status_code == 403


def test_another_sign_in_gets_no_socket(desk: Desk) -> None:
    assert Page(desk, "ann").refuses(user="bob")


def test_a_signed_out_browser_gets_no_socket(desk: Desk) -> None:
    page = Page(desk, "ann")
    page.headers.clear()

    assert page.refuses()


def test_the_sign_in_page_is_not_taken_along(desk: Desk) -> None:
    assert Page(desk).refuses(user="ann")


def test_a_socket_must_name_its_page(desk: Desk) -> None:
    assert Page(desk, "ann").refuses(client_id=None)


def test_nobody_takes_over_a_poll(desk: Desk) -> None:
    sid = json.loads(Page(desk, "bob").poll().text[1:])["sid"]

    assert Page(desk, "ann").poll(sid=sid).status_code == 403
