"""Asking: who stands before a closed way can send its sentence to those who could clear it."""

from typing import Any

import pytest

from models import Job
from tests.desk import CAST, Desk, later, listening, on_sqlite, refused
from workflow.orders import help_requests
from workflow.people import administration
from workflow.refusals import ConditionNotMet, Forbidden, NotFound

pytestmark = on_sqlite  # no database decides any of it

# who asks for what, where the order stands, under which rule and how it is; who is asked, and what they read
CASES: dict[str, tuple[str, str, str, dict[str, Any], dict[str, Any], set[str], str]] = {
    "the client, to be able to complete": (
        "cleo", "complete", "delivered", {"paid_before_completion": True}, {"amount": 5},
        {"bea"}, "Cleo asks: The order is not paid yet.",
    ),
    "a manager, of the manager of the order": (
        "bob", "approve", "pending", {"deposit_first": True}, {"amount": 5, "manager": "bea"},
        {"bea"}, "Bob asks: The deposit of 50 % is not paid yet.",
    ),
    "the writer, to go on": (
        "wren", "start", "assigned", {}, {"hold_reason": "holidays"},
        {"bea"}, "Wren asks: The order is on hold: holidays.",
    ),
    "the agency, when nobody manages it": (
        "wren", "start", "assigned", {}, {"hold_reason": "holidays", "manager": None},
        {"bea", "bob", "ada"}, "Wren asks: The order is on hold: holidays.",
    ),
    "the manager, of the writer": (
        "bea", "deliver", "in_progress", {"file_before_delivery": True}, {},
        {"wren"}, "Bea asks: There is no final file yet.",
    ),
    "two at once": (
        "ada", "deliver", "in_progress", {"editing_is_required": True}, {"hold_reason": "holidays"},
        {"bea", "wren"},
        "Ada asks: The order is on hold: holidays. The work goes through editing before it is delivered.",
    ),
    "a writer without room": (
        "wolf", "assign", "approved", {"writers_may_claim": True, "writer_capacity": 1}, {"manager": None},
        {"bea", "bob", "ada"}, "Wolf asks: Wolf already has 1 of 1 orders in hand.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("asker, action, status, rules, fields, asked, words", CASES.values(), ids=CASES)
def test_who_could_clear_it_is_asked(
    desk: Desk,
    asker: str,
    action: str,
    status: str,
    rules: dict[str, Any],
    fields: dict[str, Any],
    asked: set[str],
    words: str,
) -> None:
    desk.put(desk.job(), status="editing", writer_id=desk.who("wolf").id)
    job = standing(desk, status, **fields)
    desk.rules(**rules)

    with listening() as heard:
        helpers = help_requests.ask_for(job.key, action, by=desk.who(asker))

    told = {name: desk.news_of(name) for name in CAST if desk.news_of(name)}
    assert told == {name: [f'Order "Tea": {words}'] for name in asked}
    assert {user.id for user in helpers} == {desk.who(name).id for name in asked}
    assert {(line.type, line.title) for line in heard[0].notifications} == {
        ("help_asked", f"Order {job.display_id} Needs you")
    }


def test_once_an_hour_is_enough(desk: Desk) -> None:
    job, other = (standing(desk, "assigned", hold_reason="holidays") for _ in range(2))
    help_requests.ask_for(job.key, "start", by=desk.who("wren"))

    for minutes, name in [(0, "wren"), (59.9, "bob")]:
        with later(minutes=minutes), refused("Somebody asked about this order less than an hour ago."):
            help_requests.ask_for(job.key, "start", by=desk.who(name))
    help_requests.ask_for(other.key, "start", by=desk.who("wren"))
    with later(minutes=60):
        help_requests.ask_for(job.key, "start", by=desk.who("wren"))

    assert len(desk.news_of("bea")) == 3


def test_nobody_asks_themself(desk: Desk) -> None:
    job = standing(desk, "assigned", hold_reason="holidays", manager="bea")

    with refused("Nobody else can help with this.", ConditionNotMet):
        help_requests.ask_for(job.key, "start", by=desk.who("bea"))

    assert not any(desk.news_of(name) for name in CAST)


@pytest.mark.parametrize("name, action", [("wren", "start"), ("wren", "deliver"), ("cleo", "start"), ("bea", "x")])
def test_without_an_obstacle_nothing_is_asked(desk: Desk, name: str, action: str) -> None:
    job = standing(desk, "assigned", hold_reason="holidays" if name == "cleo" else None)

    with refused("Nothing that others could clear is in the way.", ConditionNotMet):
        help_requests.ask_for(job.key, action, by=desk.who(name))

    assert not any(desk.news_of(name) for name in CAST)


def test_a_writer_who_left_is_not_replaced(desk: Desk) -> None:
    job = standing(desk, "in_progress")
    desk.rules(file_before_delivery=True)
    administration.change(desk.who("wren").key, {"active": False}, by=desk.who("ada"))

    with refused("Nobody else can help with this.", ConditionNotMet):
        help_requests.ask_for(job.key, "deliver", by=desk.who("bea"))

    assert not any(desk.news_of(name) for name in CAST)


def test_a_manager_who_left_is_replaced(desk: Desk) -> None:
    job = standing(desk, "assigned", hold_reason="holidays")
    administration.change(desk.who("bea").key, {"active": False}, by=desk.who("ada"))

    helpers = help_requests.ask_for(job.key, "start", by=desk.who("wren"))

    assert [user.first_name for user in helpers] == ["Ada", "Bob"]


def test_strangers_ask_for_nothing(desk: Desk) -> None:
    job = standing(desk, "assigned", hold_reason="holidays")

    for name, kind in [("wolf", NotFound), ("carl", NotFound), ("ivy", Forbidden)]:
        with pytest.raises(kind):
            help_requests.ask_for(job.key, "start", by=desk.who(name))


def standing(desk: Desk, status: str, manager: str | None = "bea", **fields: Any) -> Job:
    """An order of Cleo's called Tea that stands there; Wren works on it, if anybody does."""
    fields |= {"manager_id": manager and desk.who(manager).id, "status": status}
    fields |= {"writer_id": None if status in ("pending", "approved") else desk.who("wren").id}
    job = desk.put(desk.job(title="Tea"), **fields)
    desk.sql("UPDATE notifications SET read = true")
    return job
