"""A section of a board: a list under a title, and where a card stands in it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from models.job import Job
from models.listing import Listing
from models.status import Status

Rank = Callable[[Job], float]
"""The smaller, the further up."""


@dataclass(frozen=True)
class Section:
    """A list under a title: which orders belong to it, in which order, and what it says when there are none.

    `statuses` are those at which its orders stand. With `at_first` all orders at these are its own: it begins with so
    many cards, and its count comes from the database. Without, it is shown whole. `column` is its name for scripts.
    `also` it looks for orders elsewhere that it may hold. `look` "rows" is a row for each.
    With `pays`, what is to be paid leads to how.
    """

    title: str
    statuses: tuple[Status, ...]
    holds: Callable[[Job], bool]
    empty: str = ""
    rank: Rank = lambda job: -job.updated_at.timestamp()
    sort: str = "-updated"
    at_first: int | None = None
    folded: bool = False
    column: str = ""
    also: tuple[Listing, ...] = ()
    look: str = ""
    pays: bool = False


class Place(NamedTuple):
    """Where a card stands, and as of which version: all that the server keeps of it."""

    section: int
    rank: float
    version: int
    status: Status
