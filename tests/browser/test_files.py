"""Files on the page of an order: brought, seen live, fetched whole, counted down."""

import pytest
from playwright.sync_api import Locator, expect

from models import Job
from tests.browser.conftest import Opener
from tests.browser.window import Window
from tests.desk import Desk, later
from tests.workflow.orders.test_files import bring, completed
from workflow.orders import files

CONTENTS = [b"<html><script>alert(1)</script>", b"<svg onload='alert(1)'/>", b"%PDF-1.7", b"words"]
ESSAY = bytes(range(256)) * 8_000


def at(job: Job) -> str:
    return f"/jobs/{job.display_id}"


def add(window: Window, *brought: tuple[str, bytes]) -> None:
    """Choose files in the page's field for them."""
    chosen = [{"name": name, "mimeType": "text/html", "buffer": content} for name, content in brought]
    window.page.locator(".bring input[type=file]").set_input_files(chosen)  # pyright: ignore[reportArgumentType]


def listed(window: Window) -> Locator:
    """The files on the page, newest first."""
    return window.page.locator("[data-file]")


def test_from_the_brief_to_the_download(desk: Desk, window: Opener) -> None:
    desk.rules(file_before_delivery=True)
    job = desk.job("in_progress")
    cleo, wren = window("cleo", at(job)), window("wren", at(job))

    add(cleo, ("wishes.txt", b"Make it short."))
    expect(listed(wren)).to_contain_text("wishes.txt")
    expect(wren.toast("Cleo added the brief file wishes.txt")).to_be_visible()
    expect(wren.action(job, "deliver")).to_be_disabled()

    add(wren, ("essay.txt", ESSAY))
    expect(wren.action(job, "deliver")).to_be_enabled()
    expect(listed(cleo)).to_have_count(1)
    wren.action(job, "deliver").click()

    expect(listed(cleo)).to_have_count(2)
    with cleo.page.expect_download() as download:
        cleo.page.get_by_role("link", name="essay.txt").click()
    assert download.value.suggested_filename == "essay.txt"
    assert download.value.path().read_bytes() == ESSAY
    assert not any(window_.was_reloaded for window_ in (cleo, wren))


def test_several_at_once(desk: Desk, window: Opener) -> None:
    job = desk.job("in_progress")
    wren, cleo = window("wren", at(job)), window("cleo", at(job))
    wren.page.get_by_role("combobox", name="Kind").click()
    wren.page.get_by_role("option", name="Draft").click()

    add(wren, *((f"page {number}.txt", b"words") for number in range(5)))

    expect(listed(wren)).to_have_count(5)
    expect(wren.page.locator("[data-kind=draft]")).to_have_count(5)
    expect(cleo.page.get_by_text("No file yet.")).to_be_visible()


def test_a_name_is_a_text(desk: Desk, window: Opener) -> None:
    job, name = desk.job("in_progress"), "<img src=x onerror=alert(1)>.html"
    bea = window("bea", at(job))

    add(bea, (name, b"<script>alert(1)</script>"))

    expect(bea.page.get_by_role("link", name=name)).to_be_visible()
    with bea.page.expect_download() as download:
        bea.page.get_by_role("link", name=name).click()
    assert download.value.path().read_bytes() == b"<script>alert(1)</script>"
    bea.is_at(at(job))


def test_versions_stand_behind_their_newest(desk: Desk, window: Opener) -> None:
    job = desk.job("in_progress")
    for name, content in (
        ("Essay.txt", b"one"),
        ("essay.txt", b"two"),
        ("notes.txt", b"notes"),
        ("essay.txt", b"three"),
    ):
        bring(desk, job, "draft", by="wren", name=name, content=content)

    bea = window("bea", at(job))
    first, second = bea.page.locator(".files > li").all()

    expect(first.locator(".file-name").first).to_contain_text("essay.txt")
    expect(first.locator(".version").first).to_have_text("version 3")
    expect(second.locator(".version")).to_have_count(0)
    expect(first.get_by_role("link", name="Essay.txt", exact=True)).to_be_hidden()
    first.get_by_text("2 older versions").click()
    with bea.page.expect_download() as download:
        first.get_by_role("link", name="Essay.txt", exact=True).click()
    assert download.value.path().read_bytes() == b"one"


def test_a_type_is_told_by_the_content(desk: Desk, window: Opener) -> None:
    job = desk.job("in_progress")
    bea = window("bea", at(job))

    add(
        bea,
        ("plan.docx", b"%PDF-1.7 plan"),
        ("invoice.pdf", b"MZ\x90\x00" + bytes(100)),
        ("photo.png", b"<svg onload=x>"),
    )

    for name, what, warned in (("plan.docx", "PDF", 0), ("invoice.pdf", "Program", 1), ("photo.png", "Drawing", 1)):
        line = listed(bea).filter(has_text=name)
        expect(line).to_contain_text(f"Final · {what} · ")
        expect(line.get_by_text("looks like a program")).to_have_count(warned)


def test_the_kind_is_remembered(desk: Desk, window: Opener) -> None:
    wren = window("wren", at(desk.job("in_progress")))
    wren.page.get_by_role("combobox", name="Kind").click()
    wren.page.get_by_role("option", name="Draft").click()

    wren.go(at(desk.job("in_progress", title="Poster")))
    add(wren, ("sketch.txt", b"words"))

    expect(wren.page.locator("[data-kind=draft]")).to_have_count(1)


@pytest.mark.parametrize("content", CONTENTS)
def test_no_browser_shows_what_it_fetches(desk: Desk, window: Opener, content: bytes) -> None:
    job = desk.job("in_progress")
    file = bring(desk, job, "draft", name="page.html", content=content)
    bea = window("bea", at(job))

    with bea.page.expect_download() as download:
        bea.page.evaluate("(address) => void location.assign(address)", f"/files/{file.id}")

    assert download.value.path().read_bytes() == content
    bea.is_at(at(job))


def test_the_week_is_counted_until_staff_keep_them(desk: Desk, window: Opener) -> None:
    job = completed(desk)
    cleo, bea = window("cleo", at(job)), window("bea", at(job))
    for reader in (cleo, bea):
        expect(reader.page.get_by_text("These files are deleted in 7 days.")).to_be_visible()
    expect(cleo.button("Keep them")).to_be_hidden()

    bea.button("Keep them").click()

    for reader in (cleo, bea):
        expect(reader.page.get_by_text("These files are deleted")).to_be_hidden()
        expect(reader.page.locator(".timeline li").first).to_contain_text("Bea kept the files")


def test_a_deletion_is_told_by_docket(desk: Desk, window: Opener) -> None:
    job = completed(desk)
    cleo = window("cleo", at(job))

    with later(days=8):
        files.delete_due()

    expect(listed(cleo).first).to_contain_text("essay.txt (deleted)")
    expect(cleo.page.get_by_role("link", name="essay.txt")).to_have_count(0)
    expect(cleo.page.locator(".timeline li").first).to_contain_text("Docket deleted the files")
    assert not cleo.was_reloaded
