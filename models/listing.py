"""Listing: which jobs somebody asks for, in which order, page by page."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, func, or_, tuple_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from models.columns import Moment
from models.folding import has
from models.job import Job, overdue, visible_to, with_people
from models.rules import Rules
from models.status import Status
from models.user import User, is_called

_NEVER = datetime(9999, 1, 1, tzinfo=UTC)

SORTS: dict[str, tuple[ColumnElement[Any], type]] = {
    "created": (col(Job.created_at), datetime),
    "updated": (col(Job.updated_at), datetime),
    "deadline": (func.coalesce(col(Job.deadline), _NEVER, type_=Moment()), datetime),
    "title": (col(Job.title_folded), str),
    "amount": (col(Job.amount), int),
    "number": (col(Job.id), int),
}
"""What jobs can be sorted by, and of which type that is."""

_LARGEST = 2**31 - 1


PaymentStatus = Literal["unpaid", "deposit", "paid", "refunded"]

PAYMENT: dict[PaymentStatus, ColumnElement[bool]] = {
    "unpaid": and_(col(Job.amount_paid) <= 0, ~col(Job.is_refunded)),
    "refunded": and_(col(Job.amount_paid) <= 0, col(Job.is_refunded)),
    "deposit": and_(col(Job.amount_paid) > 0, col(Job.amount_paid) < col(Job.amount)),
    "paid": and_(col(Job.amount_paid) > 0, col(Job.amount_paid) >= col(Job.amount)),
}
"""`Job.payment_status`, as conditions."""


class UnknownCursor(Exception):
    """A cursor that no page of this listing has handed out."""


@dataclass(frozen=True)
class Listing:
    """What is asked for; nothing set is everything that the reader may see, newest first."""

    statuses: tuple[Status, ...] = ()
    client_id: int | None = None
    writer_id: int | None = None
    words: str = ""
    overdue: bool | None = None
    payment_statuses: tuple[PaymentStatus, ...] = ()
    placed_from: datetime | None = None
    placed_before: datetime | None = None
    least: int | None = None
    most: int | None = None
    sort: str = "-created"
    limit: int | None = 50
    cursor: str | None = None
    offset: int = 0

    def page(self, session: Session, reader: User) -> tuple[list[Job], str | None, int]:
        """The jobs of this page, the cursor of the next one (None: this is the last), and how many there are in all.

        Raises UnknownCursor for one that does not come from here.
        """
        rows = self._rows(session, reader)
        more = self.limit is not None and len(rows) > self.limit
        jobs = [job for job, _key in rows[: self.limit]]
        return jobs, _sealed(rows[len(jobs) - 1]) if more else None, self.total(session, reader)

    def jobs(self, session: Session, reader: User) -> list[Job]:
        """The jobs of this page alone, for who needs no count."""
        return [job for job, _key in self._rows(session, reader)[: self.limit]]

    def total(self, session: Session, reader: User) -> int:
        """How many jobs fit, on all pages together."""
        wanted = self._wanted(reader, Rules.get(session))
        return session.exec(select(func.count()).select_from(Job).where(*wanted)).one()

    def _rows(self, session: Session, reader: User) -> Sequence[Any]:
        """The jobs of this page with their sort keys, and one more if there is a next page."""
        wanted = self._wanted(reader, Rules.get(session))
        (key, kind), falling = SORTS[self.sort.lstrip("-")], self.sort.startswith("-")
        order = (key.desc(), col(Job.id).desc()) if falling else (key, col(Job.id))
        query = with_people().add_columns(key).where(*wanted).order_by(*order).limit(self.limit and self.limit + 1)
        if self.cursor:
            start = tuple_(*_opened(self.cursor, kind))
            query = query.where(tuple_(key, Job.id) < start if falling else tuple_(key, Job.id) > start)
        return session.execute(query.offset(self.offset or None)).all()

    def _wanted(self, reader: User, rules: Rules) -> list[ColumnElement[bool]]:
        conditions = [visible_to(reader, rules)]
        if self.statuses:
            conditions.append(col(Job.status).in_(self.statuses))
        if self.payment_statuses:
            conditions.append(or_(*(PAYMENT[status] for status in self.payment_statuses)))
        bounds = [
            (self.client_id, col(Job.client_id).__eq__),
            (self.writer_id, col(Job.writer_id).__eq__),
            (self.placed_from, col(Job.created_at).__ge__),
            (self.placed_before, col(Job.created_at).__lt__),
            (self.least, col(Job.amount).__ge__),
            (self.most, col(Job.amount).__le__),
        ]
        conditions += [compare(bound) for bound, compare in bounds if bound is not None]
        if self.overdue is not None:
            conditions.append(overdue() if self.overdue else ~overdue())
        return conditions + [_mentions(word, reader) for word in self.words.split()[:8]]


def _mentions(word: str, reader: User) -> ColumnElement[bool]:
    """Whether the word is in the title, the number, or who the order is of; mail addresses are the agency's to know."""
    client, writer = aliased(User), aliased(User)

    def named(user: Any) -> ColumnElement[bool]:
        return is_called(user, word) if reader.is_staff else has(user.name_folded, word)

    return or_(
        has(Job.title_folded, word),
        col(Job.display_id).icontains(word, autoescape=True),
        select(client.id).where(client.id == Job.client_id, named(client)).exists(),
        select(writer.id).where(writer.id == Job.writer_id, named(writer)).exists(),
    )


def _sealed(row: Any) -> str:
    job, key = row
    mark = key.isoformat() if isinstance(key, datetime) else key
    return base64.urlsafe_b64encode(json.dumps([mark, job.id]).encode()).decode().rstrip("=")


def _opened(cursor: str, kind: type) -> tuple[Any, int]:
    try:
        mark, job_id = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        mark = datetime.fromisoformat(mark) if kind is datetime else mark
    except (ValueError, TypeError, RecursionError):
        raise UnknownCursor from None
    if not (_fits(mark, kind) and _fits(job_id, int)):
        raise UnknownCursor
    return mark, job_id


def _fits(value: object, kind: type) -> bool:
    """Whether this is of the kind, and something that a database holds."""
    match value:
        case int() if kind is int:
            return not isinstance(value, bool) and 0 <= value <= _LARGEST
        case datetime() if kind is datetime:
            return value.tzinfo is not None
        case str() if kind is str:
            return "\x00" not in value and not any("\ud800" <= letter <= "\udfff" for letter in value)
    return False
