"""Numbers: how many jobs stand where, of those that somebody may see; one question for all of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import case, func
from sqlmodel import Session, col, select

from models.job import Job, at_risk, visible_to
from models.rules import Rules
from models.status import Status
from models.user import User


@dataclass(frozen=True)
class Numbers:
    """The jobs at each status, and how many of all are at risk."""

    at: dict[Status, int] = field(default_factory=dict)
    at_risk: int = 0

    def of(self, statuses: Iterable[Status]) -> int:
        """How many stand at one of these."""
        return sum(self.at.get(status, 0) for status in statuses)


def numbers(session: Session, reader: User) -> Numbers:
    """The numbers of what this reader may see."""
    risks = func.sum(case((at_risk(), 1), else_=0))
    counted = select(Job.status, func.count(), risks).where(visible_to(reader, Rules.get(session)))
    found = session.exec(counted.group_by(col(Job.status))).all()
    return Numbers({Status(status): number for status, number, _ in found}, sum(risk for _, _, risk in found))


def placed_before(session: Session, client: User, others: int) -> datetime | None:
    """When this client's latest order was placed but for so many others; None where there are not that many."""
    latest = select(Job.created_at).where(Job.client_id == client.id).order_by(col(Job.id).desc())
    return session.exec(latest.offset(others).limit(1)).first()
