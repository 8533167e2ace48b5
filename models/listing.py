"""Listing: which jobs somebody asks for, in which order, page by page."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, and_, func, or_, union
from sqlmodel import Session, col, select

from models import known
from models.folding import has
from models.job import Job, at_risk, overdue, visible_to, with_people
from models.sorting import SORTS, Sort
from models.stalling import stalled
from models.status import FINAL, Status
from models.user import User, is_called
from models.words import in_title_or_number, jobs_with

FEW = 2000
"""So many jobs are gathered and then sorted; of more, those wanted are soon met by walking along the order."""


PaymentStatus = Literal["unpaid", "deposit", "paid", "refunded"]

PAYMENT: dict[PaymentStatus, ColumnElement[bool]] = {
    "unpaid": and_(col(Job.amount_paid) <= 0, ~col(Job.is_refunded)),
    "refunded": and_(col(Job.amount_paid) <= 0, col(Job.is_refunded)),
    "deposit": and_(col(Job.amount_paid) > 0, col(Job.amount_paid) < col(Job.amount)),
    "paid": and_(col(Job.amount_paid) > 0, col(Job.amount_paid) >= col(Job.amount)),
}
"""`Job.payment_status`, as conditions."""


Concern = Literal["risk", "stalled"]

CONCERNS: dict[Concern, Callable[[], ColumnElement[bool]]] = {"risk": at_risk, "stalled": stalled}
"""What somebody should look at now; both are of the moment that they are asked at."""


@dataclass(frozen=True)
class Numbered:
    """A page that was asked for by its number: of how many, which one it is, and the cursor of the next."""

    jobs: list[Job]
    total: int
    number: int
    next: str | None


@dataclass(frozen=True)
class Listing:
    """What is asked for; nothing set is everything that the reader may see, newest first."""

    statuses: tuple[Status, ...] = ()
    client_id: int | None = None
    writer_id: int | None = None
    words: str = ""
    overdue: bool | None = None
    concern: Concern | None = None
    on_hold: bool = False
    payment_statuses: tuple[PaymentStatus, ...] = ()
    placed_from: datetime | None = None
    placed_before: datetime | None = None
    least: int | None = None
    most: int | None = None
    sort: str = "-created"
    limit: int | None = 50
    cursor: str | None = None

    def page(self, session: Session, reader: User) -> tuple[list[Job], str | None, int]:
        """The jobs of this page, the cursor of the next one (None: this is the last), and how many there are in all.

        Raises UnknownCursor for one that does not come from here.
        """
        total = self.total(session, reader)
        jobs = self._rows(session, reader, total, self.limit and self.limit + 1)
        more = self.limit is not None and len(jobs) > self.limit
        jobs = jobs[: self.limit]
        return jobs, self._sort.cursor(jobs[-1]) if more else None, total

    def numbered(self, session: Session, reader: User, number: int) -> Numbered:
        """The page of this number, or the last one when there are fewer.

        With a cursor it is the page behind that; without, its place is counted from the nearer end.
        """
        limit, total = self.limit or FEW, self.total(session, reader)
        last = max(1, -(-total // limit))
        if self.cursor and number <= last:
            jobs = self._rows(session, reader, total, limit + 1)
            return Numbered(jobs[:limit], total, number, self._sort.cursor(jobs[limit - 1]) if jobs[limit:] else None)
        number = max(1, min(number, last))
        before = (number - 1) * limit
        jobs = self._counted(session, reader, total, before, min(limit, total - before))
        return Numbered(jobs, total, number, self._sort.cursor(jobs[-1]) if jobs and number < last else None)

    def _counted(self, session: Session, reader: User, total: int, before: int, rows: int) -> list[Job]:
        """So many jobs, behind so many others."""
        start, after = replace(self, cursor=None), total - before - rows
        if before <= after:
            return start._rows(session, reader, total, rows, before)
        falling = self.sort.startswith("-")
        turned = replace(start, sort=self.sort.removeprefix("-") if falling else f"-{self.sort}")
        return turned._rows(session, reader, total, rows, after)[::-1]

    def jobs(self, session: Session, reader: User) -> list[Job]:
        """The jobs of this page alone, for who needs no count."""
        return self._rows(session, reader, 0 if self.statuses and FINAL.isdisjoint(self.statuses) else None, self.limit)

    def total(self, session: Session, reader: User) -> int:
        """How many jobs fit, on all pages together."""
        if Status.completed in self.statuses:  # most orders are: they are all but the others
            others = tuple(status for status in Status if status not in self.statuses)
            rest = replace(self, statuses=others).total(session, reader) if others else 0
            return replace(self, statuses=()).total(session, reader) - rest
        if self.overdue is False:
            late = replace(self, overdue=True).total(session, reader)
            return replace(self, overdue=None).total(session, reader) - late
        wanted = self._wanted(session, reader)
        return session.exec(select(func.count()).select_from(Job).where(*wanted)).one()

    def _rows(
        self, session: Session, reader: User, total: int | None, limit: int | None, skipped: int = 0
    ) -> list[Job]:
        """So many jobs behind the cursor, in order. Only their ids are walked past, which an index holds."""
        are_many, falling = total is None or total > FEW, self.sort.startswith("-")
        wanted = self._wanted(session, reader, walked=are_many)
        order = self._sort.order(falling=falling, gathered=not are_many)
        if self.cursor:
            wanted.append(self._sort.behind(self.cursor, falling=falling))
        ids = select(Job.id).where(*wanted).order_by(*order).limit(limit).offset(skipped or None)
        return list(session.exec(with_people().where(col(Job.id).in_(ids)).order_by(*order)))

    @property
    def _sort(self) -> Sort:
        return SORTS[self.sort.removeprefix("-")]

    def _wanted(self, session: Session, reader: User, *, walked: bool = False) -> list[ColumnElement[bool]]:
        """The conditions; `walked` says them so that SQLite goes along the order, rather than gather a status first."""
        conditions = [visible_to(reader, known.of(session).rules)]
        if self.statuses:
            others = [status for status in Status if status not in self.statuses]
            at = col(Job.status)
            conditions.append(at.not_in(others) if walked and others else at.in_(self.statuses))
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
        if self.on_hold:
            conditions.append(col(Job.hold_reason).is_not(None))
        if self.overdue is not None:
            conditions.append(overdue() if self.overdue else ~overdue())
        if self.concern:
            conditions.append(CONCERNS[self.concern]())
        return conditions + _mentioning(session, self.words.split()[:8], reader, walked=walked)


def _mentioning(session: Session, words: list[str], reader: User, *, walked: bool) -> list[ColumnElement[bool]]:
    """Whether each word is in the title, the number, or who the order is of; mail addresses are the agency's to know.

    `walked` is for many orders that are looked at one by one; else those that fit are looked up, all words that are
    nobody's name at once.
    """
    called = {word: select(User.id).where(_is_called(word, reader)) for word in words}
    nobodys = [] if walked else [word for word in words if session.exec(called[word].limit(1)).first() is None]
    conditions = [jobs_with(session, nobodys)] if nobodys else []
    for word in words:
        if word not in nobodys:
            there = in_title_or_number(word) if walked else jobs_with(session, [word])
            each = [there, col(Job.client_id).in_(called[word]), col(Job.writer_id).in_(called[word])]
            conditions.append(or_(*each) if walked else _any_of(each))
    return conditions


def _any_of(conditions: list[ColumnElement[bool]]) -> ColumnElement[bool]:
    """Any of these, each of which is looked up by an index of its own."""
    return col(Job.id).in_(union(*(select(Job.id).where(each) for each in conditions)))


def _is_called(word: str, reader: User) -> ColumnElement[bool]:
    return is_called(User, word) if reader.is_staff else has(User.name_folded, word)
