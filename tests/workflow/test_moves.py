"""Moves: one door for every change, and what it leaves on the order and in its history."""

from datetime import timedelta

import pytest

from models import clock
from models.status import Status
from tests.desk import ROUTES, Desk, later, on_sqlite, refused
from workflow.people import administration
from workflow.possibilities import ARROWS, LEAVING, NAMEABLE
from workflow.refusals import ConditionNotMet, Conflict, Forbidden, InvalidField, InvalidTransition, NotFound


def test_an_order_goes_all_the_way(desk: Desk) -> None:
    job = desk.job(client="cleo")

    desk.make(job, "approve", by="bea")
    desk.make(job, "assign", by="bea", writer="wren")
    desk.make(job, "start", by="wren", note="Off we go")
    desk.make(job, "deliver", by="wren")
    desk.make(job, "request_revision", by="cleo", note="Shorter, please")
    desk.make(job, "resume", by="wren")
    desk.make(job, "submit", by="wren")
    desk.make(job, "deliver", by="bob")
    desk.make(job, "complete", by="cleo")

    assert [
        (line.action, line.old_status, line.new_status, line.actor and line.actor.first_name, line.note)
        for line in desk.history(job)
    ] == [
        ("create", None, "pending", "Cleo", None),
        ("approve", "pending", "approved", "Bea", None),
        ("assign", "approved", "assigned", "Bea", None),
        ("start", "assigned", "in_progress", "Wren", "Off we go"),
        ("deliver", "in_progress", "delivered", "Wren", None),
        ("request_revision", "delivered", "revision", "Cleo", "Shorter, please"),
        ("resume", "revision", "in_progress", "Wren", None),
        ("submit", "in_progress", "editing", "Wren", None),
        ("deliver", "editing", "delivered", "Bob", None),
        ("complete", "delivered", "completed", "Cleo", None),
    ]
    assert (job.status, job.version) == (Status.completed, 10)
    assert desk.faults() == []


def test_each_line_knows_its_time(desk: Desk) -> None:
    job = desk.job()

    with later(days=2):
        now = clock.now()
        desk.make(job, "approve", by="bea")
    with clock.at(now):
        assert desk.history(job)[-1].created_at == job.updated_at == job.approved_at == clock.now()


@on_sqlite
@pytest.mark.parametrize("status", ROUTES)
def test_no_other_action_goes_through(desk: Desk, status: str) -> None:
    job = desk.job(status)

    for action in {arrow.action for arrow in ARROWS} - {arrow.action for arrow in LEAVING[job.status]}:
        with pytest.raises(InvalidTransition) as refusal:
            desk.make(job, action, by="ada", writer="wren")
        assert refusal.value.allowed == tuple(NAMEABLE[job.status])

    assert desk.see(job).version == len(desk.history(job))


def test_an_unknown_action_is_refused(desk: Desk) -> None:
    with refused("'create' is not possible for an order that is pending: it can become approved or cancelled."):
        desk.make(desk.job(), "create", by="ada")


def test_others_learn_nothing_of_it(desk: Desk) -> None:
    job = desk.job("in_progress", client="cleo", writer="wren")

    for stranger in ("wolf", "carl"):
        with refused("There is no such order.", NotFound):
            desk.make(job, "deliver", by=stranger)


def test_what_is_not_there_is_not_found(desk: Desk) -> None:
    job = desk.job()
    job.id = 4711

    with refused("There is no such order.", NotFound):
        desk.make(job, "approve", by="ada")


def test_the_client_cannot_deliver(desk: Desk) -> None:
    with refused("Only Bea (manager) or Wren (writer) can deliver it.", Forbidden):
        desk.make(desk.job("in_progress"), "deliver", by="cleo")


def test_a_rule_is_read_when_asked(desk: Desk) -> None:
    job = desk.job("in_progress")
    desk.rules(editing_is_required=True)

    with refused("The work goes through editing before it is delivered.", ConditionNotMet):
        desk.make(job, "deliver", by="wren")

    desk.rules(editing_is_required=False)
    desk.make(job, "deliver", by="wren")


def test_a_full_writer_gets_no_more(desk: Desk) -> None:
    desk.job("in_progress", writer="wren")
    desk.job("delivered", writer="wren")
    job = desk.job("approved")
    desk.rules(writer_capacity=1)

    with refused("Wren already has 1 of 1 orders in hand.", ConditionNotMet):
        desk.make(job, "assign", by="bea", writer="wren")

    desk.make(job, "assign", by="bea", writer="wolf")


def test_a_writer_claims_for_themself(desk: Desk) -> None:
    job = desk.job("approved")
    desk.rules(writers_may_claim=True)

    desk.make(job, "assign", by="wolf")

    assert (job.status, job.writer and job.writer.name) == (Status.assigned, "Wolf Weber")


def test_who_claims_first_has_it(desk: Desk) -> None:
    job = desk.job("approved")
    desk.rules(writers_may_claim=True)
    desk.make(job, "assign", by="wolf")

    with pytest.raises(NotFound):
        desk.make(job, "assign", by="wren")


def test_a_stale_page_changes_nothing(desk: Desk) -> None:
    job = desk.job("in_progress")
    seen = job.version
    desk.make(job, "submit", by="wren")

    with refused(f"Order {job.display_id} has changed in the meantime", Conflict) as refusal:
        desk.make(job, "deliver", by="bea", version=seen)

    assert isinstance(refusal.value, Conflict)
    assert (refusal.value.job.status, refusal.value.job.version) == (Status.editing, seen + 1)
    assert desk.see(job).status is Status.editing


def test_a_fresh_page_goes_through(desk: Desk) -> None:
    job = desk.job("in_progress")

    desk.make(job, "submit", by="wren", version=job.version)

    assert job.status is Status.editing


def test_a_closed_account_acts_no_more(desk: Desk) -> None:
    job, wren = desk.job("in_progress", writer="wren"), desk.who("wren")
    administration.change(wren.key, {"active": False}, by=desk.who("ada"))

    with refused("This account is no longer active.", Forbidden):
        desk.make(job, "deliver", by="wren")


@on_sqlite
@pytest.mark.parametrize("field", ["note", "revision_notes"])
@pytest.mark.parametrize("words", ["x" * 20_001, "a\x00b", "half a \ud83d"], ids=["too long", "NUL", "half"])
def test_unfit_words_are_refused(desk: Desk, field: str, words: str) -> None:
    job = desk.job("delivered")

    with refused(f"The {field.replace('_', ' ')} ", InvalidField):
        desk.make(job, "request_revision", by="cleo", **{field: words})

    assert desk.see(job).status is Status.delivered


@pytest.mark.parametrize(
    "words", ["x" * 20_000, "So schön! 🎉👩‍👩‍👧", "\u202eשלום עולם\u202c", "a\r\n\tb", "Robert'); DROP--"]
)
def test_a_note_comes_back_unchanged(desk: Desk, words: str) -> None:
    job = desk.job("delivered")

    desk.make(job, "request_revision", by="cleo", note=words)

    assert desk.history(job)[-1].note == job.revision_notes == words
    assert desk.faults() == []


def test_seven_days_are_kept_exactly(desk: Desk) -> None:
    job = desk.job("delivered")

    desk.make(job, "complete", by="cleo")

    assert job.completed_at
    assert job.delete_files_at == job.completed_at + timedelta(days=7)
