"""Money: a decimal string with as many decimals as the job's currency has."""

import pytest

from models import Agency, database
from tests.api.caller import By, said
from tests.desk import Desk, on_sqlite

pytestmark = on_sqlite  # no database decides any of it

GIVEN = [("120.50", "120.50"), (120.5, "120.50"), ("7", "7.00"), (7, "7.00"), (0, "0.00"), (0.07, "0.07")]
GIVEN += [("21474836.47", "21474836.47"), ("1000", "1000.00"), ("00.10", "0.10")]


def test_two_decimals(desk: Desk, by: By) -> None:
    for given, amount in GIVEN:
        job = by("cleo").place(amount=given).json()

        assert (job["amount"], job["amountPaid"], job["currency"]) == (amount, "0.00", "EUR")


@pytest.mark.parametrize(
    "currency, given, amount",
    [("JPY", "1200", "1200"), ("JPY", "1200.0", "1200"), ("KWD", "1.234", "1.234"), ("USD", "0.1", "0.10")],
)
def test_as_many_as_the_currency_has(desk: Desk, by: By, currency: str, given: str, amount: str) -> None:
    with database.writing() as session:
        session.add(Agency(name="Paper & Ink", currency=currency))

    job = by("cleo").place(amount=given).json()

    assert (job["amount"], job["currency"]) == (amount, currency)
    assert by("cleo").read(job["id"])["amount"] == amount


@pytest.mark.parametrize("given", ["1e3", "1,000", "1_000", "١٢", " 12 ", "", "12,50", True])
def test_programs_write_plain_decimals(desk: Desk, by: By, given: object) -> None:
    answer = by("cleo").place(amount=given)

    assert (*said(answer), answer.json()["field"]) == (422, "INVALID_FIELD", "amount")


@pytest.mark.parametrize("currency, given", [("EUR", "0.001"), ("JPY", "0.5"), ("KWD", "1.2345")])
def test_but_no_more(desk: Desk, by: By, currency: str, given: str) -> None:
    with database.writing() as session:
        session.add(Agency(name="Paper & Ink", currency=currency))

    answer = by("cleo").place(amount=given)

    assert (*said(answer), answer.json()["field"]) == (422, "INVALID_FIELD", "amount")
    assert currency in answer.json()["error"]


def test_what_is_paid_shows(desk: Desk, by: By) -> None:
    job = desk.job(amount=12_050)

    for paid, shown in [(0, ("0.00", "unpaid")), (5, ("0.05", "deposit")), (12_050, ("120.50", "paid"))]:
        seen = by("cleo").read(desk.put(job, amount_paid=paid))
        assert (seen["amountPaid"], seen["paymentStatus"]) == shown
