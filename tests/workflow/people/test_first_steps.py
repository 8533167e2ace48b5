"""The first steps: each is done once what it is about is there, and nobody hears of them when nothing is left."""

import pytest

from models import Agency, database
from tests.desk import Desk
from tests.workflow.people.test_agency import picture
from workflow.orders import work_types
from workflow.orders.work_types import Offer
from workflow.people import administration, agency, first_steps


@pytest.fixture(autouse=True)
def named(desk: Desk) -> None:
    """The agency has its name, and nobody who writes."""
    with database.writing() as session:
        session.add(Agency(name="Paper & Ink"))
    for writer in ("wren", "wolf"):
        administration.change(desk.who(writer).key, {"active": False}, by=desk.who("ada"))


def left() -> dict[str, bool]:
    """The steps, with whether each is done."""
    with database.reading() as session:
        return first_steps.left(session)


def test_what_is_there_is_done(desk: Desk) -> None:
    ada = desk.who("ada")
    assert left() == {"face": False, "prices": False, "writer": False, "form": False}

    kind = work_types.save(Offer("Text", "words", 5), by=ada)
    agency.set_logo(picture("png"), by=ada)
    assert left() == {"face": True, "prices": True, "writer": False, "form": False}

    work_types.set_offered(kind.key, False, by=ada)
    administration.change(desk.who("wren").key, {"active": True}, by=ada)
    desk.rules(public_orders=True)
    assert left() == {"face": True, "prices": False, "writer": True, "form": True}

    work_types.set_offered(kind.key, True, by=ada)
    assert left() == {}


def test_who_puts_them_aside_is_offered_none(desk: Desk) -> None:
    agency.put_steps_aside(by=desk.who("ada"))

    assert left() == {}
