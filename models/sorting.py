"""Sorting: by what jobs can be sorted, and the cursors that say after which job a page goes on."""

import base64
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal, literal_column, tuple_
from sqlmodel import col

from models.columns import Moment
from models.job import Job

NEVER = literal_column("'infinity'")
"""Behind every moment, on both databases: SQLite compares moments as texts."""


@dataclass(frozen=True)
class Sort:
    """By which fields of a job, of which types, jobs are sorted; together they tell every job from the others."""

    fields: dict[str, type]

    def order(self, *, falling: bool, gathered: bool = False) -> list[Any]:
        """What to order by; `gathered` says it so that SQLite sorts what it has found, and walks along no index."""
        keys = [func.coalesce(key, key) if gathered else key for key in self._keys]
        return [key.desc() if falling else key for key in keys]

    def behind(self, cursor: str, *, falling: bool) -> ColumnElement[bool]:
        """The condition on jobs behind the one of this cursor; raises UnknownCursor for one that no page handed out."""
        marks = [_bound(mark) for mark in _opened(cursor, list(self.fields.values()))]
        here, there = tuple_(*self._keys), tuple_(*marks)
        first = self._keys[0]  # said once more, since SQLite finds no place in an index of an expression by a tuple
        return and_(first <= marks[0], here < there) if falling else and_(first >= marks[0], here > there)

    def cursor(self, job: Job) -> str:
        """The cursor that goes on behind this job."""
        marks = [getattr(job, field) for field in self.fields]
        said = json.dumps([mark.isoformat() if isinstance(mark, datetime) else mark for mark in marks])
        return base64.urlsafe_b64encode(said.encode()).decode().rstrip("=")

    @property
    def _keys(self) -> list[Any]:
        return [_key(field) for field in self.fields]


def _key(field: str) -> Any:
    return func.coalesce(col(Job.deadline), NEVER) if field == "deadline" else getattr(Job, field)


def _bound(mark: Any) -> Any:
    if mark is None:
        return NEVER
    return literal(mark, Moment()) if isinstance(mark, datetime) else literal(mark)


SORTS = {
    "created": Sort({"created_at": datetime, "id": int}),
    "updated": Sort({"updated_at": datetime, "id": int}),
    "deadline": Sort({"deadline": datetime, "id": int}),
    "title": Sort({"title_folded": str, "id": int}),
    "amount": Sort({"amount": int, "id": int}),
    "number": Sort({"year": int, "number": int}),
}
"""What jobs can be sorted by."""

_LARGEST = 2**31 - 1


class UnknownCursor(Exception):
    """A cursor that no page of this listing has handed out."""


def _opened(cursor: str, kinds: list[type]) -> list[Any]:
    try:
        said = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return [_mark(each, kind) for each, kind in zip(said, kinds, strict=True)]
    except (ValueError, TypeError, RecursionError, OverflowError):
        raise UnknownCursor from None


def _mark(said: object, kind: type) -> Any:
    """The mark, if it is of the kind and something that a database holds, else ValueError; None is no deadline."""
    match said:
        case None if kind is datetime:
            return None
        case str() if kind is datetime:
            moment = datetime.fromisoformat(said)
            if moment.tzinfo:
                return moment.astimezone(UTC)
        case int() if kind is int and not isinstance(said, bool) and 0 <= said <= _LARGEST:
            return said
        case str() if kind is str and "\x00" not in said and not any("\ud800" <= each <= "\udfff" for each in said):
            return said
    raise ValueError("this mark is not from here")
