"""The page of the mail: what waits and what was given up, for admins alone; and a letter that leaves by itself."""

import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

from models import clock, database
from models.letter import Delivery
from models.outage import PAUSE, Outage
from tests.browser.conftest import Opener, agency_on, watched
from tests.browser.server import Server
from tests.databases import Copies
from tests.desk import Desk
from tests.mailbox import Mailbox, opened


def test_an_admin_sends_a_letter_again(desk: Desk, window: Opener) -> None:
    desk.job("delivered", title="Tea <b>")
    failed = "delivery = 'given_up', tries = 21, last_error = 'No such user', cause = 'address'"
    desk.sql("UPDATE letters SET delivery = 'sent'", f"UPDATE letters SET {failed} WHERE id = {desk.letters()[-1].id}")
    ada = window("ada", "/admin/mail")
    letter = ada.page.locator("[data-letter]").first
    expect(ada.page.get_by_text("No mail server is set, so letters wait here.")).to_be_visible()
    expect(letter).to_contain_text("Tea <b> is ready for you")
    letter.locator(".q-item").click()
    expect(letter).to_contain_text("After 21 tries: No such user")
    expect(letter).to_contain_text("Nobody has this address there: correct it on the page People")

    ada.button("Send again").click()

    expect(ada.toast("It goes out with the next round.")).to_be_visible()
    expect(ada.page.locator('[data-letter="waiting"]')).to_have_count(1)
    expect(ada.button("Send again")).to_have_count(0)
    expect(ada.tile("Given up")).to_have_text("0")
    assert desk.letters()[-1].delivery is Delivery.waiting


def test_letters_are_found_and_seen_as_they_change(desk: Desk, window: Opener) -> None:
    for title in ("Tea", "Coffee"):
        desk.job("delivered", title=title)
    last = desk.letters()[-1].id
    ada = window("ada", "/admin/mail")
    search = ada.page.get_by_label("Search address or subject")
    search.fill("COFFEE")
    expect(ada.page.locator("[data-letter]", has_text="Tea")).to_have_count(0)

    error = "tries = 3, last_error = 'Away', next_try_at = '2100-01-01 00:00:00+00:00'"
    desk.sql(f"UPDATE letters SET {error} WHERE id = {last}")

    letter = ada.page.locator("[data-letter]").first
    expect(letter).to_contain_text("After 3 tries: Away")
    expect(letter).to_contain_text("Waiting, next try Fri, 1 Jan 2100")
    expect(search).to_be_focused()
    letter.get_by_role("button", name="Send again").click()
    expect(ada.toast("It goes out with the next round.")).to_be_visible()


def test_all_that_were_given_up_at_once(desk: Desk, window: Opener) -> None:
    for _ in range(2):
        desk.job("delivered")
    desk.sql("UPDATE letters SET delivery = 'given_up'")
    ada = window("ada", "/admin/mail")

    ada.button("Send all given up again").click()

    expect(ada.tile("Given up")).to_have_text("0")
    assert {letter.delivery for letter in desk.letters()} == {Delivery.waiting}


def test_a_secret_letter_is_not_shown(desk: Desk, window: Opener) -> None:
    desk.job("delivered")
    desk.sql("UPDATE letters SET type = 'sign_in', body = 'Open /enter/s3cr3t'")
    ada = window("ada", "/admin/mail")

    ada.page.locator("[data-letter] .q-item").first.click()

    expect(ada.page.get_by_text("The text of this letter is for its recipient alone.").first).to_be_visible()
    assert "s3cr3t" not in ada.page.content()


def test_there_is_no_outbox_outside_the_demo(desk: Desk, server: Server) -> None:
    job = desk.job("delivered")
    desk.sql("UPDATE letters SET delivery = 'sent'")

    for path in ("/outbox", f"/outbox/{desk.letters()[-1].id}"):
        answer = httpx.get(server.url + path, trust_env=False)
        assert (answer.status_code, job.display_id in answer.text) == (404, False)


@pytest.mark.parametrize("name, home", [("cleo", "/client"), ("wren", "/writer"), ("bea", "/manager")])
def test_the_mail_is_the_admins(desk: Desk, window: Opener, name: str, home: str) -> None:
    window(name, "/admin/mail").is_at(home)


class TestThereIsAMailServer:
    """This story has a Docket of its own, which is told where its mail goes."""

    @pytest.fixture
    def mailbox(self) -> Iterator[Mailbox]:
        with opened() as box:
            yield box

    @pytest.fixture
    def server(
        self, sqlite: Copies, tmp_path: Path, mailbox: Mailbox, request: pytest.FixtureRequest
    ) -> Iterator[Server]:
        (tmp_path / ".env").write_text(f"DOCKET_SMTP_URL={mailbox.url()}\nDOCKET_MAIL_FROM=desk@example.com\n")
        with agency_on(sqlite, tmp_path) as server, watched(server, request.node):
            yield server

    def test_a_letter_leaves_by_itself(self, desk: Desk, window: Opener, mailbox: Mailbox) -> None:
        job = desk.put(desk.job("in_progress"), final_file_at=clock.now())
        with database.writing() as session:
            session.add(Outage(cause="away", error="Refused", ask_at=clock.now() + PAUSE))
        stuck = window("ada", "/admin/mail").page.get_by_text("The mail server takes no letter since")
        expect(stuck).to_contain_text("Refused. Nobody answers at DOCKET_SMTP_URL")

        desk.sql("UPDATE mail_outages SET ask_at = '2020-01-01 00:00:00+00:00'")
        window("wren").action(job, "deliver").click()

        give_up = time.monotonic() + 30
        while not desk.letters() or desk.letters()[0].delivery is not Delivery.sent:
            assert time.monotonic() < give_up
            time.sleep(0.1)
        (mail,) = mailbox.taken
        assert (mail["From"], mail["To"]) == ("Paper & Ink <desk@example.com>", "cleo@example.com")
        assert job.display_id in mail["Subject"]
        expect(stuck).to_be_hidden()
