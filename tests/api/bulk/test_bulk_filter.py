"""The filter: which orders fit, by each thing that can be asked for."""

from datetime import timedelta
from typing import Any

import pytest

from models import clock
from tests.api.bulk.wishes import BULK
from tests.api.caller import By, said
from tests.desk import Desk

START = clock.now()


@pytest.fixture
def orders(desk: Desk) -> None:
    """Five orders, a day apart."""
    wolf = desk.who("wolf").id
    for day, (title, client, fields) in enumerate([
        ("unpaid", "cleo", {"amount": 1000}),
        ("deposit", "cleo", {"amount": 1000, "amount_paid": 1, "status": "approved"}),
        ("paid", "carl", {"amount": 2000, "amount_paid": 2000, "status": "editing", "writer_id": wolf}),
        ("refunded", "carl", {"amount": 3000, "is_refunded": True, "status": "cancelled"}),
        ("free", "carl", {"amount": 0, "status": "completed", "writer_id": wolf}),
    ]):  # fmt: skip
        desk.put(desk.job(client=client, title=title), created_at=START + timedelta(days=day), **fields)


def at(days: float) -> str:
    """A moment so many days after the first order."""
    return (START + timedelta(days=days)).isoformat()


CASES: dict[str, tuple[dict[str, Any], str]] = {
    "everything": ({}, "free refunded paid deposit unpaid"),
    "a status": ({"status": ["editing"]}, "paid"),
    "some statuses": ({"status": ["editing", "pending", "delivered"]}, "paid unpaid"),
    "nothing paid": ({"paymentStatus": ["unpaid"]}, "free unpaid"),
    "something paid": ({"paymentStatus": ["deposit"]}, "deposit"),
    "all paid": ({"paymentStatus": ["paid"]}, "paid"),
    "paid back": ({"paymentStatus": ["refunded"]}, "refunded"),
    "more than one": ({"paymentStatus": ["paid", "refunded"]}, "refunded paid"),
    "from a day on": ({"dateRange": {"start": at(3)}}, "free refunded"),
    "before a day": ({"dateRange": {"end": at(1)}}, "unpaid"),
    "in between": ({"dateRange": {"start": at(1), "end": at(3)}}, "paid deposit"),
    "at least": ({"minAmount": "20.00"}, "refunded paid"),
    "at most": ({"maxAmount": "10.00"}, "free deposit unpaid"),
    "just": ({"minAmount": 10, "maxAmount": 10}, "deposit unpaid"),
    "Carl's": ({"clientId": "carl"}, "free refunded paid"),
    "Wolf's": ({"writerId": "wolf"}, "free paid"),
    "all together": ({"clientId": "carl", "status": ["editing"], "minAmount": 1, "paymentStatus": ["paid"]}, "paid"),
}


@pytest.mark.usefixtures("orders")
def test_each_criterion_sifts(desk: Desk, by: By) -> None:
    for number, (wanted, titles) in enumerate(CASES.values()):
        people = {field: desk.who(wanted[field]).id for field in ("clientId", "writerId") if field in wanted}
        found = by(("bea", "bob")[number % 2]).send(f"{BULK}/filter", wanted | people).json()

        assert [job["title"] for job in found["orders"]] == titles.split()
        assert found["totalCount"] == len(titles.split())


@pytest.mark.usefixtures("orders")
def test_the_count_is_of_all(desk: Desk, by: By) -> None:
    found = by("bea").send(f"{BULK}/filter", {"limit": 2}).json()

    assert [job["title"] for job in found["orders"]] == ["free", "refunded"]
    assert found["totalCount"] == 5
    assert found["orders"][0] == by("bea").read(found["orders"][0]["id"])


BAD: list[tuple[dict[str, Any], str]] = [
    ({"limit": 0}, "limit"),
    ({"limit": 501}, "limit"),
    ({"paymentStatus": ["lost"]}, "paymentStatus"),
    ({"dateRange": {"start": "2026-01-01T00:00:00"}}, "dateRange"),
    ({"minAmount": "1.005"}, "minAmount"),
    ({"maxAmount": -1}, "maxAmount"),
    ({"maxAmount": "9999999999"}, "maxAmount"),
    ({"clientId": 0}, "clientId"),
    ({"statuses": []}, "statuses"),
]


def test_odd_criteria_are_refused(desk: Desk, by: By) -> None:
    for wanted, field in BAD:
        answer = by("ada").send(f"{BULK}/filter", wanted)
        assert (*said(answer), answer.json()["field"]) == (422, "INVALID_FIELD", field)


def test_an_unknown_status_is_refused(desk: Desk, by: By) -> None:
    assert said(by("ada").send(f"{BULK}/filter", {"status": ["lost"]})) == (400, "INVALID_STATUS")
