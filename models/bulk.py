"""Bulk operations: what was moved together, by whom, when, and what became of each order."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from models import clock
from models.columns import Moment, choice
from models.status import Status


class BulkOperation(SQLModel, table=True):
    """One bulk operation; `results` holds a line for each order, in the order of the request."""

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
    def moved(self) -> int:
        """How many orders stand elsewhere now; those that stood there already are successes, but did not move."""
        return sum(line["success"] and line["previousStatus"] != line["newStatus"] for line in self.results)
