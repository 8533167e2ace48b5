"""What may be done now: each caller hears of the actions that are theirs, and of the rest why not."""

from tests.api.caller import By, said
from tests.api.choices import choices, closed_to, open_to, standing
from tests.desk import Desk, on_sqlite
from workflow.people import administration

pytestmark = on_sqlite  # no database decides any of it

# what Cleo, Wren and a manager may do where the order stands
OPEN = {
    "pending": (["cancel"], None, ["approve", "cancel"]),
    "approved": (["cancel"], None, ["assign", "cancel"]),
    "assigned": ([], ["start"], ["start", "cancel"]),
    "in_progress": ([], ["submit", "deliver"], ["submit", "deliver", "cancel"]),
    "editing": ([], [], ["deliver", "cancel"]),
    "delivered": (["request_revision", "complete"], [], ["request_revision", "complete", "cancel"]),
    "revision": ([], ["resume"], ["resume", "cancel"]),
    "revision_pending": ([], [], ["resume", "cancel"]),
    "completed": ([], [], []),
    "cancelled": ([], None, []),
}


def test_everybody_sees_their_own(desk: Desk, by: By) -> None:
    for status, expected in OPEN.items():
        job = standing(desk, status)
        for name, actions in zip(["cleo", "wren", "bob"], expected, strict=True):
            if actions is not None:
                assert (open_to(by(name), job), closed_to(by(name), job)) == (actions, {})


def test_each_way_says_where_it_leads(desk: Desk, by: By) -> None:
    job = standing(desk, "delivered", included_revisions=0, amount=500)
    desk.rules(paid_before_completion=True)

    assert choices(by("cleo"), job) == {
        "currentStatus": "delivered",
        "validActions": ["request_revision"],
        "validTransitions": [{"to": "revision", "action": "request_revision", "hasCondition": True}],
        "blockedActions": [
            {
                "action": "complete",
                "to": "completed",
                "reasons": ["The order is not paid yet. Bea (manager) can record a payment."],
            }
        ],
    }


def test_a_way_under_a_rule_says_so(desk: Desk, by: By) -> None:
    job = desk.job()

    ways = choices(by("bea"), job)["validTransitions"]

    assert [(way["action"], way["hasCondition"]) for way in ways] == [("approve", True), ("cancel", False)]


def test_without_a_manager_the_agency_can(desk: Desk, by: By) -> None:
    job = standing(desk, "delivered", amount=500)
    desk.rules(paid_before_completion=True)

    administration.change(desk.who("bea").key, {"active": False}, by=desk.who("ada"))

    assert closed_to(by("cleo"), job) == {"complete": ["The order is not paid yet. The agency can record a payment."]}


def test_all_reasons_come_at_once(desk: Desk, by: By) -> None:
    job = standing(desk, "in_progress", hold_reason="holidays")
    desk.rules(editing_is_required=True, file_before_delivery=True)

    held = "The order is on hold: holidays. Bea (manager) can lift the hold."
    no_file = "There is no final file yet. You can upload one."
    editing = "The work goes through editing before it is delivered. You can submit it for editing."
    assert closed_to(by("wren"), job) == {"submit": [held, no_file], "deliver": [held, editing, no_file]}


def test_strangers_see_no_actions(desk: Desk, by: By) -> None:
    job = standing(desk, "in_progress")

    for name in ("carl", "wolf"):
        assert said(by(name).get(f"/api/jobs/{job.id}/valid-actions")) == (404, "JOB_NOT_FOUND")
