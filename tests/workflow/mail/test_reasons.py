"""Reasons: a letter that waited is asked once more whether it should go, and says why when it does not."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from models import Job, Letter
from models.letter import Delivery
from models.preference import Channel
from tests.desk import Desk, later, on_sqlite
from tests.mailbox import Mailbox, post_to
from tests.workflow.mail.test_queue import mailbox
from tests.workflow.orders.strangers import asked, open_the_form
from tests.workflow.people.test_mailed_links import mailed
from workflow.mail import outcomes, queue, reasons, undelivered
from workflow.notifications import digests, preferences
from workflow.orders import auto_completion, comments, corrections, holds, public_orders
from workflow.people import administration, mailed_links, new_passwords, profiles, sign_ins

pytestmark = on_sqlite  # no database decides any of it

__all__ = ["mailbox"]

CLEO = "cleo@example.com"


def last(desk: Desk) -> Letter:
    """The newest letter."""
    return desk.letters()[-1]


def dropped(desk: Desk, mailbox: Mailbox) -> str | None:
    """Send what is due, of which the newest letter must be dropped, untried; returns why."""
    queue.send_due()
    letter = last(desk)
    assert letter.message_id not in [mail["Message-ID"] for mail in mailbox.taken]
    assert (letter.delivery, letter.tries, letter.sent_at) == (Delivery.dropped, 0, None)
    return letter.last_error


def news_by_mail(desk: Desk, name: str = "cleo") -> Job:
    """An order of which somebody hears at once by a letter, which waits."""
    job = desk.job("assigned")
    preferences.choose("order_updated", Channel.at_once, by=desk.who(name))
    desk.make(job, "start", by="wren" if name != "wren" else "bea")
    assert last(desk).type == "order_updated"
    return job


def test_not_to_a_closed_account(desk: Desk, mailbox: Mailbox) -> None:
    desk.job("delivered")
    administration.change(desk.who("cleo").key, {"active": False}, by=desk.who("ada"))

    assert dropped(desk, mailbox) == reasons.CLOSED

    administration.change(desk.who("cleo").key, {"active": True}, by=desk.who("ada"))
    undelivered.send_again(last(desk).key, by=desk.who("ada"))
    assert queue.send_due() == 1
    assert (last(desk).delivery, last(desk).last_error) == (Delivery.sent, None)


def test_not_to_an_address_that_is_made_up(desk: Desk, mailbox: Mailbox) -> None:
    desk.job("delivered")
    desk.sql("UPDATE letters SET recipient = 'cleo@samples.invalid'")

    assert dropped(desk, mailbox) == reasons.MADE_UP


def use(desk: Desk, key: str) -> None:
    mailed_links.use(key)


def change_password(desk: Desk, _key: str) -> None:
    new_passwords.change_password(sign_ins.sign_in(desk.who("cleo")), "docket-demo", "another-password")


def sign_out_elsewhere(desk: Desk, _key: str) -> None:
    profiles.end_other_sign_ins(sign_ins.sign_in(desk.who("cleo")))


def set_password(desk: Desk, _key: str) -> None:
    administration.set_password(desk.who("cleo").key, "another-password", by=desk.who("ada"))


@pytest.mark.parametrize("ends", [use, change_password, sign_out_elsewhere, set_password])
def test_not_with_a_link_that_is_dead(desk: Desk, mailbox: Mailbox, ends: Callable[[Desk, str], None]) -> None:
    ends(desk, mailed(desk))

    assert dropped(desk, mailbox) == reasons.DEAD
    assert last(desk).body == outcomes.UNSEEN


def test_not_with_a_link_whose_time_is_over(desk: Desk, mailbox: Mailbox) -> None:
    mailed(desk)

    with later(minutes=16):
        assert dropped(desk, mailbox) == reasons.DEAD


def test_a_link_goes_while_it_is_good(desk: Desk, mailbox: Mailbox) -> None:
    key = mailed(desk)

    assert queue.send_due() == 1

    assert key in str(mailbox.taken[0])


def test_what_waits_goes_to_the_right_address(desk: Desk, mailbox: Mailbox) -> None:
    desk.job("delivered")
    mailed(desk)

    administration.change(desk.who("cleo").key, {"email": "cleo.clark@example.com"}, by=desk.who("ada"))

    assert dropped(desk, mailbox) == reasons.MOVED
    assert mailbox.recipients == ["cleo.clark@example.com"]


@dataclass
class Form:
    """What becomes of an order that a stranger has yet to confirm."""

    ends: Callable[[Desk, str], Any]
    reason: str
    hours: int = 0


FORMS = {
    "confirmed": Form(lambda _, key: public_orders.confirm(key), reasons.ORDERED),
    "expired": Form(lambda *_: None, reasons.DEAD, 49),
    "forgotten": Form(lambda desk, _: desk.sql("DELETE FROM order_requests"), reasons.DEAD),
    "closed": Form(lambda desk, _: desk.rules(), reasons.NOT_TAKEN),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_not_for_an_order_that_cannot_be_confirmed(desk: Desk, mailbox: Mailbox, form: Form) -> None:
    open_the_form(desk)
    form.ends(desk, asked(desk))

    with later(hours=form.hours):
        assert dropped(desk, mailbox) == form.reason


def test_not_of_an_order_that_is_theirs_no_more(desk: Desk, mailbox: Mailbox) -> None:
    job = news_by_mail(desk, "wren")
    before = last(desk)

    corrections.reassign(job.key, desk.who("wolf").key, by=desk.who("bea"))

    assert queue.send_due() == 1
    of_the_start, of_the_change = desk.letters()
    assert (of_the_start.id, of_the_start.last_error) == (before.id, reasons.NOT_THEIRS)
    assert "Wolf has taken over the work" in str(mailbox.taken[0])
    assert of_the_change.delivery is Delivery.sent


@pytest.mark.parametrize("channel", [Channel.in_app, Channel.digest, Channel.off])
def test_not_what_nobody_wants_any_more(desk: Desk, mailbox: Mailbox, channel: Channel) -> None:
    news_by_mail(desk)
    preferences.choose("order_updated", channel, by=desk.who("cleo"))

    assert dropped(desk, mailbox) == reasons.NOT_WANTED


def test_not_of_a_muted_order(desk: Desk, mailbox: Mailbox) -> None:
    preferences.mute(news_by_mail(desk).key, by=desk.who("cleo"))

    assert dropped(desk, mailbox) == reasons.MUTED


def test_no_digest_when_none_is_chosen(desk: Desk, mailbox: Mailbox) -> None:
    preferences.choose("comment_added", Channel.digest, by=desk.who("cleo"))
    preferences.set_digest_hour(0, by=desk.who("cleo"))
    comments.say(desk.job("in_progress").key, "Hello", by=desk.who("wren"))
    digests.send_due()
    assert last(desk).type == "digest"
    preferences.choose("comment_added", Channel.in_app, by=desk.who("cleo"))

    assert dropped(desk, mailbox) == reasons.NOT_WANTED


STIRS: dict[str, Callable[[Desk, Job], Any]] = {
    "completed": lambda desk, job: desk.make(job, "complete", by="cleo"),
    "revised": lambda desk, job: desk.make(job, "request_revision", by="cleo"),
    "held": lambda desk, job: holds.put_on_hold(job.key, "Wait", by=desk.who("bea")),
    "talked of": lambda desk, job: comments.say(job.key, "One moment", by=desk.who("cleo")),
}


@pytest.mark.parametrize("stir", STIRS.values(), ids=STIRS)
def test_no_warning_of_what_will_not_come(desk: Desk, mailbox: Mailbox, stir: Callable[[Desk, Job], Any]) -> None:
    desk.rules(auto_complete_days=2)
    job = desk.job("delivered")
    queue.send_due()
    with later(days=1, hours=1):
        auto_completion.take_steps()
    assert last(desk).type == "completion_near"
    with later(days=1, hours=2):
        stir(desk, job)
        assert dropped(desk, mailbox) == reasons.PAST


def test_the_delivery_is_always_told(desk: Desk, mailbox: Mailbox) -> None:
    job = desk.job("in_progress")
    preferences.choose("order_updated", Channel.off, by=desk.who("cleo"))
    preferences.mute(job.key, by=desk.who("cleo"))
    desk.make(job, "deliver", by="wren")

    assert queue.send_due() == 1

    assert mailbox.recipients == [CLEO]


def test_the_demo_shows_no_letter_without_reason(desk: Desk) -> None:
    desk.job("delivered", client="carl")
    desk.job("delivered")
    administration.change(desk.who("cleo").key, {"active": False}, by=desk.who("ada"))
    post_to(desk, "", demo=True)

    assert queue.send_due() == 1

    post_to(desk, "")
    assert [letter.delivery for letter in desk.letters()] == [Delivery.sent, Delivery.dropped]
