"""Together: with one order that cannot move, or a failure in the middle, none of them moves."""

import pytest

from tests.desk import Desk, listening
from tests.workflow.orders.mixed import rows, wish
from workflow.orders import bulk
from workflow.orders.bulk import NOT_APPLIED

TABLES = ("jobs", "job_status_logs", "notifications", "letters", "rings")


def test_together_is_all_or_none(desk: Desk) -> None:
    good, bad, better = desk.job(), desk.put(desk.job(), hold_reason="holidays"), desk.job()
    before = rows(*TABLES)

    with listening() as heard:
        done = bulk.update(wish("approved", good, bad, better, 4711), by=desk.who("ada"), atomic=True)

    assert [line.code for line in done.outcomes] == [
        "NOT_APPLIED", "CONDITION_NOT_MET", "NOT_APPLIED", "JOB_NOT_FOUND",
    ]  # fmt: skip
    assert [line.error for line in done.outcomes if line.code == "NOT_APPLIED"] == [NOT_APPLIED] * 2
    assert (rows(*TABLES), heard) == (before, [])


def test_together_they_all_go(desk: Desk) -> None:
    jobs = [desk.job(), desk.job()]

    with listening() as heard:
        done = bulk.update(wish("approved", *jobs), by=desk.who("ada"), atomic=True)

    assert [line.success for line in done.outcomes] == [True, True]
    assert [desk.see(job).status for job in jobs] == ["approved", "approved"]
    assert (len(heard), desk.faults()) == (2, [])


def test_a_failure_in_the_middle_undoes_all(desk: Desk) -> None:
    jobs = [desk.job() for _ in range(3)]
    before = rows(*TABLES)

    def pull_the_plug(done: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with listening() as heard, pytest.raises(KeyboardInterrupt):
        bulk.update(wish("approved", *jobs), by=desk.who("ada"), atomic=True, progress=pull_the_plug)

    assert (rows(*TABLES), heard) == (before, [])
