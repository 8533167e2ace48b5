"""Bulk work: each order through the one door, with its own line in the history and its own news."""

import pytest

from models import database
from models.bulk import BulkOperation, Outcome
from models.status import Status
from tests.desk import Desk, listening, refused
from tests.workflow.orders.mixed import wish
from workflow import rules
from workflow.orders import bulk
from workflow.refusals import InvalidField


def test_each_order_has_its_own_story(desk: Desk) -> None:
    one, other, late = desk.job(), desk.job(client="carl"), desk.job("approved")

    with listening() as heard:
        done = bulk.update(wish("approved", one, late, other, reason="Monday"), by=desk.who("bea"))

    assert [(line.action, line.note, line.changed_by) for job in (one, other) for line in desk.history(job)[1:]] == [
        ("approve", "Monday", desk.who("bea").id)
    ] * 2
    assert len(desk.history(late)) == 2
    assert [news.job and news.job.id for news in heard] == [one.id, other.id]
    told = [line for name in ("cleo", "carl", "ada", "bea") for line in desk.notifications(name) if line.bulk_id]
    assert len(told) == 6
    assert {line.bulk_id for line in told} == {done.id}
    assert desk.faults() == []


def test_the_operation_is_kept(desk: Desk) -> None:
    job = desk.job()

    done = bulk.update(wish("approved", 4711, job, reason="Monday"), by=desk.who("bea"))

    with database.reading() as session:
        kept = session.get_one(BulkOperation, done.id)
    assert (kept.made_by, kept.new_status, kept.reason, kept.atomic) == (
        desk.who("bea").id,
        "approved",
        "Monday",
        False,
    )
    assert kept.finished_at
    assert kept.outcomes == [
        Outcome(4711, error="There is no such order.", code="JOB_NOT_FOUND"),
        Outcome(job.key, Status.pending, Status.approved),
    ]


def test_what_stood_there_already_did_not_move(desk: Desk) -> None:
    done = bulk.update(wish("approved", desk.job(), desk.job("approved"), 4711), by=desk.who("bea"))

    assert [line.success for line in done.outcomes] == [True, True, False]
    assert done.moved == 1


def test_one_refusal_holds_up_nobody(desk: Desk) -> None:
    held, first, last = desk.put(desk.job(), hold_reason="holidays"), desk.job(), desk.job()

    done = bulk.update(wish("approved", first, held, last), by=desk.who("ada"))

    assert [line.success for line in done.outcomes] == [True, False, True]
    assert [desk.see(job).status for job in (first, held, last)] == ["approved", "pending", "approved"]


def test_news_stays_readable(desk: Desk) -> None:
    orders, ada = [desk.job(), desk.put(desk.job(), hold_reason="holidays"), desk.job()], desk.who("ada")

    def loosen(done: int) -> None:
        if done == 2:
            rules.change({"writer_capacity": 9}, by=ada)

    with listening() as everything:
        bulk.update(wish("approved", *orders), by=ada, progress=loosen)

    heard = [(news.job, news.notifications) for news in everything if news.job]
    assert [(job.status, job.client.name) for job, _ in heard] == [("approved", "Cleo Clark")] * 2
    assert [line.status for _, lines in heard for line in lines] == ["approved"] * 4


@pytest.mark.parametrize("atomic", [True, False])
def test_progress_is_told(desk: Desk, atomic: bool) -> None:
    job, told = desk.job(), list[int]()

    bulk.update(wish("approved", job, 4711, job, 4712), by=desk.who("ada"), atomic=atomic, progress=told.append)

    assert told == [1, 2, 3]


def test_a_too_long_reason_is_refused() -> None:
    with refused("The reason is too long", InvalidField):
        wish("approved", 1, reason="x" * 20_001)


def test_the_summary_counts(desk: Desk) -> None:
    jobs = [desk.job(), desk.job(), desk.job("delivered", included_revisions=0), desk.job("delivered")]

    results = bulk.update(wish("revision", *jobs, 4711), by=desk.who("ada")).outcomes

    closed = "'revision' is not possible for an order that is pending: it can become approved or cancelled."
    assert bulk.ways_taken(results) == {("delivered", "revision_pending"): 1, ("delivered", "revision"): 1}
    assert bulk.errors_met(results) == {closed: 2, "There is no such order.": 1}
