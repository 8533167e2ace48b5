"""Kinds of work: admins say what can be ordered, for which price, and what clients are asked about it."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from models import database
from models.user import User
from models.work_type import WorkType
from workflow import access, checks, names, rings
from workflow.refusals import InvalidField

MOST_QUESTIONS, QUESTION = 20, 200
"""How many questions a kind of work may ask, and how many characters one may have."""


@dataclass(frozen=True)
class Kind:
    """What an admin says of a kind of work; `price` is in minor units of the agency's currency, for `per` units."""

    name: str
    unit: str = "words"
    price: int = 0
    per: int = 1
    usual_days: int = 7
    questions: tuple[str, ...] = ()


def save(kind: Kind, kind_id: int | None = None, *, by: User) -> WorkType:
    """Add a kind of work, or change the one with this id; orders that were placed keep what they were placed with.

    Raises Forbidden for anybody but admins, InvalidField for what does not fit.
    """
    fields = check(kind)
    with database.writing() as session:
        access.admin(session, by, "say what can be ordered")
        stored = _opened(session, kind_id) if kind_id else WorkType(name="")
        same = select(WorkType.id).where(WorkType.name == fields["name"], col(WorkType.id) != (kind_id or 0))
        if session.exec(same).first():
            raise InvalidField("name", "There is a kind of work with this name already.")
        for name, value in fields.items():
            setattr(stored, name, value)
        session.add(stored)
        rings.for_everybody(session)
        session.flush()
        return stored


def check(kind: Kind) -> dict[str, Any]:
    """A kind of work as it is kept; raises InvalidField for all that does not fit."""
    return checks.together(
        name=lambda: names.house_free("name", kind.name, 60),
        unit=lambda: checks.line("unit", kind.unit, 30),
        price=lambda: checks.whole("price", kind.price, 0),
        per=lambda: checks.whole("number_of_units", kind.per, 1),
        usual_days=lambda: _usual_days(kind.usual_days),
        questions=lambda: _questions(kind.questions),
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


def set_offered(kind_id: int, offered: bool, *, by: User) -> WorkType:
    """Offer a kind of work no more, or again. Raises Forbidden or InvalidField."""
    with database.writing() as session:
        access.admin(session, by, "say what can be ordered")
        stored = _opened(session, kind_id)
        stored.active = offered
        rings.for_everybody(session)
        return stored


def _opened(session: Session, kind_id: int) -> WorkType:
    stored = session.get(WorkType, kind_id)
    if stored is None:
        raise InvalidField("kind_id", "There is no such kind of work.")
    return stored
