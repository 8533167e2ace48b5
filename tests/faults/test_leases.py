"""Leases: a process that is stopped or killed keeps no letter waiting, and two that race do everything once."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import pytest

from tests.browser.server import Server
from tests.desk import Desk, later, on_sqlite
from tests.faults import times
from tests.mailbox import Mailbox, opened, post_to
from tests.workflow.mail.test_queue import ids, write
from workflow.mail import queue

LETTERS = 47
ROOT = Path(__file__).parents[2]


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """The mail server of both processes."""
    with opened() as box:
        yield box


@on_sqlite
@pytest.mark.parametrize("is_killed, seconds", [(False, 0), (True, 31)], ids=["stopped", "killed"])
def test_no_letter_waits_for_who_is_gone(desk: Desk, mailbox: Mailbox, is_killed: bool, seconds: float) -> None:
    server = Server(desk.folder, desk.url, DATA_DIR=str(desk.folder), SMTP_URL=mailbox.url())
    for _ in range(times(1, 20)):
        mailbox.taken.clear()
        write(desk, LETTERS)
        with halfway(mailbox) as reached:
            server.start()
            assert reached.wait(60)
            server.stop(at_once=is_killed)

        send_all(desk, mailbox, seconds)

        assert None not in {letter.sent_at for letter in desk.letters()}
        assert (len(set(ids(mailbox))), len(mailbox.taken)) == (LETTERS, LETTERS + 1)


@contextmanager
def halfway(mailbox: Mailbox) -> Iterator[Event]:
    """Within this block, it does not answer any more once it has taken half of the letters."""
    reached, over = Event(), Event()

    def hang() -> None:
        if len(mailbox.taken) == LETTERS // 2:
            reached.set()
            over.wait(60)

    mailbox.meanwhile = hang
    yield reached
    mailbox.meanwhile = lambda: None
    over.set()


def send_all(desk: Desk, mailbox: Mailbox, seconds: float) -> None:
    """What another process would do in so many seconds."""
    post_to(desk, mailbox.url())
    with later(seconds=seconds):
        while queue.send_due():
            pass
    post_to(desk, "")
