"""Bulk operations: what was moved together, by whom, when, and what became of each order."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from models import clock
from models.columns import Moment, choice
from models.status import Status


@dataclass(frozen=True)
class Outcome:
    """What became of one order: where it stood and stands now, or why it did not move."""

    order_id: int
    old_status: Status | None = None
    new_status: Status | None = None
    error: str | None = None
    code: str | None = None

    @property
    def success(self) -> bool:
        """Whether the order stands where it was to be."""
        return self.error is None


class BulkOperation(SQLModel, table=True):
    """One bulk operation; `results` holds the `outcomes`, one for each order, in the order of the request."""

    __tablename__ = "bulk_operations"

    id: int | None = Field(default=None, primary_key=True)
    made_by: int = Field(foreign_key="users.id", index=True)
    new_status: Status = Field(sa_type=choice(Status, "new_status"))
    reason: str | None = None
    atomic: bool = False
    results: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    created_at: datetime = Field(default_factory=clock.now, sa_type=Moment)
    finished_at: datetime | None = Field(default=None, sa_type=Moment)

    @property
    def outcomes(self) -> list[Outcome]:
        """What became of each order."""
        return [_outcome(**line) for line in self.results]

    @outcomes.setter
    def outcomes(self, outcomes: Iterable[Outcome]) -> None:
        self.results = [asdict(line) for line in outcomes]

    @property
    def moved(self) -> int:
        """How many orders stand elsewhere now; those that stood there already are successes, but did not move."""
        return sum(line.success and line.old_status is not line.new_status for line in self.outcomes)


def _outcome(old_status: str | None, new_status: str | None, **said: Any) -> Outcome:
    return Outcome(
        old_status=Status(old_status) if old_status else None,
        new_status=Status(new_status) if new_status else None,
        **said,
    )
