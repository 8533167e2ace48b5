"""Whole or not at all: a change that fails at any step leaves nothing, and the bell rings for what is kept alone."""

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from models import StatusLog, database
from tests.desk import CAST, FAILED, Desk, listening
from workflow.live.bell import News, bell
from workflow.refusals import Refused

TABLES = ("jobs", "job_status_logs", "notifications", "letters", "rings")


@pytest.mark.parametrize("table", TABLES)
def test_a_failing_step_undoes_all(desk: Desk, table: str) -> None:
    job = desk.job("in_progress")
    before = everything()

    with listening() as heard, desk.without(table), pytest.raises(FAILED):
        desk.make(job, "deliver", by="wren")

    assert everything() == before
    assert heard == desk.faults() == []


def test_a_refusal_leaves_nothing(desk: Desk) -> None:
    job = desk.job("in_progress")
    before = everything()

    with listening() as heard:
        for action, by in [("deliver", "cleo"), ("approve", "ada"), ("deliver", "wolf")]:
            with pytest.raises(Refused):
                desk.make(job, action, by=by)

    assert everything() == before
    assert heard == []


def test_the_bell_rings_after_commit(desk: Desk) -> None:
    job = desk.job("in_progress")
    kept: list[str] = []

    def look(_news: News) -> None:
        with database.reading() as session:
            kept.extend(session.exec(select(StatusLog.action).order_by(col(StatusLog.id).desc()).limit(1)))

    with listening(look):
        desk.make(job, "deliver", by="wren")

    assert kept == ["deliver"]


def test_the_ring_says_what_changed(desk: Desk) -> None:
    job = desk.job("in_progress")

    with listening() as heard:
        desk.make(job, "deliver", by="wren")

    (news,) = heard
    assert news.job
    assert (news.job.id, news.job.status, news.job.client.name) == (job.id, "delivered", "Cleo Clark")
    assert those(desk, news) == {"cleo", "wren", "bea", "bob", "ada"}
    assert {line.user_id for line in news.notifications} == {
        desk.who(name).id for name in ("cleo", "wren", "bea", "ada")
    }


def test_possible_claimants_hear_it_too(desk: Desk) -> None:
    job = desk.job()
    desk.rules(writers_may_claim=True)

    with listening() as heard:
        desk.make(job, "approve", by="bea")

    assert those(desk, heard[0]) == {"cleo", "wren", "wolf", "bea", "bob", "ada"}


def test_numbers_rise_where_it_matters(desk: Desk) -> None:
    job = desk.job("in_progress")
    before = {name: bell.number(desk.who(name).key) for name in CAST}

    desk.make(job, "deliver", by="wren")

    risen = {name for name, number in before.items() if bell.number(desk.who(name).key) > number}
    assert risen == {"cleo", "wren", "bea", "bob", "ada"}


def test_a_deaf_listener_harms_nobody(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    job = desk.job("in_progress")

    def deaf(_news: News) -> None:
        raise RuntimeError("this page is gone")

    with listening(deaf), listening() as heard:
        desk.make(job, "deliver", by="wren")

    assert (job.status, len(heard)) == ("delivered", 1)
    assert "this page is gone" in caplog.text


def everything() -> list[object]:
    """Every row that a change may touch."""
    with database.reading() as session:
        return [session.execute(text(f"SELECT * FROM {table} ORDER BY id")).all() for table in TABLES]


def those(desk: Desk, news: News) -> set[str]:
    """Whom the news concerns, by name."""
    return {name for name in CAST if news.concerns(desk.who(name).key)}
