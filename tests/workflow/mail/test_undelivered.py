"""Letters that did not arrive: who may send them again, and what the page shows of them first."""

from models import Letter, database
from models.letter import Delivery
from tests.desk import Desk, on_sqlite, refused
from tests.mailbox import Mailbox
from tests.workflow.mail.test_queue import ids, mailbox, write
from workflow.mail import queue, undelivered
from workflow.refusals import Forbidden, InvalidField

__all__ = ["mailbox"]


def test_only_admins_send_again(desk: Desk, mailbox: Mailbox) -> None:
    write(desk)
    desk.sql("UPDATE letters SET delivery = 'given_up', created_at = '2020-01-01 00:00:00+00:00', tries = 21")
    (letter,) = desk.letters()
    for name in ("cleo", "wren", "bea"):
        with refused("Only an admin can send letters again.", Forbidden):
            undelivered.send_again(letter.id or 0, by=desk.who(name))
    assert queue.send_due() == 0

    undelivered.send_again(letter.id or 0, by=desk.who("ada"))

    assert queue.send_due() == 1
    assert ids(mailbox) == [letter.message_id]


def test_sent_again_it_has_three_more_days(desk: Desk, mailbox: Mailbox) -> None:
    write(desk)
    mailbox.answer = "451 Come back later"
    desk.sql("UPDATE letters SET tries = 20")
    queue.send_due()
    assert desk.letters()[0].delivery is Delivery.given_up

    undelivered.send_again(desk.letters()[0].key, by=desk.who("ada"))
    queue.send_due()

    assert (desk.letters()[0].delivery, desk.letters()[0].tries) == (Delivery.waiting, 1)


@on_sqlite
def test_what_was_sent_stays_sent(desk: Desk, mailbox: Mailbox) -> None:
    write(desk)
    queue.send_due()

    for letter_id in (desk.letters()[0].id or 0, 4711):
        with refused("There is no such letter to send again.", InvalidField):
            undelivered.send_again(letter_id, by=desk.who("ada"))


@on_sqlite
def test_those_given_up_are_shown_first(desk: Desk) -> None:
    write(desk, 5)
    desk.sql(
        "UPDATE letters SET delivery = 'given_up' WHERE id = 2", "UPDATE letters SET delivery = 'sent' WHERE id = 1"
    )

    with database.reading() as session:
        assert [letter.id for letter in Letter.found(session, 4)] == [2, 5, 4, 3]
        assert Letter.counts(session) == {
            Delivery.waiting: 3,
            Delivery.sent: 1,
            Delivery.given_up: 1,
            Delivery.dropped: 0,
        }
