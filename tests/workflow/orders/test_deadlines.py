"""Deadlines: who hears of one that is near or missed, and that each is told once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from models import Job, clock
from tests.desk import Desk, later, listening
from workflow.orders import amending, deadlines, holds

HOUR = timedelta(hours=1)
STRIKES = """
from datetime import timedelta; from models import clock; from workflow.orders import deadlines
db.use(settings.current().database)
with clock.at(clock.now() + timedelta(hours=30)):
    print(deadlines.tell_due())
"""
"""What another process does in 30 hours; it prints how many deadlines it told of."""


def due(desk: Desk, status: str = "in_progress", *, hours: float | None = 30, own: float | None = None) -> Job:
    """An order due in so many hours, with a deadline of the writer's own or without."""
    job, now = desk.job(status), clock.now()
    moments = {"deadline": hours and now + hours * HOUR, "writer_deadline": own and now + own * HOUR}
    return desk.put(job, **moments)


def strike(hours: float) -> int:
    """Let the clock strike in so many hours."""
    with later(hours=hours):
        return deadlines.tell_due()


def heard(desk: Desk, *names: str) -> dict[str, list[str]]:
    """What these people have not read, without the part that names the order."""
    return {name: [line.partition(": ")[2] for line in desk.news_of(name)] for name in names}


def test_a_deadline_draws_near(desk: Desk) -> None:
    due(desk)

    assert [strike(5.9), strike(6.1), strike(6.2), strike(29)] == [0, 1, 0, 0]

    assert desk.news_of("wren") == ['Order "Research Paper": The deadline is in 24 hours']
    assert heard(desk, "bea", "ada", "bob", "cleo", "wolf") == {
        "bea": ["The deadline is in 24 hours"],
        "ada": ["The deadline is in 24 hours"],
        "bob": ["The deadline is in 24 hours"],
        "cleo": [],
        "wolf": [],
    }


def test_a_missed_one_is_told_once_more(desk: Desk) -> None:
    job = due(desk)

    assert [strike(25), strike(31), strike(32), strike(3000)] == [1, 1, 0, 0]

    assert heard(desk, "wren", "cleo") == {
        "wren": ["The deadline is in 5 hours", "The deadline has been missed"],
        "cleo": [],
    }
    last = desk.notifications("bea")[-1]
    assert (last.type, last.title) == ("deadline_missed", f"Order {job.display_id} Deadline Missed")


def test_after_a_long_downtime_only_the_miss_is_news(desk: Desk) -> None:
    due(desk)

    assert [strike(500), strike(501)] == [1, 0]

    assert heard(desk, "wren") == {"wren": ["The deadline has been missed"]}


@pytest.mark.parametrize("hours, words", [(0.66, "40 minutes"), (1, "1 hour"), (0.01, "1 minute"), (23.6, "24 hours")])
def test_a_deadline_that_was_near_from_the_start(desk: Desk, hours: float, words: str) -> None:
    due(desk, hours=hours)

    strike(0)

    assert heard(desk, "bea") == {"bea": [f"The deadline is in {words}"]}


def test_writers_hear_of_their_own(desk: Desk) -> None:
    due(desk, hours=60, own=30)

    strike(25)
    strike(55)

    assert heard(desk, "wren", "bea", "cleo") == {
        "wren": ["Your deadline is in 5 hours", "Your deadline has been missed"],
        "bea": [
            "The writer’s deadline is in 5 hours",
            "The deadline is in 5 hours",
            "The writer’s deadline has been missed",
        ],
        "cleo": [],
    }


def test_all_staff_care_for_an_order_without_manager(desk: Desk) -> None:
    due(desk, "pending")

    strike(25)

    assert {name for name, news in heard(desk, "bea", "bob", "ada", "cleo", "wren").items() if news} == {
        "bea",
        "bob",
        "ada",
    }


def test_a_moved_deadline_is_told_anew(desk: Desk) -> None:
    job = due(desk, hours=10)
    strike(0)

    amending.amend(job.key, {"deadline": clock.now() + 50 * HOUR}, by=desk.who("bea"))

    assert [strike(0), strike(27), strike(51)] == [0, 1, 1]


@pytest.mark.parametrize("status", ["delivered", "completed", "cancelled"])
def test_nothing_is_late_that_is_delivered_or_over(desk: Desk, status: str) -> None:
    due(desk, status, own=20)

    assert [strike(10), strike(100)] == [0, 0]


@pytest.mark.parametrize("status", ["editing", "revision_pending"])
def test_who_handed_in_has_met_their_own(desk: Desk, status: str) -> None:
    due(desk, status, hours=None, own=20)

    assert [strike(10), strike(100)] == [0, 0]


def test_a_hold_silences_it(desk: Desk) -> None:
    job = due(desk, hours=10)
    holds.put_on_hold(job.key, "waiting for photos", by=desk.who("bea"))
    assert strike(1) == 0

    holds.lift(job.key, by=desk.who("bea"))

    assert strike(1) == 1


@pytest.mark.parametrize("hours, told", [(-1, 0), (10, 1)])
def test_a_revision_has_the_deadlines_that_are_still_ahead(desk: Desk, hours: float, told: int) -> None:
    due(desk, "revision", hours=hours)

    assert strike(0) == told


def test_two_processes_at_once(desk: Desk) -> None:
    for hours in (31, 32, 29):
        due(desk, hours=hours, own=hours + 1)

    with ThreadPoolExecutor(2) as pool:
        told = [int(printed) for printed in pool.map(desk.elsewhere, [STRIKES] * 2)]

    assert sum(told) == 6
    assert {name: len(news) for name, news in heard(desk, "wren", "bea", "cleo").items()} == {
        "wren": 3,
        "bea": 6,
        "cleo": 0,
    }


def test_open_pages_hear_of_it(desk: Desk) -> None:
    due(desk)

    with listening() as said:
        strike(31)

    assert {line.type for news in said for line in news.notifications} == {"deadline_missed"}


def test_a_quiet_round_writes_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    due(desk)
    strike(31)

    def writing(*_args: Any) -> None:
        raise AssertionError("a round with nothing to do opened a writing transaction")

    monkeypatch.setattr(desk.database, "writing", writing)
    assert strike(31) == 0
