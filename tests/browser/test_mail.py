"""The page of the mail: what waits and what was given up, for admins alone; and a letter that leaves by itself."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from models.letter import Delivery
from tests.browser.conftest import Opener, agency_on, watched
from tests.browser.server import Server
from tests.databases import Copies
from tests.desk import Desk
from tests.mailbox import Mailbox, opened


def test_an_admin_sends_a_letter_again(desk: Desk, window: Opener) -> None:
    desk.job("delivered", title="Tea <b>")
    failed = "delivery = 'given_up', tries = 21, last_error = 'No such user'"
    desk.sql("UPDATE letters SET delivery = 'sent'", f"UPDATE letters SET {failed} WHERE id = {desk.letters()[-1].id}")
    ada = window("ada", "/admin/mail")
    letter = ada.page.locator("[data-letter]").first
    expect(ada.page.get_by_text("No mail server is set, so letters wait here.")).to_be_visible()
    expect(letter).to_contain_text("Tea <b> is ready for you")
    letter.locator(".q-item").click()
    expect(letter).to_contain_text("After 21 tries: No such user")

    ada.button("Send again").click()

    expect(ada.toast("It goes out with the next round.")).to_be_visible()
    expect(ada.page.locator('[data-letter="waiting"]')).to_have_count(1)
    expect(ada.button("Send again")).to_have_count(0)
    expect(ada.tile("Given up")).to_have_text("0")
    assert desk.letters()[-1].delivery is Delivery.waiting


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
        job = desk.job("in_progress")

        window("wren").action(job, "deliver").click()

        give_up = time.monotonic() + 30
        while not desk.letters() or desk.letters()[0].delivery is not Delivery.sent:
            assert time.monotonic() < give_up
            time.sleep(0.1)
        (mail,) = mailbox.taken
        assert (mail["From"], mail["To"]) == ("Paper & Ink <desk@example.com>", "cleo@example.com")
        assert job.display_id in mail["Subject"]
