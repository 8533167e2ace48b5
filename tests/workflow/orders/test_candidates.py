"""Candidates: the writer who is likeliest to do an order well and in time comes first."""

from datetime import timedelta

from models import clock, database
from models.job import Job
from tests.desk import Desk
from workflow.orders.candidates import Candidate, candidates


def found(desk: Desk, job: Job) -> list[Candidate]:
    with database.reading() as session:
        return candidates(session, job, desk.who("bea"))


def names(desk: Desk, job: Job) -> list[str]:
    return [each.writer.first_name for each in found(desk, job)]


def test_who_did_such_work_comes_first_and_who_is_pressed_later(desk: Desk) -> None:
    soon, job = clock.now() + timedelta(days=1), desk.job("approved")
    desk.put(desk.job("completed", writer="wren"), work_type=desk.put(job, work_type="Menu").work_type)
    job = desk.put(job, deadline=soon + timedelta(days=1))
    assert names(desk, job) == ["Wren", "Wolf"]

    desk.put(desk.job("in_progress", writer="wren"), deadline=soon)

    assert names(desk, job) == ["Wolf", "Wren"]
    assert found(desk, job)[1].work.done_lately == 1


def test_who_has_no_room_comes_last_and_hears_why(desk: Desk) -> None:
    desk.rules(writer_capacity=1)
    desk.job("assigned", writer="wolf")

    last = found(desk, desk.job("approved"))[-1]

    assert (last.writer, last.why.split(".")[0]) == (desk.who("wolf"), "Wolf already has 1 of 1 orders in hand")
