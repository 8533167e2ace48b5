"""Answers: HEAD is answered wherever GET is, and every page that cannot be shown says so in a sentence."""

import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.server import Server
from tests.desk import Desk


@pytest.fixture
def http(server: Server) -> Iterator[httpx.Client]:
    """A program without a browser."""
    with httpx.Client(base_url=server.url, trust_env=False, timeout=30) as client:
        yield client


@pytest.mark.parametrize(
    "path",
    [
        "/healthz",
        "/",
        "/login",
        "/forgot",
        "/order",
        "/nowhere",
        "/client",
        "/assets/theme.css",
        "/api/docs",
        "/api/jobs",
    ],
)
def test_head_is_answered_as_get_is(desk: Desk, http: httpx.Client, path: str) -> None:
    asked, read = http.head(path), http.get(path)

    assert (asked.status_code, asked.content) == (read.status_code, b"")
    assert asked.headers["content-type" if "location" not in read.headers else "location"]


def test_head_of_a_stream_ends(desk: Desk, http: httpx.Client) -> None:
    token = http.post("/api/auth/token", json={"email": "cleo@example.com", "password": "docket-demo"}).json()

    asked = http.head("/api/jobs/events/subscribe", headers={"Authorization": f"Bearer {token['accessToken']}"})

    assert (asked.status_code, asked.content) == (200, b"")


def test_an_unknown_page_leads_home(desk: Desk, window: Opener, mishaps: list[str]) -> None:
    lost = window("cleo")

    lost.page.goto("/nowhere/at/all")

    expect(lost.page.get_by_role("heading")).to_have_text("Not found")
    expect(lost.page.get_by_role("alert")).to_have_text("There is nothing at this address.")
    lost.page.get_by_role("link", name="Back to the start").click()
    lost.is_at("/client")
    mishaps.clear()


def test_too_much_is_a_sentence(desk: Desk, http: httpx.Client) -> None:
    answer = http.post("/login", data={"email": "x" * 1_000_001})

    assert (answer.status_code, "too large" in answer.text) == (413, True)


def chunks() -> Iterator[bytes]:
    """A body that says nothing of its length: over two million bytes of a form."""
    yield b'--edge\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
    yield from [b"x" * 100_000] * 21


@pytest.mark.parametrize("path", ["/login", "/order/confirm", "/api/auth/token"])
def test_too_much_without_a_length_is_a_sentence(desk: Desk, http: httpx.Client, path: str) -> None:
    answer = http.post(path, content=chunks(), headers={"Content-Type": "multipart/form-data; boundary=edge"})

    assert (answer.status_code, "too large" in answer.text) == (413, True)
    assert answer.headers["content-type"].split(";")[0] == ("application/json" if "api" in path else "text/html")


def test_what_is_wrong_stands_at_its_field(desk: Desk, window: Opener) -> None:
    ada = window("ada", "/admin/people")
    ada.button("Invite somebody").click()
    wrong = ada.dialog.locator(".q-field--error")

    ada.button("Invite").click()
    expect(wrong).to_have_text([re.compile("name is missing"), re.compile("address is missing")])
    ada.dialog.get_by_label("E-mail").fill("nobody")
    ada.dialog.get_by_label("Name").fill("Nora New")
    ada.button("Invite").click()

    expect(wrong).to_have_count(1)
    expect(wrong).to_contain_text("does not look like")
    expect(ada.dialog.get_by_label("E-mail")).to_have_value("nobody")


def test_all_that_is_wrong_is_said_at_once(desk: Desk, window: Opener) -> None:
    job = desk.job("pending", client="cleo")
    bea = window("bea", f"/jobs/{job.display_id}")
    bea.menu().page.locator("[data-amend]").click()

    bea.dialog.get_by_label("Title").fill(" ")
    bea.dialog.get_by_label("Quantity").fill("a lot")
    bea.dialog.get_by_label("Amount").fill("much")
    bea.button("Save").click()

    said = ["title is missing", "whole number", "write the amount"]
    expect(bea.dialog.locator(".q-field--error")).to_have_text([re.compile(each) for each in said])
    summary = bea.dialog.locator(".wrong")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link")).to_have_text([re.compile(each) for each in said])
    summary.get_by_role("link").nth(1).press("Enter")
    expect(bea.dialog.get_by_label("Quantity")).to_be_focused()


def test_both_passwords_say_what_is_wrong_with_them(desk: Desk, window: Opener) -> None:
    cleo = window("cleo", "/profile")

    cleo.page.get_by_label("Present password").fill("a guess")
    cleo.page.get_by_label("New password").fill("short")
    cleo.button("Change the password").click()

    said = ["old password is wrong", "at least 10"]
    expect(cleo.page.locator(".q-field--error")).to_have_text([re.compile(each) for each in said])
