"""Strangers: who orders without an account, what they want, and the letter that comes to them."""

import re
from typing import Any

from sqlmodel import select

from models import database
from tests.desk import Desk
from workflow.orders import public_orders, work_types
from workflow.orders.public_orders import Stranger
from workflow.orders.terms import Order
from workflow.orders.work_types import Offer

SUE = Stranger("Sue Stone", "sue@example.com", "Europe/Vienna", "192.0.2.7")
MENU = Order("Menu for the summer", "Make it light.", "Text", 1500, answers=(("For whom?", "Guests"),))


def open_the_form(desk: Desk) -> None:
    """Set the rule, and write a price list."""
    desk.rules(public_orders=True)
    work_types.save(Offer("Text", "words", 5, questions=("For whom?",)), by=desk.who("ada"))


def asked(desk: Desk, by: Stranger = SUE, order: Order = MENU) -> str:
    """The key of the letter that comes after the form."""
    public_orders.request(order, by)
    return key_of(desk)


def key_of(desk: Desk) -> str:
    """The key in the newest letter."""
    (key,) = re.findall(r"/order/confirm\?key=([\w-]+)", desk.letters()[-1].body)
    return key


def stored(kind: type[Any]) -> list[Any]:
    """All rows of a table."""
    with database.reading() as session:
        return list(session.exec(select(kind)))
