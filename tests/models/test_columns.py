"""The columns: words from a list and moments in UTC, on both databases alike."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import col

from models import Job, User, database
from models.status import Status
from tests.desk import Desk


@pytest.mark.parametrize("status", ["bogus", "PENDING", "", " pending"])
def test_only_the_ten_statuses_fit(desk: Desk, status: Any) -> None:
    job = desk.job()

    with pytest.raises(StatementError, match="not among the defined enum values"):
        desk.put(job, status=status)

    assert desk.see(job).status is Status.pending


def test_the_database_itself_refuses(desk: Desk) -> None:
    desk.job()

    for statement in ("UPDATE jobs SET status = 'bogus'", "UPDATE users SET role = 'king'"):
        with pytest.raises(IntegrityError):
            desk.sql(statement)


def test_a_word_comes_back_as_itself(desk: Desk) -> None:
    assert desk.job("approved").status is Status.approved


def test_a_moment_comes_back_in_utc(desk: Desk) -> None:
    deadline = datetime(2030, 6, 1, 23, 30, 0, 123456, tzinfo=timezone(timedelta(hours=-7)))

    job = desk.put(desk.job(), deadline=deadline)

    assert job.deadline == deadline
    assert repr(job.deadline) == repr(deadline.astimezone(UTC))


def test_a_naive_moment_is_refused(desk: Desk) -> None:
    job = desk.job()

    with pytest.raises(StatementError, match="a stored moment needs a time zone"):
        desk.put(job, deadline=datetime(2030, 1, 1))  # noqa: DTZ001

    assert desk.see(job).deadline is None


def test_moments_are_compared_as_moments(desk: Desk) -> None:
    noon = datetime(2030, 1, 1, 12, tzinfo=timezone(timedelta(hours=5)))
    desk.put(desk.job(), deadline=noon)
    later = update(Job).where(col(Job.deadline) < noon.astimezone(UTC) + timedelta(minutes=1)).values(title="found")

    with database.writing() as session:
        assert session.exec(later).rowcount == 1


def test_nobody_is_there_twice(desk: Desk) -> None:
    cleo = desk.who("cleo")

    with pytest.raises(IntegrityError), database.writing() as session:
        session.add(User(email=cleo.email, name="Cleo", role=cleo.role, password_hash=""))
