"""Digests: once a day, at one's own hour, whatever the clocks do that night."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from models import Letter, clock, database
from models.preference import Channel
from tests.desk import Desk, later, on_sqlite
from workflow import budgets
from workflow.mail import reasons
from workflow.notifications import digests, inbox, preferences
from workflow.orders import comments, corrections

NIGHTS = {
    "an hour is left out": ("Europe/Berlin", datetime(2027, 3, 28, tzinfo=UTC)),
    "an hour comes twice": ("Europe/Berlin", datetime(2026, 10, 25, tzinfo=UTC)),
    "half an hour comes twice": ("Australia/Lord_Howe", datetime(2027, 4, 3, 12, tzinfo=UTC)),
    "the year ends": ("America/New_York", datetime(2026, 12, 31, 22, tzinfo=UTC)),
}


def settle(desk: Desk, name: str, zone: str, hour: int) -> None:
    """Have somebody live there, and read comments in the digest of that hour."""
    desk.sql(f"UPDATE users SET time_zone = '{zone}' WHERE email = '{name}@example.com'")
    preferences.set_digest_hour(hour, by=desk.who(name))
    preferences.choose("comment_added", Channel.digest, by=desk.who(name))


def digests_of(desk: Desk) -> list[Letter]:
    """All digests that were written."""
    return [letter for letter in desk.letters() if letter.type == "digest"]


@pytest.mark.parametrize("zone, begin", NIGHTS.values(), ids=NIGHTS)
def test_once_a_day_whatever_the_night(desk: Desk, zone: str, begin: datetime) -> None:
    settle(desk, "cleo", zone, 2)
    jobs = {quarter: desk.job("in_progress", title=f"Word {quarter}") for quarter in range(0, 288, 16)}

    for quarter in range(4 * 24 * 3):
        with clock.at(begin + timedelta(minutes=15 * quarter)):
            if quarter % 16 == 0:
                comments.say(jobs[quarter].key, "Look", by=desk.who("wren"))
            digests.send_due()

    found = digests_of(desk)
    there = [letter.created_at.astimezone(ZoneInfo(zone)) for letter in found]
    days = [moment.date() for moment in there]
    assert days == [days[0] + timedelta(days=number) for number in range(len(days))]
    assert len(days) >= 3
    assert {moment.hour for moment in there[1:]} <= {2, 3}
    bodies = "".join(letter.body for letter in found)
    told = [number for number in range(0, 288, 16) if f'"Word {number}"' in bodies]
    assert told == list(range(0, told[-1] + 1, 16))
    assert all(bodies.count(f'"Word {number}"') == 1 for number in told)


@on_sqlite
def test_it_comes_at_ones_own_hour(desk: Desk) -> None:
    settle(desk, "cleo", "UTC", 2)
    comments.say(desk.job("in_progress").key, "Look", by=desk.who("wren"))
    hour = clock.now().replace(hour=2, minute=0) + timedelta(days=1)

    sent = []
    for moment in (hour - timedelta(minutes=1), hour):
        with clock.at(moment):
            sent.append(digests.send_due())

    assert sent == [0, 1]


@on_sqlite
def test_whoever_flies_west_has_had_theirs(desk: Desk) -> None:
    job = desk.job("in_progress")

    for zone in ("Pacific/Auckland", "Pacific/Honolulu"):  # where it is the day before
        settle(desk, "cleo", zone, 0)
        with clock.at(datetime(2027, 6, 2, 13, tzinfo=UTC)):
            comments.say(job.key, f"Look at {zone}", by=desk.who("wren"))
            digests.send_due()

    assert len(digests_of(desk)) == 1


def test_it_tells_what_was_not_read_by_order(desk: Desk) -> None:
    settle(desk, "cleo", "UTC", 0)
    tea, milk = desk.job("in_progress", title="Tea"), desk.job("in_progress", title="Milk")
    for job, words in ((tea, "One"), (milk, "Two"), (tea, "Three")):
        comments.say(job.key, words, by=desk.who("wren"))
    inbox.mark_read(desk.who("cleo"), desk.notifications("cleo")[-3].id)

    assert digests.send_due() == 1

    (letter,) = digests_of(desk)
    assert letter.subject == "Your news of the day: 2 orders"
    assert f'Milk ({milk.display_id})\n- Order "Milk": Wren wrote: read it on the order’s page\n' in letter.body
    assert letter.body.count('Order "Tea": Wren wrote') == 1
    assert digests.send_due() == 0


def test_nothing_new_is_no_letter(desk: Desk) -> None:
    settle(desk, "cleo", "UTC", 0)
    comments.say(desk.job("in_progress").key, "One", by=desk.who("wren"))
    inbox.mark_read(desk.who("cleo"))

    assert digests.send_due() == 0

    assert digests_of(desk) == []


@on_sqlite
def test_whose_account_was_closed_gets_none(desk: Desk) -> None:
    settle(desk, "cleo", "UTC", 0)
    comments.say(desk.job("in_progress").key, "One", by=desk.who("wren"))
    desk.sql("UPDATE users SET active = false WHERE email = 'cleo@example.com'")

    assert digests.send_due() == 0

    assert digests_of(desk) == []


def test_what_is_not_theirs_any_more_is_left_out(desk: Desk) -> None:
    settle(desk, "wren", "UTC", 0)
    kept, gone = desk.job("in_progress", title="Kept"), desk.job("in_progress", title="Gone")
    for job in (kept, gone):
        comments.say(job.key, "Look", by=desk.who("cleo"))
    corrections.reassign(gone.key, desk.who("wolf").key, by=desk.who("bea"))

    digests.send_due()

    (letter,) = digests_of(desk)
    assert "Kept" in letter.body
    assert "Gone" not in letter.subject + letter.body


def test_two_processes_write_one(desk: Desk) -> None:
    settle(desk, "cleo", "UTC", 0)
    comments.say(desk.job("in_progress").key, "One", by=desk.who("wren"))

    script = (
        "db.use(settings.current().database)\nfrom workflow.notifications import digests\nprint(digests.send_due())"
    )
    sent = [int(desk.elsewhere(script)), digests.send_due()]

    assert sent == [1, 0]
    assert len(digests_of(desk)) == 1


@on_sqlite
def test_what_is_too_much_at_once_waits_for_the_digest(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budgets.LETTERS, "most", 2)
    settle(desk, "cleo", "UTC", 0)
    preferences.choose("comment_added", Channel.at_once, by=desk.who("cleo"))

    for number in range(5):
        comments.say(desk.job("in_progress", title=f"Word {number}").key, "Look", by=desk.who("wren"))
    digests.send_due()

    assert [letter.type for letter in desk.letters()] == ["comment_added", "comment_added", "digest"]
    told = [number for number in range(5) if f'"Word {number}"' in digests_of(desk)[0].body]
    assert told == [2, 3, 4]
    with database.reading() as session:
        assert reasons.against(session, digests_of(desk)[0]) is None
    with later(hours=1):
        comments.say(desk.job("in_progress").key, "Look", by=desk.who("wren"))
        assert desk.letters()[-1].type == "comment_added"
