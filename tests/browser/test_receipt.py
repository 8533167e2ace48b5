"""The receipt in the browser: from the completion to the page that anybody with the link can check."""

import hashlib

import httpx
from playwright.sync_api import expect

from models import Job
from models.file import File
from tests.api.test_receipts import words_in
from tests.browser.conftest import Opener
from tests.browser.server import Server
from tests.browser.usable import PHONE, usable
from tests.browser.window import Window
from tests.desk import Desk
from tests.workflow.history.test_receipts import given, signed_off
from tests.workflow.orders.test_files import bring
from workflow.storage import disk

ESSAY = b"To be or not to be. " * 1000


def verdict(window: Window, unchanged: str) -> None:
    """Expect the page to say so."""
    expect(window.page.locator(".verdict")).to_have_attribute("data-unchanged", unchanged)


def at(job: Job) -> str:
    return f"/receipts/{given(job).code}"


def drop(window: Window, content: bytes) -> None:
    """Bring a file to compare."""
    chosen = {"name": "mine.txt", "mimeType": "text/plain", "buffer": content}
    window.page.locator(".q-uploader input[type=file]").set_input_files(chosen)  # pyright: ignore[reportArgumentType]


def test_from_the_completion_to_the_proof(desk: Desk, window: Opener) -> None:
    job = desk.job("in_progress")
    bring(desk, job, "final", content=ESSAY)
    desk.make(job, "deliver", by="wren")
    cleo, wren = (window(name, f"/jobs/{job.display_id}") for name in ("cleo", "wren"))
    link = cleo.page.get_by_role("link", name="Receipt")
    expect(link).to_be_hidden()

    cleo.action(job, "complete").click()
    cleo.dialog.locator("[data-confirm]").click()
    link.click()

    cleo.is_at(at(job))
    verdict(cleo, "yes")
    expect(cleo.page.get_by_text("Unchanged since")).to_contain_text("UTC")
    hashed = hashlib.sha256(ESSAY).hexdigest()
    expect(cleo.page.get_by_text(hashed)).to_be_visible()
    with cleo.page.expect_download() as download:
        cleo.page.get_by_role("link", name="Download as PDF").click()
    assert download.value.suggested_filename == f"receipt-{job.display_id}.pdf"
    words = words_in(download.value.path().read_bytes())
    assert all(each in words for each in (job.display_id, hashed[:32], hashed[32:]))
    expect(wren.page.locator(".badge")).to_have_attribute("data-status", "completed")
    expect(wren.page.get_by_role("link", name="Receipt")).to_be_hidden()


def test_the_card_leads_to_the_receipt(desk: Desk, window: Opener) -> None:
    earlier, job = desk.job("completed"), desk.job("delivered")
    by_staff = signed_off(desk, by="bea")
    cleo = window("cleo", "/client")
    cleo.button("Done").click()
    links = cleo.section("Done").get_by_role("link", name="Receipt")
    expect(links).to_have_count(1)

    desk.make(job, "complete", by="cleo")

    expect(links).to_have_count(2)
    expect(cleo.order(by_staff).get_by_role("link", name="Receipt")).to_be_hidden()
    cleo.order(job).get_by_role("link", name="Receipt").click()
    cleo.is_at(at(job))
    assert at(earlier) != at(job)


def test_a_file_is_compared_by_whoever_has_the_link(desk: Desk, window: Opener) -> None:
    job = signed_off(desk, "final")
    anybody = window("", at(job))
    verdict(anybody, "yes")

    drop(anybody, b"final")
    expect(anybody.page.get_by_text("This is essay.txt, exactly as signed off.")).to_be_visible()

    for other in (b"fina!", b"a longer one"):
        drop(anybody, other)
        expect(anybody.page.get_by_text("This file is none of those signed off.")).to_be_visible()
    assert len(list(disk.folder().glob("*"))) >= 3


def test_what_was_changed_is_named(desk: Desk, window: Opener) -> None:
    job = signed_off(desk, "final")
    with desk.database.writing() as session:
        final = next(file for file in File.of(session, job, desk.who("cleo")) if file.kind == "final")
    (disk.folder() / final.stored_as).write_bytes(b"other")

    anybody = window("", at(job))

    verdict(anybody, "no")
    expect(anybody.page.locator("[data-fits=no]")).to_have_text("essay.txt: its content was changed.")

    desk.sql(f"UPDATE receipts SET content = '{{}}' WHERE job_id = {job.id}")
    verdict(anybody.go(at(job)), "no")
    expect(anybody.page.get_by_text("The words of the receipt were changed")).to_be_visible()


def test_it_fits_a_phone(desk: Desk, window: Opener) -> None:
    anybody = window("", at(signed_off(desk, "final")), viewport=PHONE)

    verdict(anybody, "yes")
    usable(anybody)


def test_a_guess_finds_a_friendly_page(server: Server, desk: Desk) -> None:
    job = signed_off(desk)

    with httpx.Client(base_url=server.url, trust_env=False) as anybody:
        guess, page = anybody.get("/receipts/guess"), anybody.get(at(job))

    assert (guess.status_code, "There is no such receipt." in guess.text) == (404, True)
    assert page.headers["cache-control"] == "no-store"
    assert 'name="referrer" content="no-referrer"' in page.text
    assert 'name="robots" content="noindex' in page.text
