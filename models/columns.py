"""Column types that both databases keep alike: moments in UTC, and words from a fixed list."""

from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, Enum, TypeDecorator, and_
from sqlmodel import SQLModel, col

from models import clock

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
"""A name for every constraint, the same on both databases, so that a later migration can speak of it."""


class Moment(TypeDecorator[datetime]):
    """An aware point in time, stored in UTC; SQLite forgets the zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment in UTC; raises ValueError for a naive one, which could mean any of 24 hours."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment as an aware datetime in UTC."""
        return value and (value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC))


def came_after(column: datetime, moment: datetime) -> Any:
    """The condition for what came after then. What is yet to come was written before the clock was set back: it is not
    counted, or a limit would hold for that much longer."""
    return and_(col(column) > moment, col(column) <= clock.now())


class Sealed(TypeDecorator[Any]):
    """JSON under a seal. What cannot be read any more is None: no seal fits that, and whoever looks is told so."""

    impl = JSON
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:  # pyright: ignore[reportIncompatibleMethodOverride]
        """What reads the column."""
        read = super().result_processor(dialect, coltype)

        def read_if_possible(stored: Any) -> Any:
            try:
                return read(stored) if read else stored
            except (ValueError, TypeError, RecursionError):  # no JSON, no text, or nested without end
                return None

        return read_if_possible


def choice(words: type[StrEnum], column: str) -> Enum:
    """A column that holds one of these words; the database refuses any other (a CHECK), as SQLModel does not."""
    return Enum(
        words,
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        length=30,
        name=column,
        values_callable=_values,
    )


def _values(words: Any) -> list[str]:
    return [word.value for word in words]
