"""The conditions: each rule of the agency closes its way with one sentence, and opens it again."""

from datetime import timedelta
from typing import Any

import pytest

from models import Rules, clock
from models.status import Status
from tests.desk import people
from tests.workflow.at_hand import AT_HAND, ask, job, send
from workflow.guards import Ask
from workflow.possibilities import ARROWS, judge, taken
from workflow.refusals import ConditionNotMet

NOW = clock.now()
BEFORE, AFTER = NOW - timedelta(hours=1), NOW + timedelta(hours=1)

# who tries what under which rule; with which order it is refused and with which it is not; and the sentence
CASES = {
    "deposit first": (
        ("ada", "approve", "pending", "approved"),
        {"deposit_first": True},
        ({"amount": 999, "amount_paid": 499}, {"amount": 999, "amount_paid": 500}),
        "The deposit of 50 % is not paid yet. You can record a payment.",
    ),
    "another deposit": (
        ("bea", "approve", "pending", "approved"),
        {"deposit_first": True, "deposit_percent": 30},
        ({"amount": 1000, "amount_paid": 299}, {"amount": 1000, "amount_paid": 300}),
        "The deposit of 30 % is not paid yet. You can record a payment.",
    ),
    "paid before completion": (
        ("cleo", "complete", "delivered", "completed"),
        {"paid_before_completion": True},
        ({"amount": 1000, "amount_paid": 999}, {"amount": 1000, "amount_paid": 1000}),
        "The order is not paid yet. Bea (manager) can record a payment.",
    ),
    "paid, but without a manager": (
        ("cleo", "complete", "delivered", "completed"),
        {"paid_before_completion": True},
        ({"amount": 1, "manager": None}, {"amount": 0, "manager": None}),
        "The order is not paid yet. The agency can record a payment.",
    ),
    "file before the editing": (
        ("wren", "submit", "in_progress", "editing"),
        {"file_before_delivery": True},
        ({}, {"final_file_at": BEFORE}),
        "There is no final file yet. You can upload one.",
    ),
    "file before the delivery": (
        ("bea", "deliver", "in_progress", "delivered"),
        {"file_before_delivery": True},
        ({}, {"final_file_at": BEFORE}),
        "There is no final file yet. Wren (writer) can upload one.",
    ),
    "file of an earlier round": (
        ("bea", "deliver", "editing", "delivered"),
        {"file_before_delivery": True},
        (
            {"final_file_at": BEFORE, "revision_requested_at": NOW},
            {"final_file_at": AFTER, "revision_requested_at": NOW},
        ),
        "There is no final file yet. Wren (writer) can upload one.",
    ),
}


@pytest.mark.parametrize("attempt, rules, orders, sentence", CASES.values(), ids=CASES)
def test_a_rule_closes_its_way(
    attempt: tuple[str, str, str, Status],
    rules: dict[str, Any],
    orders: tuple[dict[str, Any], dict[str, Any]],
    sentence: str,
) -> None:
    name, action, source, target = attempt
    short, enough = orders

    assert why_not(action, source, name, Rules(**rules), **short) == (sentence,)
    assert send(action, ask(job(source, **enough), name, Rules(**rules))) == target
    assert send(action, ask(job(source, **short), name)) == target


def test_editing_closes_the_short_way() -> None:
    rules = Rules(editing_is_required=True)

    assert why_not("deliver", "in_progress", "wren", rules) == (
        "The work goes through editing before it is delivered. You can submit it for editing.",
    )
    assert send("deliver", ask(job("in_progress"), "wren")) == "delivered"
    assert send("deliver", ask(job("editing"), "bea", rules)) == "delivered"


@pytest.mark.parametrize(
    "named, sentence",
    [
        (None, "Nobody is named to do the work. You can choose a writer."),
        ("ivy", "Ivy Irving is not an active writer. You can choose another writer."),
        ("bob", "Bob Brandt is not an active writer. You can choose another writer."),
    ],
)
def test_an_active_writer_is_needed(named: str | None, sentence: str) -> None:
    assert why_not("assign", "approved", "bea", Rules(), writer=named) == (sentence,)


@pytest.mark.parametrize(
    "agency, own, load, room",
    [
        (None, None, 99, True),
        (2, None, 1, True),
        (2, None, 2, False),
        (2, None, 3, False),
        (2, 3, 2, True),
        (9, 1, 1, False),
        (9, 0, 0, False),
    ],
)
def test_a_writer_needs_room(agency: int | None, own: int | None, load: int, room: int) -> None:
    wolf = people()["wolf"]
    wolf.capacity = own
    asked = ask(job("approved", writer=None), "bea", Rules(writer_capacity=agency), writer=wolf, load=load)

    limit = agency if own is None else own
    full = f"Wolf already has {load} of {limit} orders in hand. You can choose another writer."
    assert judged("assign", asked) == (() if room else (full,))


@pytest.mark.parametrize("capacity, room", [(1, True), (0, False)])
def test_a_writer_of_whom_nothing_is_said_has_nothing_in_hand(capacity: int, room: bool) -> None:
    unassigned, rules = job("approved", writer=None), Rules(writer_capacity=capacity, writers_may_claim=True)

    assert (judged("assign", ask(unassigned, "bea", rules, writer="wolf")) == ()) is room
    assert (judged("assign", Ask.before_choosing(unassigned, AT_HAND["wolf"], rules)) == ()) is room


def test_nobody_is_chosen_yet() -> None:
    assert judged("assign", ask(job("approved", writer=None), "bea", open_ended=True)) == ()


def test_all_reasons_are_told_together() -> None:
    strict = Rules(editing_is_required=True, file_before_delivery=True)

    assert len(why_not("deliver", "in_progress", "wren", strict, hold_reason="holidays")) == 3


def test_every_rule_has_its_switch() -> None:
    switches = {condition.switch for arrow in ARROWS for condition in arrow.guard.conditions if condition.switch}

    assert switches <= set(Rules.model_fields)
    assert len(switches) == 5


def why_not(action: str, status: str, name: str, rules: Rules, **fields: Any) -> tuple[str, ...]:
    """The reasons with which the machine refuses."""
    named = fields.pop("writer") if action == "assign" else None
    with pytest.raises(ConditionNotMet) as refusal:
        send(action, ask(job(status, **fields), name, rules, writer=named))
    return refusal.value.reasons


def judged(action: str, asked: Any) -> tuple[str, ...]:
    """The reasons that stand in the table."""
    arrow = taken(asked, action)
    assert arrow
    return judge(arrow, asked).reasons
