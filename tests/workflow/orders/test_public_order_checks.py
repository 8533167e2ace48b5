"""Public orders, checked: what does not fit is refused, and nobody can have letters sent without end."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from models import OrderRequest
from tests.desk import Desk, later, on_sqlite, refused
from tests.workflow.orders.strangers import MENU, SUE, asked, open_the_form, stored
from workflow import budgets
from workflow.orders import public_orders, terms
from workflow.refusals import InvalidField, TooOften


@pytest.fixture(autouse=True)
def form_is_open(desk: Desk) -> None:
    """In these stories, strangers may order."""
    open_the_form(desk)


@on_sqlite
@pytest.mark.parametrize(
    "changes, sentence",
    [
        ({"title": " "}, "The title is missing."),
        ({"title": "x" * 201}, "The title is too long"),
        ({"title": "Tea\x00"}, "The title must not contain NUL"),
        ({"instructions": "half \ud83d"}, "The instructions must not contain half"),
        ({"quantity": 0}, "The quantity must be between 1"),
        ({"quantity": 2**31 - 1}, "The amount must be between 0"),
        ({"work_type": "Statue"}, terms.GONE),
        ({"work_type": "Text\x00"}, "The kind of work must not contain NUL"),
        ({"work_type": "", "unit": "u" * 31}, "The unit is too long"),
        ({"deadline": datetime(2027, 1, 1)}, "The deadline needs a time zone"),  # noqa: DTZ001 - that is the point
        ({"answers": (("For whom?", "x" * 20_001),)}, "The answer is too long"),
    ],
    ids=str,
)
def test_an_order_that_does_not_fit_is_refused(desk: Desk, changes: dict[str, Any], sentence: str) -> None:
    with refused(sentence, InvalidField):
        public_orders.request(replace(MENU, **changes), SUE)

    assert (stored(OrderRequest), desk.letters()) == ([], [])


@on_sqlite
@pytest.mark.parametrize(
    "changes, sentence",
    [
        ({"name": ""}, "The name is missing."),
        ({"name": "S" * 101}, "The name is too long"),
        ({"email": "sue"}, "This does not look like an e-mail address."),
        ({"email": "sue@example.com\nBcc: all@example.com"}, "This does not look like an e-mail address."),
        ({"email": f"{'s' * 250}@example.com"}, "The e-mail address is too long"),
        ({"time_zone": "Moon/Base"}, "is not a time zone."),
    ],
    ids=str,
)
def test_a_stranger_must_say_who_they_are(desk: Desk, changes: dict[str, str], sentence: str) -> None:
    with refused(sentence, InvalidField):
        public_orders.request(MENU, replace(SUE, **changes))

    assert desk.letters() == []


@pytest.mark.parametrize("email", ["sue@example.com", "cleo@example.com", "bea@example.com"])
def test_nobodys_mailbox_is_flooded(desk: Desk, email: str) -> None:
    for number in range(3):
        asked(desk, replace(SUE, email=email), replace(MENU, title=f"Menu {number}"))

    with refused(budgets.CONFIRMATIONS.says, TooOften):
        public_orders.request(MENU, replace(SUE, email=email.upper()))

    assert len(desk.letters()) == 3
    asked(desk, replace(SUE, email="carl@example.com"))
    with later(days=1, seconds=1):
        asked(desk, replace(SUE, email=email))


def test_one_network_asks_ten_times_an_hour(desk: Desk) -> None:
    for number in range(10):
        asked(desk, replace(SUE, email=f"{number}@example.com", remote=f"2001:db8:0:1::{number}"))

    with refused(budgets.PUBLIC_ORDERS.says, TooOften):
        public_orders.request(MENU, replace(SUE, remote="2001:db8:0:1:ffff::1"))

    asked(desk, replace(SUE, remote="2001:db8:0:2::1"))
