"""How clients pay: an IBAN is checked as it is typed, and a code fills in what is due."""

import pytest

from models import database
from models.agency import Agency
from models.rules import Rules
from tests.desk import Desk, on_sqlite, refused
from workflow import paying
from workflow.paying import HowToPay
from workflow.people import agency
from workflow.refusals import InvalidField


@pytest.fixture(autouse=True)
def named(desk: Desk) -> None:
    """The agency has its name."""
    with database.writing() as session:
        session.add(Agency(name="Paper & Ink"))


def test_an_agency_says_how_it_is_paid(desk: Desk) -> None:
    agency.set_how_to_pay("By transfer, please.", "de89 3704 0044 0532 0130 00", "", by=desk.who("ada"))

    with database.reading() as session:
        how = HowToPay.read(session)

    assert (how.words, how.spelt) == ("By transfer, please.", "DE89 3704 0044 0532 0130 00")
    assert (how.code(desk.job("delivered", amount=12_000)) or "").startswith("data:image/svg+xml")
    assert how.code(desk.put(desk.job("delivered", amount=12_000), currency="JPY")) is None
    assert how.code(desk.put(desk.job("delivered", amount=100), amount_paid=100)) is None


@on_sqlite
@pytest.mark.parametrize("iban", ["DE88370400440532013000", "DE89", "89DE370400440532013000", "ÄE89370400440532013000"])
def test_a_mistyped_iban_is_found(desk: Desk, iban: str) -> None:
    with refused("This is no IBAN", InvalidField):
        agency.set_how_to_pay("", iban, "", by=desk.who("ada"))


@on_sqlite
def test_an_order_waits_for_its_deposit_or_what_was_delivered(desk: Desk) -> None:
    def waits(status: str, **rules: bool) -> bool:
        return paying.is_awaited(desk.put(desk.job(status, amount=100), amount_paid=49), Rules(**rules))

    assert [waits("pending"), waits("pending", deposit_first=True)] == [False, True]
    assert [waits(status) for status in ("approved", "delivered", "completed", "cancelled")] == [
        False,
        True,
        True,
        False,
    ]


@on_sqlite
def test_who_was_refunded_is_not_asked_to_pay(desk: Desk) -> None:
    job = desk.put(desk.job("completed", amount=100), amount_paid=0, is_refunded=True)

    assert not paying.is_awaited(job, Rules())


def test_where_nobody_is_named_the_account_is_the_agencys(desk: Desk) -> None:
    agency.set_how_to_pay("", "DE89370400440532013000", "", by=desk.who("ada"))

    with database.reading() as session:
        how = HowToPay.read(session)

    assert (how.holder, how.payee) == ("", "Paper & Ink")
