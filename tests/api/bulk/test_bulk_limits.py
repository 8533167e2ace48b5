"""The limits of bulk work: a hundred orders at once, each named once, by staff alone."""

from typing import Any

import pytest

from tests.api.bulk.wishes import BULK, ask, preview, update
from tests.api.caller import By, said
from tests.desk import Desk, on_sqlite
from workflow import limits

pytestmark = on_sqlite  # no database decides any of it


@pytest.mark.parametrize("what", ["preview", "status-update"])
def test_a_hundred_are_enough(desk: Desk, by: By, what: str) -> None:
    job = desk.job()

    assert said(ask(by("bea"), what, *range(1, 102))) == (400, "TOO_MANY_ORDERS")
    assert said(ask(by("bea"), what)) == (400, "NO_ORDERS")
    assert desk.see(job).status == "pending"
    assert said(ask(by("bea"), what, *range(1, 101))) == (200, None)


def test_an_order_named_twice_counts_once(desk: Desk, by: By) -> None:
    job, other = desk.job(), desk.job()

    seen = preview(by("bea"), *[job, other] * 60)
    done = update(by("bea"), *[job, other] * 60, previewToken=seen["previewToken"])

    assert [order["orderId"] for order in seen["orders"]] == [job.id, other.id]
    assert (done["totalOrders"], done["successCount"]) == (2, 2)
    assert len(desk.history(job)) == 2


@pytest.mark.parametrize("name", ["cleo", "wren"])
def test_only_staff_work_in_bulk(desk: Desk, by: By, name: str) -> None:
    job = desk.job("in_progress", client="cleo", writer="wren")

    assert said(ask(by(name), "preview", job)) == (403, "FORBIDDEN")
    assert said(ask(by(name), "status-update", job, status="delivered")) == (403, "FORBIDDEN")
    assert said(by(name).send(f"{BULK}/filter", {})) == (403, "FORBIDDEN")
    assert said(by(name).get(f"{BULK}/1/export")) == (403, "FORBIDDEN")
    assert desk.see(job).status == "in_progress"


BAD: list[tuple[dict[str, Any], tuple[int, str]]] = [
    ({}, (400, "MISSING_STATUS")),
    ({"orderIds": [1]}, (400, "MISSING_STATUS")),
    ({"orderIds": [], "newStatus": "lost"}, (400, "INVALID_STATUS")),
    ({"newStatus": "approved"}, (422, "INVALID_FIELD")),
    ({"orderIds": None, "newStatus": "approved"}, (422, "INVALID_FIELD")),
    ({"orderIds": "1", "newStatus": "approved"}, (422, "INVALID_FIELD")),
    ({"orderIds": [1, 0], "newStatus": "approved"}, (422, "INVALID_FIELD")),
    ({"orderIds": [True], "newStatus": "approved"}, (422, "INVALID_FIELD")),
    ({"orderIds": [10**30], "newStatus": "approved"}, (422, "INVALID_FIELD")),
    ({"orderIds": [1], "newStatus": "assigned", "writerId": 4711}, (422, "INVALID_FIELD")),
    ({"orderIds": [1], "newStatus": "approved", "note": "?"}, (422, "INVALID_FIELD")),
]


@pytest.mark.parametrize("what", ["preview", "status-update"])
def test_what_is_no_wish(desk: Desk, by: By, what: str) -> None:
    for body, refusal in BAD:
        limits.forget()
        assert said(by("bea").send(f"{BULK}/{what}", body)) == refusal


def test_unknown_orders_are_reported(desk: Desk, by: By) -> None:
    job = desk.job()

    done = update(by("bea"), 4711, job, 2**31 - 1)

    assert [(line["success"], line.get("code")) for line in done["results"]] == [
        (False, "JOB_NOT_FOUND"),
        (True, None),
        (False, "JOB_NOT_FOUND"),
    ]
