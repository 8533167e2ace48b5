"""On hold: staff set an order aside, and it waits, whatever its status, until they take it up again."""

import pytest

from models import Job
from tests.desk import CAST, ROUTES, Desk, listening, refused
from workflow.orders import holds
from workflow.possibilities import ARROWS, LEAVING
from workflow.refusals import ConditionNotMet, Conflict, Forbidden, InvalidField, NotFound

OPEN = [status for status in ROUTES if status not in ("completed", "cancelled")]


def test_a_hold_is_written_and_told(desk: Desk) -> None:
    job = desk.job("in_progress", manager="bea", title="Tea")

    with listening() as heard:
        hold(desk, job, "  waiting for {photos}  ", by="bea")

    line = desk.history(job)[-1]
    assert (job.on_hold, job.hold_reason, job.status) == (True, "waiting for {photos}", "in_progress")
    assert (line.action, line.old_status, line.new_status) == ("hold", "in_progress", "in_progress")
    assert (line.note, line.changed_by) == ("waiting for {photos}", desk.who("bea").id)
    told = 'Order "Tea": The order has been put on hold: waiting for {photos}'
    assert {name: desk.news_of(name) for name in CAST if desk.news_of(name)} == {
        name: [told] for name in ("cleo", "wren", "ada")
    }
    assert {line.type for line in heard[0].notifications} == {"order_updated"}


def test_only_cancelling_is_left(desk: Desk) -> None:
    for status in OPEN:
        job = desk.put(desk.job(), status=status, writer_id=desk.who("wren").id)
        hold(desk, job, "holidays", by="ada")

        for action in {arrow.action for arrow in LEAVING[job.status]} - {"cancel"}:
            with refused("The order is on hold: holidays.", ConditionNotMet):
                desk.make(job, action, by="bea", writer="wren")
        desk.make(job, "cancel", by="bea")
        assert (job.status, job.on_hold) == ("cancelled", False)


def test_a_lifted_hold_lets_go_on(desk: Desk) -> None:
    job = desk.job("in_progress")
    hold(desk, job, "holidays", by="bea")

    holds.lift(job.key, by=desk.who("bob"))
    desk.make(job, "deliver", by="wren")

    assert [line.action for line in desk.history(job)][-3:] == ["hold", "release", "deliver"]
    assert desk.news_of("cleo")[1] == 'Order "Research Paper": The order is no longer on hold'
    assert (job.on_hold, desk.faults()) == (False, [])


def test_another_reason_replaces_the_first(desk: Desk) -> None:
    job = desk.job()

    for reason in ("holidays", "illness", "illness"):
        hold(desk, job, reason, by="bea")

    assert [line.note for line in desk.history(job)] == [None, "holidays", "illness"]
    assert (job.hold_reason, job.version) == ("illness", 3)


def test_lifting_nothing_changes_nothing(desk: Desk) -> None:
    job = desk.job()

    holds.lift(job.key, by=desk.who("bea"))

    assert (desk.see(job).version, len(desk.history(job))) == (1, 1)


@pytest.mark.parametrize("status", ["completed", "cancelled"])
def test_a_final_order_is_not_held(desk: Desk, status: str) -> None:
    job = desk.job(status)

    with refused(f"An order that is {status} has nothing left to hold.", ConditionNotMet):
        hold(desk, job, "holidays", by="ada")

    assert not desk.see(job).on_hold


def test_only_staff_hold_and_lift(desk: Desk) -> None:
    job = desk.job("in_progress", client="cleo", writer="wren")

    for name, kind in [("cleo", Forbidden), ("wren", Forbidden), ("carl", NotFound), ("wolf", NotFound)]:
        with pytest.raises(kind):
            hold(desk, job, "holidays", by=name)
        with pytest.raises(kind):
            holds.lift(job.key, by=desk.who(name))

    assert len(desk.history(job)) == 4


@pytest.mark.parametrize("reason", ["", "  ", "x" * 501, "a\x00b"])
def test_a_fit_reason_is_needed(desk: Desk, reason: str) -> None:
    job = desk.job()

    with refused("The reason ", InvalidField):
        hold(desk, job, reason, by="bea")

    assert not desk.see(job).on_hold


def test_a_stale_page_holds_nothing(desk: Desk) -> None:
    job = desk.job()
    desk.make(job, "approve", by="bea")

    for attempt in (lambda: holds.put_on_hold(job.key, "holidays", by=desk.who("ada"), version=1),
                    lambda: holds.lift(job.key, by=desk.who("ada"), version=1)):  # fmt: skip
        with pytest.raises(Conflict):
            attempt()

    assert not desk.see(job).on_hold


def test_every_action_knows_the_hold() -> None:
    knowing = {arrow.action for arrow in ARROWS if any(c.remedy == "lift the hold" for c in arrow.guard.conditions)}

    assert {arrow.action for arrow in ARROWS} - knowing == {"cancel"}


def hold(desk: Desk, job: Job, reason: str, *, by: str) -> None:
    """Put a job on hold; the job in hand is then as it is in the database."""
    holds.put_on_hold(job.key, reason, by=desk.who(by))
    desk.see(job)
