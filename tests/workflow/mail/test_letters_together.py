"""Many letters: one call to the server for all of them, one question to a server that is away; and secret letters."""

from collections.abc import Callable

import pytest
from sqlalchemy import event

from models import database
from models.letter import Delivery
from models.process import Process
from tests.desk import Desk, later, on_sqlite, refused
from tests.mailbox import Mailbox, opened, post_to
from tests.workflow.mail.test_queue import down, mailbox, write
from tests.workflow.orders.strangers import asked, open_the_form
from tests.workflow.people.test_mailed_links import mailed
from workflow.mail import outcomes, queue, undelivered
from workflow.refusals import Forbidden

__all__ = ["down", "mailbox"]


def test_a_round_is_one_call(desk: Desk, mailbox: Mailbox) -> None:
    write(desk, 8)
    before = len(mailbox.calls)

    assert queue.send_due() == 8

    assert len(mailbox.calls) == before + 1


def test_a_refusal_is_of_one_letter(desk: Desk, mailbox: Mailbox) -> None:
    write(desk, 3)
    mailbox.answer = "451 Not now"

    assert queue.send_due() == 0

    assert [(letter.tries, letter.last_error) for letter in desk.letters()] == [(1, "451 Not now")] * 3


def test_a_server_that_is_away_is_asked_once(desk: Desk, down: None) -> None:
    write(desk, 50)
    turns: list[object] = []
    event.listen(desk.database.writer, "commit", turns.append)

    assert [queue.send_due(), queue.send_due()] == [0, 0]

    assert len(turns) == 2  # one claim, and one word for all
    assert {(letter.tries, letter.last_error, letter.claimed_by) for letter in desk.letters()} == {(0, None, None)}
    with later(minutes=1, seconds=1), opened() as box:
        post_to(desk, box.url())
        assert sum(iter(queue.send_due, 0)) == len(box.taken) == 50


def test_letters_of_another_process_are_left(desk: Desk, mailbox: Mailbox) -> None:
    write(desk, 2)
    with database.writing() as session:
        Process.is_seen(session, "another")
    desk.sql("UPDATE letters SET claimed_by = 'another' WHERE id = 2")

    assert queue.send_due() == 1
    assert [letter.tries for letter in desk.letters()] == [1, 0]


@pytest.mark.parametrize("write_secret", [mailed, asked], ids=["sign_in", "confirm_order"])
def test_a_secret_is_not_kept(desk: Desk, mailbox: Mailbox, write_secret: Callable[[Desk], str]) -> None:
    open_the_form(desk)
    secret = write_secret(desk)
    (waiting,) = desk.letters()
    assert secret not in undelivered.text(waiting)

    queue.send_due()

    (letter,) = desk.letters()
    assert secret in str(mailbox.taken[0])
    assert letter.body == undelivered.text(letter) == outcomes.UNSEEN


def test_all_that_were_given_up_go_again(desk: Desk, mailbox: Mailbox) -> None:
    write(desk, 3)
    desk.sql("UPDATE letters SET delivery = 'given_up', created_at = '2020-01-01 00:00:00+00:00' WHERE id > 1")
    with refused("Only an admin can send letters again.", Forbidden):
        undelivered.send_all_again(by=desk.who("bea"))

    assert undelivered.send_all_again(by=desk.who("ada")) == 2

    assert queue.send_due() == 3


@on_sqlite
def test_the_demo_sends_nothing_and_says_sent(desk: Desk) -> None:
    write(desk, 3)
    post_to(desk, "", demo=True)

    assert queue.send_due() == 3

    post_to(desk, "")
    assert {letter.delivery for letter in desk.letters()} == {Delivery.sent}
