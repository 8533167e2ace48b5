"""Ways: everybody hears of what they chose, as they chose, and of a muted order nothing that disturbs."""

import pytest

from models import Job, Letter
from models.comment import Audience
from models.preference import Channel
from tests.desk import Desk, on_sqlite, refused
from workflow.notifications import preferences
from workflow.orders import comments, corrections
from workflow.refusals import InvalidField, NotFound

pytestmark = on_sqlite  # no database decides any of it


def choose(desk: Desk, name: str, channel: Channel, type_: str = "order_updated") -> None:
    """Have somebody choose how they hear of something."""
    preferences.choose(type_, channel, by=desk.who(name))


def mail_to(desk: Desk, name: str) -> list[Letter]:
    """The letters to somebody."""
    return [letter for letter in desk.letters() if letter.recipient == f"{name}@example.com"]


@pytest.fixture
def job(desk: Desk) -> Job:
    """Cleo's order, on which Wren works for Bea."""
    return desk.job("assigned")


def test_at_once_is_a_letter_with_the_news(desk: Desk, job: Job) -> None:
    choose(desk, "cleo", Channel.at_once)

    desk.make(job, "start", by="wren")

    (letter,) = mail_to(desk, "cleo")
    assert (letter.subject, letter.type) == (f"Order {job.display_id} Status Updated", "order_updated")
    assert 'Order "Research Paper": Work has started.' in letter.body
    assert letter.body.endswith(f"Open the order:\nhttp://localhost:8080/jobs/{job.display_id}\n")
    assert desk.news_of("cleo") == ['Order "Research Paper": Work has started']


def test_a_delivery_is_told_in_one_letter(desk: Desk, job: Job) -> None:
    choose(desk, "cleo", Channel.at_once)
    desk.make(job, "start", by="wren")

    desk.make(job, "deliver", by="wren")

    assert [letter.type for letter in mail_to(desk, "cleo")] == ["order_updated", "delivered"]


@pytest.mark.parametrize("channel", Channel)
def test_the_delivery_letter_always_goes(desk: Desk, job: Job, channel: Channel) -> None:
    choose(desk, "cleo", channel)
    preferences.mute(job.key, by=desk.who("cleo"))
    desk.make(job, "start", by="wren")

    desk.make(job, "deliver", by="wren")

    assert [letter.type for letter in mail_to(desk, "cleo")] == ["delivered"]


def test_what_is_off_is_kept_and_disturbs_nobody(desk: Desk, job: Job) -> None:
    choose(desk, "cleo", Channel.off)

    desk.make(job, "start", by="wren")

    assert desk.news_of("cleo") == mail_to(desk, "cleo") == []
    assert desk.notifications("cleo")[-1].message == 'Order "Research Paper": Work has started'
    assert desk.news_of("bea") == ['Order "Research Paper": Work has started']


def test_ones_own_doings_are_no_mail(desk: Desk, job: Job) -> None:
    choose(desk, "wren", Channel.at_once)
    choose(desk, "bea", Channel.digest)

    desk.make(job, "start", by="wren")

    assert mail_to(desk, "wren") == []
    assert not desk.notifications("wren")[-1].in_digest
    assert desk.notifications("bea")[-1].in_digest


def test_a_muted_order_is_quiet_until_it_is_heard_again(desk: Desk, job: Job) -> None:
    other, third = desk.job("assigned", title="Other"), desk.job("assigned", title="Third")
    for each in (job, third):
        preferences.mute(each.key, by=desk.who("cleo"))
    for each in (job, other):
        desk.make(each, "start", by="wren")
    assert desk.news_of("cleo") == ['Order "Other": Work has started']

    preferences.unmute(job.key, by=desk.who("cleo"))
    desk.make(third, "start", by="wren")
    desk.make(job, "deliver", by="wren")

    assert len(desk.news_of("cleo")) == 2


def test_a_letter_belongs_to_its_order_unless_it_is_theirs_no_more(desk: Desk, job: Job) -> None:
    for name in ("wren", "wolf"):
        choose(desk, name, Channel.at_once)

    corrections.reassign(job.key, desk.who("wolf").key, by=desk.who("bea"))

    assert [letter.job_id for name in ("wren", "wolf") for letter in mail_to(desk, name)] == [None, job.id]


def test_the_teams_talk_comes_to_no_client_by_mail(desk: Desk, job: Job) -> None:
    for name in ("cleo", "bea"):
        choose(desk, name, Channel.at_once, "comment_added")

    comments.say(job.key, "@Cleo pays late", by=desk.who("wren"), audience=Audience.team)

    assert mail_to(desk, "cleo") == []
    assert "Wren wrote: read it on the order’s page" in mail_to(desk, "bea")[0].body


@pytest.mark.parametrize("name, type_", [("cleo", "deadline_near"), ("wren", "payment_recorded"), ("bea", "songs")])
def test_nobody_chooses_what_they_never_hear(desk: Desk, name: str, type_: str) -> None:
    with refused("There is no such type of news.", InvalidField):
        choose(desk, name, Channel.at_once, type_)


def test_nobody_mutes_what_they_do_not_see(desk: Desk, job: Job) -> None:
    with pytest.raises(NotFound):
        preferences.mute(job.key, by=desk.who("carl"))
    preferences.set_digest_hour(23, by=desk.who("cleo"))
    with refused("The hour is between 0 and 23.", InvalidField):
        preferences.set_digest_hour(24, by=desk.who("cleo"))
