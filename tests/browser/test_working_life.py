"""An order's whole working life, from the form to the receipt, with everybody at their own window and real mail."""

import threading
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

from api import access_tokens
from models import Job, database
from models.job import find
from models.preference import Channel
from tests.browser.conftest import Opener, agency_on, watched
from tests.browser.server import Server
from tests.browser.window import Window
from tests.databases import Copies
from tests.desk import Desk
from tests.mailbox import Mailbox, opened
from workflow.notifications import preferences
from workflow.orders import work_types
from workflow.orders.work_types import Offer

SECRET = "She always pays late"
TEXT = b"Ten quiet walks, each an hour long.\n"


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A real mail server."""
    with opened() as box:
        yield box


@pytest.fixture
def server(sqlite: Copies, tmp_path: Path, mailbox: Mailbox, request: pytest.FixtureRequest) -> Iterator[Server]:
    """A Docket of its own, which is told where its mail goes."""
    (tmp_path / ".env").write_text(f"DOCKET_SMTP_URL={mailbox.url()}\nDOCKET_MAIL_FROM=desk@example.com\n")
    with agency_on(sqlite, tmp_path) as server, watched(server, request.node):
        yield server


class Stream:
    """All that somebody's program hears from the event stream, until it was told that the order is completed."""

    def __init__(self, program: httpx.Client) -> None:
        self._heard, self._begun = "", threading.Event()
        self._thread = threading.Thread(target=self._listen, args=(program,))
        self._thread.start()
        assert self._begun.wait(10)

    def _listen(self, program: httpx.Client) -> None:
        with program.stream("GET", "/api/jobs/events/subscribe", timeout=60) as answer:
            for words in answer.iter_text():
                self._heard += words
                self._begun.set()
                if "The order has been completed" in self._heard:
                    return

    def heard(self) -> str:
        """Everything, once it is over."""
        self._thread.join(60)
        assert not self._thread.is_alive()
        return self._heard


@pytest.fixture
def program(desk: Desk, server: Server) -> Iterator[httpx.Client]:
    """Cleo's program."""
    token = {"Authorization": f"Bearer {access_tokens.issued(desk.who('cleo'))}"}
    with httpx.Client(base_url=server.url, trust_env=False, headers=token) as client:
        yield client


def place_the_order(desk: Desk, cleo: Window) -> Job:
    cleo.page.get_by_label("Title").fill("Ten quiet walks")
    cleo.page.get_by_label("Quantity").fill("1500")
    cleo.page.get_by_label("Who will read it?").fill("People with dogs")
    expect(cleo.page.locator("[data-price]")).to_have_text("Price: 180.00 EUR")
    bring(cleo, "map.txt", b"A map")
    expect(cleo.page.locator("[data-draft-file]")).to_contain_text("map.txt")
    cleo.button("Place the order").click()
    expect(cleo.page.get_by_role("heading", name="Ten quiet walks")).to_be_visible()
    number = cleo.page.url.rsplit("/", 1)[1].partition("?")[0]
    with database.reading() as session:
        job = find(session, desk.who("cleo"), display_id=number)
    assert job
    cleo.is_live()
    return job


def bring(window: Window, name: str, content: bytes) -> None:
    chosen = {"name": name, "mimeType": "text/plain", "buffer": content}
    window.page.locator(".bring input[type=file]").set_input_files(chosen)  # pyright: ignore[reportArgumentType]


def assign(bea: Window, job: Job) -> None:
    bea.action(job, "approve").click()
    bea.action(job, "assign").click()
    bea.dialog.get_by_role("button", name="Wren Walsh").click()
    bea.shows(job, "assigned")


def deliver(wren: Window, job: Job, name: str) -> None:
    bring(wren, name, TEXT + name.encode())
    expect(wren.page.locator("[data-file]").first).to_contain_text(name)
    wren.action(job, "deliver").click()
    wren.shows(job, "delivered")


def talk_within_the_team(wren: Window) -> None:
    wren.page.get_by_label("Write a comment").fill(SECRET)
    wren.button("To the team only").click()
    expect(wren.page.locator('[data-audience="team"]')).to_contain_text(SECRET)


def send_back(cleo: Window, job: Job) -> None:
    cleo.action(job, "request_revision").click()
    cleo.page.get_by_label("What should be changed?").fill("One more walk, please")
    cleo.page.locator("[data-confirm]").click()
    cleo.shows(job, "revision")


def record_the_payment(bea: Window) -> None:
    bea.button("Record a payment").click()
    bea.dialog.get_by_role("button", name="Record").click()
    expect(bea.page.locator(".ledger")).to_contain_text("paid")


def complete(cleo: Window, job: Job) -> None:
    cleo.action(job, "complete").click()
    cleo.dialog.locator("[data-confirm]").click()
    cleo.shows(job, "completed")


def letters_of(mailbox: Mailbox, window: Window, number: int) -> list[EmailMessage]:
    """So many letters, once they have come."""
    for _ in range(300):
        if len(mailbox.taken) >= number:
            break
        window.page.wait_for_timeout(100)
    assert len(mailbox.taken) == number
    return list(mailbox.taken)


def test_from_the_form_to_the_receipt(desk: Desk, window: Opener, mailbox: Mailbox, program: httpx.Client) -> None:
    article = Offer("Article", price=1200, per=100, usual_days=5, questions=("Who will read it?",))
    work_types.save(article, by=desk.who("ada"))
    desk.rules(paid_before_completion=True, file_before_delivery=True)
    for type_ in ("comment_added", "order_updated"):
        preferences.choose(type_, Channel.at_once, by=desk.who("cleo"))
    stream = Stream(program)

    cleo = window("cleo", "/new")
    job = place_the_order(desk, cleo)
    bea, wren = window("bea", f"/jobs/{job.display_id}"), window("wren")
    assign(bea, job)
    wren.shows(job, "assigned")
    wren.go(f"/jobs/{job.display_id}").action(job, "start").click()
    talk_within_the_team(wren)
    deliver(wren, job, "walks.txt")
    cleo.shows(job, "delivered")

    send_back(cleo, job)
    wren.action(job, "resume").click()
    wren.shows(job, "in_progress")
    deliver(wren, job, "walks, longer.txt")

    expect(cleo.action(job, "complete")).to_be_disabled()
    expect(cleo.order(job)).to_contain_text("The order is not paid yet. Bea (manager) can record a payment.")
    record_the_payment(bea)
    expect(cleo.action(job, "complete")).to_be_enabled()
    complete(cleo, job)

    no_word_of_it(cleo, program, stream.heard(), job)
    the_receipt_is_whole(cleo)
    the_letters_are_right(letters_of(mailbox, cleo, 6), job)
    assert desk.faults() == []
    assert not wren.was_reloaded


def no_word_of_it(cleo: Window, program: httpx.Client, heard: str, job: Job) -> None:
    """What the team said among itself came to the client by no page, no API and no stream."""
    for path in ("", "/comments", "/logs", "/files", "/payments", "/valid-actions"):
        answer = program.get(f"/api/jobs/{job.id}{path}")
        assert answer.is_success
        assert SECRET not in answer.text
    assert SECRET not in program.get("/api/notifications", params={"userId": job.client_id}).text
    assert "order_updated" in heard
    assert SECRET not in heard
    for path in ("/client", "/notifications", f"/jobs/{job.display_id}"):
        assert SECRET not in cleo.go(path).page.content()


def the_receipt_is_whole(cleo: Window) -> None:
    """The client opens the receipt, which names both texts and says that nothing has changed."""
    with cleo.page.expect_download() as download:
        cleo.page.get_by_role("link", name="Receipt").click()
        cleo.page.wait_for_url("**/receipts/*")
        cleo.page.get_by_role("link", name="PDF").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    expect(cleo.page.get_by_text("Unchanged since")).to_be_visible()
    expect(cleo.page.get_by_text("walks, longer.txt is byte for byte the file that was signed off.")).to_be_visible()
    expect(cleo.page.get_by_text("walks.txt")).to_have_count(0)  # it was sent back


def the_letters_are_right(letters: list[EmailMessage], job: Job) -> None:
    """Text and HTML, one Message-ID each, a way out of those that were chosen, and no word of the team's talk."""
    assert len({mail["Message-ID"] for mail in letters}) == len(letters)
    delivered = [mail for mail in letters if "is ready for you" in mail["Subject"]]
    assert len(delivered) == 2
    for mail in letters:
        assert mail.get_content_type() == "multipart/alternative"
        assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
        assert (mail["From"], mail["To"]) == ("Paper & Ink <desk@example.com>", "cleo@example.com")
        assert mail["Auto-Submitted"] == "auto-generated"
        assert job.display_id in mail["Subject"]
        assert all(SECRET not in part.get_content() for part in mail.iter_parts())
        assert (mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click") == (mail not in delivered)
