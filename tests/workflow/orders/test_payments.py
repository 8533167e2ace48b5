"""Payments: staff write down what came in and what went back, and the order knows how far it is paid."""

import pytest

from models import Job, Payment, database
from tests.desk import CAST, Desk, listening, refused
from workflow.orders import payments
from workflow.refusals import Forbidden, InvalidField, NotFound


def test_the_ledger_keeps_every_line(desk: Desk) -> None:
    job = desk.job(amount=10_000)

    record(desk, job, 2_500, by="bea", method="Transfer", reference="RF18")
    record(desk, job, 7_500, by="ada")
    record(desk, job, -1_000, by="bob", reference="too much")

    assert [(line.amount, line.method, line.reference, line.recorder.first_name) for line in ledger(job)] == [
        (2_500, "Transfer", "RF18", "Bea"),
        (7_500, "", "", "Ada"),
        (-1_000, "", "too much", "Bob"),
    ]


@pytest.mark.parametrize(
    "steps, paid, status",
    [
        ([], 0, "unpaid"),
        ([1], 1, "deposit"),
        ([9_999], 9_999, "deposit"),
        ([9_999, 1], 10_000, "paid"),
        ([12_000], 12_000, "paid"),
        ([10_000, -1], 9_999, "deposit"),
        ([10_000, -10_000], 0, "refunded"),
        ([10_000, -10_000, 500], 500, "deposit"),
    ],
)
def test_the_status_follows_the_sum(desk: Desk, steps: list[int], paid: int, status: str) -> None:
    job = desk.job(amount=10_000)

    for amount in steps:
        record(desk, job, amount, by="bea")

    assert (job.amount_paid, job.payment_status) == (paid, status)
    assert sum(line.amount for line in ledger(job)) == paid


def test_no_more_goes_back_than_came(desk: Desk) -> None:
    job = desk.job(amount=10_000)
    record(desk, job, 500, by="bea")

    with refused("No more can go back than came in.", InvalidField):
        record(desk, job, -501, by="bea")
    assert (len(ledger(job)), desk.see(job).amount_paid) == (1, 500)

    record(desk, job, -500, by="bea")
    assert job.payment_status == "refunded"


@pytest.mark.parametrize("amount", [0, 2**31, -(2**31), 10**20])
def test_an_impossible_sum_is_refused(desk: Desk, amount: int) -> None:
    job = desk.job()

    with refused("Say how much was paid", InvalidField):
        record(desk, job, amount, by="bea")

    assert ledger(job) == []


def test_the_sum_has_its_bound_too(desk: Desk) -> None:
    job = desk.job(amount=2**31 - 1)
    record(desk, job, 2**31 - 1, by="bea")

    with refused("This is more than can be recorded.", InvalidField):
        record(desk, job, 1, by="bea")

    assert job.payment_status == "paid"


@pytest.mark.parametrize("field, longest", [("method", 60), ("reference", 200)])
def test_unfit_words_are_refused(desk: Desk, field: str, longest: int) -> None:
    job = desk.job()

    for words in ("x" * (longest + 1), "a\x00b"):
        with refused(f"The {field} ", InvalidField):
            record(desk, job, 1, by="bea", **{field: words})
    record(desk, job, 1, by="bea", **{field: "ü" * longest})

    assert [getattr(line, field) for line in ledger(job)] == ["ü" * longest]


def test_nobody_else_records(desk: Desk) -> None:
    job = desk.job("in_progress", client="cleo", writer="wren")

    for name, kind in [("cleo", Forbidden), ("wren", Forbidden), ("carl", NotFound), ("wolf", NotFound)]:
        with pytest.raises(kind):
            record(desk, job, 1, by=name)

    assert ledger(job) == []


@pytest.mark.parametrize(
    "amount, words", [(1, "A payment of 0.01 EUR has been recorded"), (-2_550, "25.50 EUR have been paid back")]
)
def test_client_and_staff_hear_of_it(desk: Desk, amount: int, words: str) -> None:
    job = desk.put(desk.job("in_progress", title="Tea", manager="bob"), amount_paid=2_550)

    with listening() as heard:
        record(desk, job, amount, by="bea")

    told = {name: [line for line in desk.notifications(name) if line.type == "payment_recorded"] for name in CAST}
    assert {name for name, lines in told.items() if lines} == {"cleo", "bea", "bob", "ada"}
    assert {(line.title, line.message) for lines in told.values() for line in lines} == {
        (f"Order {job.display_id} Payment", f'Order "Tea": {words}')
    }
    assert [line.user_id for line in heard[0].notifications if line.read] == [desk.who("bea").id]


def test_a_final_order_can_be_refunded(desk: Desk) -> None:
    job = desk.put(desk.job("cancelled", amount=500), amount_paid=500)

    record(desk, job, -500, by="ada")

    assert (job.payment_status, job.status) == ("refunded", "cancelled")


def test_a_payment_is_no_change_of_status(desk: Desk) -> None:
    job = desk.job("delivered", amount=500)
    lines, version = len(desk.history(job)), job.version

    record(desk, job, 500, by="ada")

    assert (job.status, len(desk.history(job))) == ("delivered", lines)
    assert job.version == version + 1
    assert desk.faults() == []


def record(desk: Desk, job: Job, amount: int, *, by: str, **more: str) -> None:
    """Write a payment down; the job in hand is then as it is in the database."""
    payments.record(job.key, amount, by=desk.who(by), **more)
    desk.see(job)


def ledger(job: Job) -> list[Payment]:
    """What was written down, oldest line first."""
    with database.reading() as session:
        return Payment.of(session, job.key)
