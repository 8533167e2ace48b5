"""Rings: what one process leaves for the others, and for how long."""

from models import Ring, database
from tests.desk import Desk, later
from workflow import upkeep


def ring(origin: str) -> int:
    with database.writing() as session:
        line = Ring(origin=origin)
        session.add(line)
        session.flush()
        return line.id or 0


def test_rings_come_in_order(desk: Desk) -> None:
    first, second, third = ring("a"), ring("b"), ring("c")

    with database.reading() as session:
        assert Ring.newest(session) == third
        assert [line.id for line in Ring.since(session, first)] == [second, third]


def test_a_change_leaves_one_ring(desk: Desk) -> None:
    job = desk.job("in_progress")
    with database.reading() as session:
        before = Ring.newest(session)

    desk.make(job, "deliver", by="wren")

    with database.reading() as session:
        assert [line.job_id for line in Ring.since(session, before)] == [job.id]


def test_old_rings_are_forgotten(desk: Desk) -> None:
    ring("old")
    with later(minutes=59):
        kept = ring("kept")

    with later(minutes=61):
        upkeep.tidy()

    with database.reading() as session:
        assert [line.id for line in Ring.since(session, 0)] == [kept]


def test_the_newest_is_never_forgotten(desk: Desk) -> None:
    ring("older")
    newest = ring("newest")

    with later(days=9):
        upkeep.tidy()

    with database.reading() as session:
        assert [line.id for line in Ring.since(session, 0)] == [newest]
