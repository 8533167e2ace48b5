"""Reversals: a payment booked twice is noticed, and taken back by a line that names it."""

import pytest

from models import Job, Payment, database
from tests.desk import Desk, later, refused
from workflow.orders import payments
from workflow.refusals import ConditionNotMet, Forbidden, InvalidField


def paid(desk: Desk, job: Job, amount: int = 500) -> Payment:
    """Bea records a payment."""
    return payments.record(job.key, amount, by=desk.who("bea"), method="Card", reference="7")


def reverse(desk: Desk, job: Job, line: Payment, by: str = "bea") -> Payment:
    """Somebody takes back a line."""
    return payments.reverse(job.key, line.id or 0, by=desk.who(by))


def test_the_same_again_is_noticed(desk: Desk) -> None:
    job = desk.job(amount=1000)
    line = paid(desk, job)

    with database.reading() as session:
        found = payments.twin(session, job, 500, "Card", "7")
        assert found
        assert found.id == line.id
        for other in ((501, "Card", "7"), (500, "Cash", "7"), (500, "Card", "8")):
            assert payments.twin(session, job, *other) is None
        with later(days=1):
            assert payments.twin(session, job, 500, "Card", "7") is None


def test_a_line_takes_back_another(desk: Desk) -> None:
    job = desk.job(amount=1000)
    line = paid(desk, job)

    back = reverse(desk, job, line)

    assert (back.amount, back.reverses_id) == (-500, line.id)
    assert (desk.see(job).amount_paid, job.payment_status) == (0, "unpaid")
    assert desk.news_of("cleo")[-1].endswith("A payment of 5.00 EUR that was recorded by mistake has been reversed")
    for each, why in ((line, "This payment is reversed already."), (back, "This line takes a payment back")):
        with refused(why, ConditionNotMet):
            reverse(desk, job, each)


def test_a_refund_that_was_none_is_taken_back(desk: Desk) -> None:
    job = desk.job(amount=500)
    paid(desk, job)
    refund = paid(desk, job, -500)

    reverse(desk, job, refund)

    assert desk.see(job).payment_status == "paid"


def test_another_orders_payment_is_not_there(desk: Desk) -> None:
    job, other = desk.job(), desk.job()

    with refused("There is no such payment.", InvalidField):
        reverse(desk, job, paid(desk, other))


@pytest.mark.parametrize("name", ["cleo", "wren"])
def test_nobody_else_reverses(desk: Desk, name: str) -> None:
    job = desk.job("in_progress")
    line = paid(desk, job)

    with refused("Only the agency can reverse payments.", Forbidden):
        reverse(desk, job, line, by=name)
