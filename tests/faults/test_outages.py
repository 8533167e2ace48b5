"""Outages: a server that is away is asked once a minute, and no letter pays for it."""

from datetime import timedelta

import pytest

from models import clock, database
from models.letter import Delivery, Letter
from models.outage import Outage
from tests.desk import Desk, later
from tests.mailbox import Mailbox, nobody, opened, post_to, silence
from tests.workflow.mail.test_queue import mailbox, write
from workflow.mail import causes, message, queue, rounds

__all__ = ["mailbox"]


def outage() -> Outage | None:
    """The present one."""
    with database.reading() as session:
        return Outage.present(session)


def state(desk: Desk) -> list[tuple[str, int]]:
    """How far each letter has come, and how often it was refused."""
    return [(letter.delivery, letter.tries) for letter in desk.letters()]


def test_a_letter_that_waited_for_a_month_goes_out(desk: Desk) -> None:
    write(desk, 15)

    with later(days=30):
        with nobody() as url:
            post_to(desk, url)
            assert queue.send_due() == 0
        assert state(desk) == [(Delivery.waiting, 0)] * 15
        with later(minutes=1), opened() as box:
            post_to(desk, box.url())
            assert queue.send_due() == 15


def test_it_is_asked_once_a_minute(desk: Desk, mailbox: Mailbox) -> None:
    write(desk)
    mailbox.answer = "421 Closing"
    asked = len(mailbox.calls)

    for second in range(0, 180, 10):
        with later(seconds=second):
            queue.send_due()

    assert len(mailbox.calls) - asked == 3
    assert state(desk) == [(Delivery.waiting, 0)]


def test_when_it_answers_everything_is_due(desk: Desk, mailbox: Mailbox) -> None:
    write(desk, 2)
    with database.writing() as session:
        second = session.get_one(Letter, 2)
        second.tries, second.next_try_at = 15, clock.now() + timedelta(hours=6)
        session.add(Outage(cause="away", error="Away", ask_at=clock.now() - timedelta(seconds=1)))

    assert [queue.send_due(), queue.send_due()] == [1, 1]

    assert outage() is None


def test_a_clock_set_back_does_not_keep_it_waiting(desk: Desk, mailbox: Mailbox) -> None:
    write(desk)
    with database.writing() as session:
        session.add(Outage(cause="away", error="Away", ask_at=clock.now() + timedelta(hours=1)))

    assert queue.send_due() == 1


@pytest.mark.parametrize(
    "answer, cause", [("421 Closing", "closed"), ("530 Sign in first", "shut"), ("535 Wrong password", "shut")]
)
def test_what_concerns_all_is_the_servers(desk: Desk, mailbox: Mailbox, answer: str, cause: str) -> None:
    write(desk, 3)
    mailbox.answer = answer

    assert queue.send_due() == 0

    found = outage()
    assert found
    assert (found.cause, found.error) == (cause, answer)
    assert causes.advice(cause)
    assert state(desk) == [(Delivery.waiting, 0)] * 3


def test_a_letter_without_an_answer_holds_only_itself(
    desk: Desk, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It gets its answer only when all others have theirs."""
    monkeypatch.setattr(rounds, "SLOW", 0.1)
    mailbox.hangs_for = "carl@example.com"
    mailbox.meanwhile = lambda: setattr(mailbox, "hangs_for", "") if len(mailbox.taken) == 30 else None
    write(desk, to="carl@example.com")
    write(desk, 30)

    assert queue.send_due() == 31

    assert mailbox.recipients.index("carl@example.com") == 30


def test_who_is_to_blame_is_told_by_the_next(desk: Desk, mailbox: Mailbox) -> None:
    mailbox.cuts_off = "carl@example.com"
    write(desk, to="carl@example.com")
    assert (queue.send_due(), state(desk), outage() is None) == (0, [(Delivery.waiting, 0)], False)
    write(desk, 2)

    with later(minutes=1):
        assert queue.send_due() == 2

    assert state(desk) == [(Delivery.waiting, 1)] + [(Delivery.sent, 1)] * 2
    assert outage() is None


def test_a_server_that_hangs_is_away(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(message, "PATIENCE", 0.2)
    write(desk, 3)

    with silence() as url:
        post_to(desk, url)
        assert [queue.send_due(), queue.send_due()] == [0, 0]

    post_to(desk, "")
    assert state(desk) == [(Delivery.waiting, 0)] * 3
    assert outage()


def test_one_that_hangs_at_every_letter_too(desk: Desk, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(message, "PATIENCE", 0.2)
    mailbox.hangs_for = "cleo@example.com"
    write(desk, 10)
    before = len(mailbox.calls)

    assert queue.send_due() == 0

    found = outage()
    assert found
    assert (found.cause, len(mailbox.calls) - before) == ("silent", rounds.LINES)
    assert state(desk) == [(Delivery.waiting, 0)] * 10
