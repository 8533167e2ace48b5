"""Moving by an action's name: the same lifecycle, asked for in other words."""

import pytest

from models import Job
from tests.api.caller import By, Caller, address, said
from tests.desk import Desk


def test_an_order_moves(desk: Desk, by: By) -> None:
    job = desk.job("approved", title="Tea")

    answer = change(by("bea"), job, newStatus="assigned", action="assign", writerId=desk.who("wren").id, reason="Go")

    assert (answer["success"], answer["order"]) == (True, by("bea").read(job))
    message = f"Order {job.display_id} is now assigned."
    assert answer["transition"] == {"success": True, "newState": "assigned", "message": message}
    assert desk.history(job)[-1].note == "Go"


def test_the_action_may_be_left_out(desk: Desk, by: By) -> None:
    job = desk.job()

    for fields in ({}, {"action": None}):
        assert change(by("bea"), job, newStatus="approved", **fields)["transition"]["newState"] == "approved"

    assert len(desk.history(job)) == 2


def test_the_answer_says_where_it_landed(desk: Desk, by: By) -> None:
    job = desk.job("delivered", included_revisions=0)

    answer = change(by("cleo"), job, newStatus="revision", action="request_revision")

    assert answer["transition"]["newState"] == answer["order"]["status"] == "revision_pending"


@pytest.mark.parametrize("action", ["cancel", "deliver", "nonsense"])
def test_the_action_must_lead_there(desk: Desk, by: By, action: str) -> None:
    job = desk.job()

    answer = by("bea").send(f"{address(job)}/change-status", {"newStatus": "approved", "action": action})

    assert said(answer) == (400, "INVALID_TRANSITION")
    assert answer.json() | {"from": "pending", "to": "approved", "allowed": ["approved", "cancelled"]} == answer.json()
    assert desk.see(job).status == "pending"


def test_the_same_refusals_hold(desk: Desk, by: By) -> None:
    job = desk.put(desk.job("in_progress"), hold_reason="holidays")

    for name, body, code in [
        ("bea", {}, (400, "MISSING_STATUS")),
        ("bea", {"newStatus": "lost"}, (400, "INVALID_STATUS")),
        ("bea", {"newStatus": "delivered", "status": "delivered"}, (422, "INVALID_FIELD")),
        ("wolf", {"newStatus": "delivered"}, (404, "JOB_NOT_FOUND")),
        ("cleo", {"newStatus": "delivered"}, (403, "FORBIDDEN")),
        ("bea", {"newStatus": "completed"}, (400, "INVALID_TRANSITION")),
        ("wren", {"newStatus": "delivered"}, (409, "CONDITION_NOT_MET")),
    ]:
        assert said(by(name).send(f"{address(job)}/change-status", body)) == code


def change(caller: Caller, job: Job, **fields: object) -> dict[str, dict[str, object]]:
    """The answer to a change that goes through."""
    answer = caller.send(f"{address(job)}/change-status", fields)
    assert said(answer) == (200, None)
    return answer.json()
