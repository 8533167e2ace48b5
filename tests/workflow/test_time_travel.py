"""Time travel: through both daylight-saving nights and a year's end, every clock does everything exactly once."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from models import Job, Preference, clock, database
from models.preference import Channel
from models.status import Status
from tests.desk import Desk
from tests.workflow.orders.test_files import bring
from workflow import upkeep
from workflow.history import retention
from workflow.notifications import digests
from workflow.orders import auto_completion, comments, deadlines, files, placing
from workflow.orders.terms import Order

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NIGHTS = {
    "spring in New York": datetime(2027, 3, 14, 7, tzinfo=UTC),
    "spring in Berlin": datetime(2027, 3, 28, 1, tzinfo=UTC),
    "autumn on Lord Howe": datetime(2027, 4, 3, 15, tzinfo=UTC),
    "autumn in Berlin": datetime(2027, 10, 31, 1, tzinfo=UTC),
    "year's end": datetime(2028, 1, 1, tzinfo=UTC),
}
"""Moments when clocks are put forward or back, the last by half an hour, or the numbers of orders begin anew."""

ZONES = {"cleo": "Europe/Berlin", "carl": "America/New_York", "wren": "Australia/Lord_Howe"}
"""Who lives where; all others live by UTC. These have their digest at two, an hour that some nights skip or repeat."""

WORKS = [
    deadlines.tell_due,
    auto_completion.take_steps,
    digests.send_due,
    files.delete_due,
    retention.clear,
    upkeep.tidy,
]


@dataclass
class Agency:
    """Four orders whose moments all fall into one night."""

    due: Job
    quiet: Job
    over: Job
    stirred: Job


def agency(desk: Desk, night: datetime) -> Agency:
    """Orders placed a week before: due, quiet and over in that night, and one whose client stirs in it."""
    desk.sql(
        *(
            f"UPDATE users SET time_zone = '{zone}', digest_hour = 2 WHERE email = '{who}@example.com'"
            for who, zone in ZONES.items()
        )
    )
    desk.rules(auto_complete_days=3)
    with database.writing() as session:
        session.add_all(
            Preference(user_id=desk.who(who).key, type="comment_added", channel=Channel.digest) for who in ZONES
        )
    with clock.at(night - 7 * DAY):
        over = desk.job("in_progress", title="Over")
        bring(desk, over, "final")
        desk.make(over, "deliver", by="wren")
        desk.make(over, "complete", by="cleo")
        due = desk.put(desk.job("in_progress", title="Due"), deadline=night, writer_deadline=night - 2 * HOUR)
    with clock.at(night - 3 * DAY):
        quiet, stirred = (desk.job("delivered", client="carl", title=title) for title in ("Quiet", "Stirred"))
    return Agency(due, quiet, over, stirred)


def steps(night: datetime) -> Iterator[datetime]:
    """From three days before the night to eleven after, in small steps around it."""
    moment = night - 3 * DAY
    while moment < night + 11 * DAY:
        yield moment
        is_near = abs(moment - night) < 5 * HOUR or abs(night - DAY - moment) < 3 * HOUR
        moment += HOUR / 2 if is_near else 6 * HOUR


def strike(dice: random.Random) -> None:
    """Let every clock strike twice, in any order."""
    for work in dice.sample(WORKS * 2, len(WORKS) * 2):
        work()


def told(desk: Desk, name: str) -> Counter[tuple[str, str]]:
    """How often this person was told what by the clocks, by type and title of the order."""
    kinds = {"deadline_near", "deadline_missed", "completion_near"}
    lines = [line for line in desk.notifications(name) if line.type in kinds]
    return Counter((line.type, line.message.split('"')[1]) for line in lines)


@pytest.mark.parametrize(
    "desk, name", [*product(["sqlite"], NIGHTS), ("postgresql", "spring in Berlin")], indirect=["desk"]
)
def test_everything_happens_once(desk: Desk, name: str) -> None:
    night = NIGHTS[name]
    orders, dice = agency(desk, night), random.Random(night.year)

    placed: list[Job] = []
    for moment in steps(night):
        with clock.at(moment):
            for job in (orders.due, orders.quiet):
                comments.say(job.key, "News", by=desk.who("bea"))
            strike(dice)
            if abs(moment - night) < 2 * HOUR:
                placed.append(placing.place(Order("Tea"), by=desk.who("cleo")))
            if moment == night - HOUR:
                bring(desk, orders.stirred, "brief", by="carl")

    check_news(desk)
    check_digests(desk)
    check_orders(desk, orders, night)
    check_numbers(placed)
    assert desk.faults() == []


def check_news(desk: Desk) -> None:
    """Each deadline was near once and missed once; of what is quiet, its client was told once for each promise."""
    of_deadline = {("deadline_near", "Due"): 1, ("deadline_missed", "Due"): 1}
    assert told(desk, "wren") == of_deadline
    assert told(desk, "bea") == dict.fromkeys(of_deadline, 2)
    assert told(desk, "cleo") == {}
    assert told(desk, "carl") == {("completion_near", "Quiet"): 1, ("completion_near", "Stirred"): 2}
    assert Counter(letter.type for letter in desk.letters())["completion_near"] == 3


def check_digests(desk: Desk) -> None:
    """Everybody had one digest on each of their days, soon after two o'clock."""
    for who, zone in ZONES.items():
        days = [
            letter.created_at.astimezone(ZoneInfo(zone)).date()
            for letter in desk.letters()
            if letter.type == "digest" and letter.user_id == desk.who(who).id
        ]
        assert days == [days[0] + number * DAY for number in range(len(days))]
        assert 13 <= len(days) <= 15


def check_orders(desk: Desk, orders: Agency, night: datetime) -> None:
    """What was quiet is completed, a step after its time at most, and files are gone a week after completion."""
    for job, time in ((orders.quiet, night), (orders.stirred, night - HOUR + 3 * DAY)):
        actions = Counter(line.action for line in desk.history(job))
        assert actions["complete"] == 1
        assert desk.see(job).status is Status.completed
        assert job.completed_at
        assert time <= job.completed_at <= time + 6 * HOUR
    assert Counter(line.action for line in desk.history(orders.over))["delete_files"] == 1
    deleted = desk.history(orders.over)[-1].created_at
    assert night <= deleted <= night + HOUR / 2


def check_numbers(placed: list[Job]) -> None:
    """The numbers of a year have no gap, and begin anew with the next."""
    for year in {job.year for job in placed}:
        numbers = [job.number for job in placed if job.year == year]
        assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        assert all(job.created_at.year == job.year for job in placed)
    if len({job.year for job in placed}) > 1:
        assert min(job.number for job in placed if job.year == 2028) == 1
