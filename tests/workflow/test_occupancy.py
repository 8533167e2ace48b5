"""Occupancy: how many orders stand at each status now, and how long orders usually stood there."""

from datetime import timedelta

import pytest

from models import Job, clock, database
from models.status import Status
from tests.desk import Desk
from workflow import documentation
from workflow.documentation import Occupancy
from workflow.orders import holds

NOTHING = Occupancy(0, None)


def test_nothing_stands_anywhere_at_first(desk: Desk) -> None:
    assert occupancy() == dict.fromkeys(Status, NOTHING)


def test_orders_are_counted_where_they_stand(desk: Desk) -> None:
    for status in ("pending", "pending", "delivered", "cancelled"):
        desk.job(status)

    assert {status: held.now for status, held in occupancy().items() if held.now} == {
        "pending": 2,
        "delivered": 1,
        "cancelled": 1,
    }


def test_the_median_is_of_those_who_left(desk: Desk) -> None:
    for hours in (1, 2, 30):
        went(desk, desk.job(), (hours, "approve"))
    desk.job()

    assert occupancy()[Status.pending] == Occupancy(1, timedelta(hours=2))
    assert occupancy()[Status.approved] == Occupancy(3, None)


def test_each_visit_counts(desk: Desk) -> None:
    job = desk.put(desk.job(), status="revision")
    with clock.at(clock.now()):
        went(desk, job, (0, "resume"), (4, "deliver"), (10, "request_revision"), (13, "resume"), (15, "deliver"))

    found = occupancy()
    assert found[Status.in_progress].median == timedelta(hours=3)
    assert found[Status.delivered].median == timedelta(hours=6)


def test_a_hold_does_not_end_a_stay(desk: Desk) -> None:
    job = desk.job()
    start = clock.now()

    with clock.at(start + timedelta(hours=1)):
        holds.put_on_hold(job.key, "holidays", by=desk.who("bea"))
    with clock.at(start + timedelta(hours=2)):
        holds.lift(job.key, by=desk.who("bea"))
    went(desk, job, (5, "approve"))

    assert occupancy()[Status.pending].median == timedelta(hours=5)


def test_only_the_latest_departures_count(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documentation, "LATEST", 3)

    for hours in (90, 90, 90, 90, 1, 2, 3):
        went(desk, desk.job(), (hours, "approve"))

    assert occupancy()[Status.pending].median == timedelta(hours=2)


def went(desk: Desk, job: Job, *steps: tuple[float, str]) -> None:
    """Have Ada take these actions, each so many hours after the job was placed."""
    for hours, action in steps:
        with clock.at(job.created_at + timedelta(hours=hours)):
            desk.make(job, action, by="ada")


def occupancy() -> dict[Status, Occupancy]:
    """The occupancy, to the second."""
    with database.reading() as session:
        found = documentation.occupancy(session)
    return {
        status: Occupancy(each.now, each.median and timedelta(seconds=round(each.median.total_seconds())))
        for status, each in found.items()
    }
