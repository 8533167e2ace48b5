"""Jobs: who may see which, what is late, and how much a writer has in hand."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import product

import pytest
from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from models import Job, Rules, clock, database
from models.job import find, loads, overdue, visible_to
from models.status import FINAL, Status
from tests.desk import CAST, ROUTES, Desk, on_sqlite
from tests.workflow.at_hand import job

NOW = clock.now()


@pytest.fixture
def every_kind(desk: Desk) -> list[Job]:
    """Jobs at every status, with each writer and none, of each client, due in the past, in the future or never."""
    wren, wolf, cleo, carl = (desk.who(name).key for name in ("wren", "wolf", "cleo", "carl"))
    deadlines = [None, NOW - timedelta(minutes=1), NOW + timedelta(hours=1)]
    kinds = product(Status, [None, wren, wolf], [cleo, carl], deadlines)
    with database.writing() as session:
        jobs = [
            Job(
                display_id=f"DK-{number}", year=2026, number=number, title="Tea",
                status=status, writer_id=writer, client_id=client, deadline=deadline,
            )
            for number, (status, writer, client, deadline) in enumerate(kinds)
        ]  # fmt: skip
        session.add_all(jobs)
    return jobs


def those(session: Session, condition: ColumnElement[bool]) -> Sequence[int]:
    return session.exec(select(Job.number).where(condition).order_by(col(Job.number))).all()


def test_sight_is_the_same_everywhere(desk: Desk, every_kind: list[Job]) -> None:
    for name, may_claim in product(CAST, [False, True]):
        user, rules = desk.who(name), Rules(writers_may_claim=may_claim)
        with database.reading() as session:
            found = those(session, visible_to(user, rules))
        assert found == [job.number for job in every_kind if job.is_visible_to(user, rules)]


def test_everybody_sees_their_share(desk: Desk, every_kind: list[Job]) -> None:
    shares = {name: sum(job.is_visible_to(desk.who(name), Rules()) for job in every_kind) for name in CAST}

    assert shares == {"cleo": 90, "carl": 90, "wren": 60, "wolf": 60, "ivy": 0, "bea": 180, "bob": 180, "ada": 180}


def test_writers_see_what_they_may_claim(desk: Desk, every_kind: list[Job]) -> None:
    user, rules = desk.who("wren"), Rules(writers_may_claim=True)

    seen = {(job.status, job.writer_id) for job in every_kind if job.is_visible_to(user, rules)}

    assert seen == {*product(Status, [user.id]), (Status.approved, None)}


def test_late_is_the_same_everywhere(desk: Desk, every_kind: list[Job]) -> None:
    with clock.at(NOW), database.reading() as session:
        assert those(session, overdue()) == [job.number for job in every_kind if job.is_overdue]
        late = {job.status for job in every_kind if job.is_overdue}

    assert late == set(Status) - FINAL - {Status.delivered}


@on_sqlite
@pytest.mark.parametrize("status", ROUTES)
def test_open_orders_are_counted(desk: Desk, status: str) -> None:
    desk.job(status, writer="wren")
    open_ = {"assigned", "in_progress", "editing", "revision"}

    with database.reading() as session:
        assert loads(session) == ({desk.who("wren").id: 1} if status in open_ else {})


def test_only_the_asked_are_counted(desk: Desk) -> None:
    for writer in ("wren", "wolf", "wren"):
        desk.job("in_progress", writer=writer)
    wren = desk.who("wren").key

    with database.reading() as session:
        assert loads(session, [wren]) == {wren: 2}
        assert loads(session, []) == {}


@pytest.mark.parametrize("name", ["cleo", "wren", "bob", "ada"])
def test_a_job_is_found_by_name(desk: Desk, name: str) -> None:
    job = desk.job("assigned", client="cleo", writer="wren")

    with database.reading() as session:
        for found in (
            find(session, desk.who(name), display_id=job.display_id),
            find(session, desk.who(name), job_id=job.id),
        ):
            assert found
            assert (found.id, found.client.first_name) == (job.id, "Cleo")


@pytest.mark.parametrize("name", ["carl", "wolf"])
def test_strangers_find_nothing(desk: Desk, name: str) -> None:
    job = desk.job("assigned", client="cleo", writer="wren")

    with database.reading() as session:
        assert find(session, desk.who(name), display_id=job.display_id) is None
        assert find(session, desk.who(name), job_id=job.id) is None


@pytest.mark.parametrize("paid, due", [(0, 1000), (999, 1), (1000, 0), (1001, 0)])
def test_a_balance_is_never_negative(paid: int, due: int) -> None:
    assert job("delivered", amount=1000, amount_paid=paid).balance_due == due
