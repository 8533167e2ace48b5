"""Numbers: how many jobs stand where, of those that somebody may see; one question for all of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import func, literal
from sqlmodel import Session, col, select

from models import known
from models.job import Job, at_risk, loads, visible_to
from models.stalling import stalled
from models.status import FINAL, Status
from models.user import Role, User


@dataclass(frozen=True)
class Numbers:
    """The jobs at each status, and how many of all are at risk, or for staff have stalled; and each writer's load."""

    at: dict[Status, int] = field(default_factory=dict)
    at_risk: int = 0
    stalled: int = 0
    loads: dict[int, int] = field(default_factory=dict)
    _after: dict[tuple[Status | None, Status | None], "Numbers"] = field(
        default_factory=dict, compare=False, repr=False
    )

    def of(self, statuses: Iterable[Status]) -> int:
        """How many stand at one of these."""
        return sum(self.at.get(status, 0) for status in statuses)

    def moved(self, old: Status | None, new: Status | None) -> "Numbers":
        """The numbers after an order went from one status to another; None is out of sight.

        They are the same object for all who ask: many pages count the same change, and show what comes of it.
        """
        if (old, new) not in self._after:
            at = dict(self.at)
            for status, change in ((old, -1), (new, 1)):
                if status is not None:
                    at[status] = at.get(status, 0) + change
            self._after[old, new] = replace(self, at=at, _after={})
        return self._after[old, new]


def numbers(session: Session, reader: User) -> Numbers:
    """The numbers of what this reader may see; of what is over, only clients are told, who have few orders."""
    seen = [visible_to(reader, known.of(session).rules)]
    risks = select(func.count()).select_from(Job).where(*seen, at_risk()).scalar_subquery()
    still = select(func.count()).select_from(Job).where(stalled()).scalar_subquery() if reader.is_staff else literal(0)
    if reader.role is not Role.client:
        seen.append(col(Job.status).in_([status for status in Status if status not in FINAL]))
    found = session.exec(select(Job.status, func.count(), risks, still).where(*seen).group_by(col(Job.status))).all()
    in_hand = loads(session) if reader.is_staff else {}
    at_risk_now, stalled_now = found[0][2:] if found else (0, 0)
    return Numbers({Status(status): number for status, number, *_ in found}, at_risk_now, stalled_now, in_hand)


def placed_before(session: Session, client: User, others: int) -> datetime | None:
    """When this client's latest order was placed but for so many others; None where there are not that many."""
    latest = select(Job.created_at).where(Job.client_id == client.id).order_by(col(Job.id).desc())
    return session.exec(latest.offset(others).limit(1)).first()
