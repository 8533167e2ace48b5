"""The ledger, by program: staff write down what was paid, the client reads it, the writer never."""

from typing import Any

import httpx
import pytest

from models import Job
from tests.api.caller import By, Caller, address, said
from tests.desk import Desk


def test_a_payment_is_written_and_read(desk: Desk, by: By) -> None:
    job = desk.job(amount=12_050)

    answer = pay(by("bea"), job, "20.50", method="Transfer", reference="RF18")

    assert answer.status_code == 201
    assert (
        answer.json()
        | {
            "jobId": job.id,
            "amount": "20.50",
            "currency": "EUR",
            "method": "Transfer",
            "reference": "RF18",
            "recordedBy": desk.who("bea").id,
            "recordedByName": "Bea Baker",
        }
        == answer.json()
    )
    assert ledger(by("cleo"), job) == ledger(by("ada"), job) == [answer.json()]
    assert answer.json()["createdAt"].endswith("Z")


def test_the_order_knows_how_far_it_is_paid(desk: Desk, by: By) -> None:
    job = desk.job(amount=12_050)

    told = []
    for amount in ("0.01", "120.49", "-0.01", "-120.49", 1, 2.5):
        pay(by("bea"), job, amount)
        seen = by("cleo").read(job)
        told.append((seen["amountPaid"], seen["paymentStatus"]))

    assert told == [
        ("0.01", "deposit"),
        ("120.50", "paid"),
        ("120.49", "deposit"),
        ("0.00", "refunded"),
        ("1.00", "deposit"),
        ("3.50", "deposit"),
    ]


def test_writers_have_no_part_in_it(desk: Desk, by: By) -> None:
    job = desk.put(desk.job("in_progress", writer="wren", amount=500), amount_paid=100)

    assert said(by("wren").get(f"{address(job)}/payments")) == (403, "FORBIDDEN")
    seen = by("wren").read(job)
    assert (seen["amount"], seen["amountPaid"], seen["paymentStatus"]) == (None, None, None)


def test_nobody_but_staff_records(desk: Desk, by: By) -> None:
    job = desk.job("in_progress", client="cleo", writer="wren", amount=500)

    for name, code in [("cleo", 403), ("wren", 403), ("carl", 404), ("wolf", 404)]:
        assert pay(by(name), job, "5").status_code == code
    for name in ("carl", "wolf"):
        assert said(by(name).get(f"{address(job)}/payments")) == (404, "JOB_NOT_FOUND")

    assert ledger(by("ada"), job) == []


@pytest.mark.parametrize(
    "amount", [0, "0.00", "1.005", "-0.001", "NaN", "Infinity", "five", "", None, True, [], "21474836.48", "1e99"]
)
def test_an_odd_sum_is_refused(desk: Desk, by: By, amount: object) -> None:
    job = desk.job(amount=500)

    answer = pay(by("bea"), job, amount)

    assert (*said(answer), answer.json()["field"]) == (422, "INVALID_FIELD", "amount")
    assert ledger(by("bea"), job) == []


def test_no_more_goes_back_than_came(desk: Desk, by: By) -> None:
    job = desk.put(desk.job(amount=500), amount_paid=500)

    answer = pay(by("bea"), job, "-5.01")

    assert said(answer) == (422, "INVALID_FIELD")
    assert answer.json()["error"] == "No more can go back than came in."
    assert pay(by("bea"), job, "-5.00").status_code == 201


def test_a_currency_without_cents(desk: Desk, by: By) -> None:
    job = desk.put(desk.job(amount=500), currency="JPY")

    assert said(pay(by("bea"), job, "5.5")) == (422, "INVALID_FIELD")
    assert pay(by("bea"), job, "250").json()["amount"] == "250"
    assert by("cleo").read(job)["amountPaid"] == "250"


def test_a_payment_opens_the_way(desk: Desk, by: By) -> None:
    job = desk.job(amount=500)
    desk.rules(deposit_first=True)

    assert said(by("bea").move(job, "approved")) == (409, "CONDITION_NOT_MET")
    pay(by("bea"), job, "2.50")
    assert said(by("bea").move(job, "approved")) == (200, None)


def pay(caller: Caller, job: Job, amount: object, **more: object) -> httpx.Response:
    """Write down a payment."""
    return caller.send(f"{address(job)}/payments", {"amount": amount, **more})


def ledger(caller: Caller, job: Job) -> list[dict[str, Any]]:
    """What was written down."""
    return caller.get(f"{address(job)}/payments").json()
