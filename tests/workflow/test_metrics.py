"""Figures: every change is counted by its action and by what became of it, and timed."""

import pytest

from models.database import Busy
from models.status import Status
from tests.desk import Desk
from workflow import metrics
from workflow.metrics import REGISTRY
from workflow.orders import bulk
from workflow.orders.bulk_wish import Wish
from workflow.refusals import Refused


def test_changes_are_counted_by_result(desk: Desk) -> None:
    job = desk.put(desk.job("in_progress"), hold_reason="holidays")
    before = counts("deliver")
    timed = counted("docket_change_seconds_count")

    for by, fields in [("wren", {}), ("cleo", {}), ("wolf", {}), ("wren", {"version": 1})]:
        with pytest.raises(Refused):
            desk.make(job, "deliver", by=by, **fields)
    desk.make(desk.put(job, hold_reason=None), "deliver", by="wren")
    with pytest.raises(Refused):
        desk.make(job, "deliver", by="wren")

    assert risen(before, counts("deliver")) == dict.fromkeys(
        ("ok", "condition_not_met", "forbidden", "job_not_found", "conflict", "invalid_transition"), 1
    )
    assert counted("docket_change_seconds_count") - timed == 6


def test_an_unknown_action_has_no_name(desk: Desk) -> None:
    job, before = desk.job(), counts("unknown")

    with pytest.raises(Refused):
        desk.make(job, "x" * 1000, by="ada")

    assert risen(before, counts("unknown")) == {"invalid_transition": 1}
    assert counts("x" * 1000) == {}


@pytest.mark.parametrize("error, result", [(Busy, "busy"), (ZeroDivisionError, "failed")])
def test_failures_are_told_apart(error: type[Exception], result: str) -> None:
    before = counts("start")

    with pytest.raises(error), metrics.change("start"):
        raise error

    assert risen(before, counts("start")) == {result: 1}


def test_bulk_operations_are_timed(desk: Desk) -> None:
    job, before = desk.job(), counted("docket_bulk_seconds_count")

    for status in (Status.approved, Status.cancelled):
        bulk.update(Wish((job.key,), status), by=desk.who("ada"))

    assert counted("docket_bulk_seconds_count") - before == 2


@pytest.mark.parametrize("atomic", [False, True])
def test_bulk_changes_name_their_action(desk: Desk, atomic: bool) -> None:
    orders = (desk.job("assigned").key, desk.job("revision").key, desk.job().key)
    before = [counts(action) for action in ("start", "resume", "unknown")]

    bulk.update(Wish(orders, Status.in_progress), by=desk.who("ada"), atomic=atomic)

    after = [counts(action) for action in ("start", "resume", "unknown")]
    became = "not_applied" if atomic else "ok"
    assert [*map(risen, before, after)] == [{became: 1}, {became: 1}, {"invalid_transition": 1}]


def counted(name: str) -> float:
    """What a figure without labels stands at."""
    return REGISTRY.get_sample_value(name) or 0


def counts(action: str) -> dict[str, float]:
    """Result -> how often this action had it."""
    samples = next(iter(metrics.CHANGES.collect())).samples
    return {
        sample.labels["result"]: sample.value
        for sample in samples
        if sample.name == "docket_changes_total" and sample.labels["action"] == action
    }


def risen(before: dict[str, float], after: dict[str, float]) -> dict[str, float]:
    """By how much each has risen that has."""
    return {name: after[name] - before.get(name, 0) for name in after if after[name] != before.get(name, 0)}
