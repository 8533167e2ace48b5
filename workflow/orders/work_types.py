"""Kinds of work: admins say what can be ordered, for which price, and what clients are asked about it."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from models import database
from models.user import User
from models.work_type import WorkType
from workflow import access, checks
from workflow.live import rings
from workflow.people import names
from workflow.refusals import InvalidField

MOST_QUESTIONS, QUESTION = 20, 200
"""How many questions a kind of work may ask, and how many characters one may have."""


@dataclass(frozen=True)
class Offer:
    """What an admin says of a kind of work; `price` is in minor units of the agency's currency, for `per` units."""

    name: str
    unit: str = "words"
    price: int = 0
    per: int = 1
    usual_days: int = 7
    questions: tuple[str, ...] = ()


def save(offer: Offer, work_type_id: int | None = None, *, by: User) -> WorkType:
    """Add a kind of work, or change the one with this id; orders that were placed keep what they were placed with.

    Raises Forbidden for anybody but admins, InvalidField for what does not fit.
    """
    fields = check(offer)
    with database.writing() as session:
        access.admin(session, by, "say what can be ordered")
        stored = _opened(session, work_type_id) if work_type_id else WorkType(name="")
        same = select(WorkType.id).where(WorkType.name == fields["name"], col(WorkType.id) != (work_type_id or 0))
        if session.exec(same).first():
            raise InvalidField("name", "There is a kind of work with this name already.")
        for name, value in fields.items():
            setattr(stored, name, value)
        session.add(stored)
        rings.for_everybody(session)
        session.flush()
        return stored


def check(offer: Offer) -> dict[str, Any]:
    """A kind of work as it is kept; raises InvalidField for all that does not fit."""
    return checks.together(
        name=lambda: names.house_free("name", offer.name, 60),
        unit=lambda: checks.line("unit", offer.unit, 30),
        price=lambda: checks.whole("price", offer.price, 0),
        per=lambda: checks.whole("number_of_units", offer.per, 1),
        usual_days=lambda: _usual_days(offer.usual_days),
        questions=lambda: _questions(offer.questions),
    )


def _usual_days(days: int) -> int:
    if days > 365:
        raise InvalidField("usual_days", "The usual days are at most 365.")
    return checks.whole("usual_days", days, 0)


def _questions(asked: tuple[str, ...]) -> list[str]:
    questions = [checks.line("question", text, QUESTION) for text in asked if text.strip()]
    if len(questions) > MOST_QUESTIONS:
        raise InvalidField("questions", f"At most {MOST_QUESTIONS} questions can be asked.")
    return questions


def set_offered(work_type_id: int, offered: bool, *, by: User) -> WorkType:
    """Offer a kind of work no more, or again. Raises Forbidden or InvalidField."""
    with database.writing() as session:
        access.admin(session, by, "say what can be ordered")
        stored = _opened(session, work_type_id)
        stored.active = offered
        rings.for_everybody(session)
        return stored


def _opened(session: Session, work_type_id: int) -> WorkType:
    stored = session.get(WorkType, work_type_id)
    if stored is None:
        raise InvalidField("work_type_id", "There is no such kind of work.")
    return stored
