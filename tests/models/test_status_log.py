"""The status log: the database itself refuses to change or delete a line."""

import pytest
from sqlalchemy.exc import DBAPIError

from models import StatusLog, database
from tests.desk import Desk


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE job_status_logs SET note = 'all is well'",
        "UPDATE job_status_logs SET note = note WHERE id = 1",
        "DELETE FROM job_status_logs",
        "DELETE FROM job_status_logs WHERE id = 1",
    ],
)
def test_no_line_changes_or_goes(desk: Desk, statement: str) -> None:
    job = desk.job("approved")

    with pytest.raises(DBAPIError, match="the history of a job cannot be changed"):
        desk.sql(statement)

    assert [line.note for line in desk.history(job)] == [None, None]


def test_our_own_code_cannot_either(desk: Desk) -> None:
    desk.job()

    with database.writing() as session:
        line = session.get(StatusLog, 1)
        assert line
        line.note = "all is well"
        with pytest.raises(DBAPIError, match="cannot be changed"):
            session.flush()
        session.rollback()


@pytest.mark.parametrize("desk", ["postgresql"], indirect=True)
def test_the_table_is_not_emptied(desk: Desk) -> None:
    job = desk.job()

    with pytest.raises(DBAPIError, match="cannot be changed"):
        desk.sql("TRUNCATE job_status_logs")

    assert len(desk.history(job)) == 1


def test_history_names_its_people(desk: Desk) -> None:
    job = desk.job("in_progress", client="carl", writer="wolf", manager="bob")

    assert [line.actor and line.actor.first_name for line in desk.history(job)] == ["Carl", "Bob", "Bob", "Wolf"]
