"""The preview and the outcome: a hundred mixed orders, and both say the same of each."""

from collections import Counter
from typing import Any

import pytest

from tests.api.bulk.wishes import preview, update
from tests.api.caller import By
from tests.desk import Desk
from tests.workflow.orders.mixed import STRICT, hundred

WISHES: dict[str, dict[str, Any]] = {
    "deliver": {"status": "delivered", "action": "deliver"},
    "assign to a writer with little room": {"status": "assigned", "writerId": "wolf"},
    "some to confirm": {"status": "revision"},
}


@pytest.mark.parametrize("fields", WISHES.values(), ids=WISHES)
def test_the_preview_is_the_outcome(desk: Desk, by: By, fields: dict[str, Any]) -> None:
    ids, wish = hundred(desk), dict(fields)
    desk.rules(**STRICT)
    if "writerId" in wish:
        wish["writerId"] = desk.who(wish["writerId"]).id

    seen = preview(by("bea"), *ids, **wish)
    done = update(by("bea"), *ids, previewToken=seen["previewToken"], **wish)

    foreseen = [(order["orderId"], order["eligible"], " ".join(order["reasons"])) for order in seen["orders"]]
    assert foreseen == [(line["orderId"], line["success"], line.get("error", "")) for line in done["results"]]
    assert [order_id for order_id, *_ in foreseen] == ids
    assert (seen["eligibleOrders"], seen["ineligibleOrders"]) == (done["successCount"], done["failureCount"])
    assert 0 < done["successCount"] < done["totalOrders"] == 100


def test_the_preview_counts(desk: Desk, by: By) -> None:
    ids = hundred(desk, 30)

    seen = preview(by("ada"), *ids, 4711, status="in_progress")

    assert sum(seen["statusDistribution"].values()) == 30
    assert set(seen["statusDistribution"].values()) == {3}
    reasons = [reason for order in seen["orders"] for reason in order["reasons"]]
    assert Counter(seen["potentialIssues"]) == Counter(set(reasons))
    assert seen["potentialIssues"][-1] == "There is no such order."


def test_the_outcome_counts(desk: Desk, by: By) -> None:
    orders = [desk.job(), desk.job(), desk.put(desk.job(), hold_reason="holidays"), desk.job("approved")]

    done = update(by("bea"), *orders, 4711, reason="Monday")

    held = "The order is on hold: holidays. You can lift the hold."
    assert done["summary"] == {
        "statusTransitions": {"pending_to_approved": 2, "approved_to_approved": 1},
        "errors": {held: 1, "There is no such order.": 1},
    }
    assert (done["totalOrders"], done["successCount"], done["failureCount"]) == (5, 3, 2)
    assert done["results"][0] == {
        "orderId": orders[0].id,
        "success": True,
        "previousStatus": "pending",
        "newStatus": "approved",
    }
    assert done["results"][2] == {
        "orderId": orders[2].id,
        "success": False,
        "error": held,
        "code": "CONDITION_NOT_MET",
    }
    assert [desk.history(order)[-1].note for order in orders] == ["Monday", "Monday", None, None]


def test_the_same_sentence_is_everywhere(desk: Desk, by: By) -> None:
    job = desk.put(desk.job(amount=500), hold_reason="holidays")
    desk.rules(deposit_first=True)

    (order,) = preview(by("bea"), job)["orders"]
    (line,) = update(by("bea"), job)["results"]

    (blocked,) = by("bea").get(f"/api/jobs/{job.id}/valid-actions").json()["blockedActions"]
    refusal = by("bea").move(job, "approved").json()
    assert order["reasons"] == blocked["reasons"] == refusal["reasons"]
    assert line["error"] == refusal["error"] == " ".join(order["reasons"])
    assert len(order["reasons"]) == 2
