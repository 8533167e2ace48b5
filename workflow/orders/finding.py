"""Finding: a few orders that have these words, and for staff, people; nobody finds what they may not see."""

from dataclasses import dataclass

from sqlmodel import Session

from models.job import Job
from models.listing import Listing
from models.user import Role, User

MOST = 6
"""How many of a kind are found at once."""

WITH_ORDERS = (Role.client, Role.writer)
"""Of whom there are orders; the others only admins look for."""


@dataclass(frozen=True)
class Found:
    """The orders, those that were changed last before others, with how many there are in all; and the people."""

    jobs: list[Job]
    total: int
    people: list[User]


def find(session: Session, reader: User, words: str) -> Found:
    """What this reader may see and has all of these words; without any, nothing is asked for."""
    if not words.strip():
        return Found([], 0, [])
    jobs, _, total = Listing(words=words, sort="-updated", limit=MOST).page(session, reader)
    roles = tuple(Role) if reader.role is Role.admin else WITH_ORDERS
    return Found(jobs, total, User.found(session, roles, words, MOST) if reader.is_staff else [])
