"""Guessing: who tries one secret after the other is slowed down, over all processes and restarts.

A door that takes a secret is one line of this table, and one at the door itself. A secret short enough to be guessed is
counted as failed before it is judged (`count`, then `forgive`), so that many at once are not judged for one. A key that
nobody guesses lets its holder in whatever failed before it; only those that nobody has are counted (`with_key`).
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ParamSpec, TypeVar

from sqlmodel import Session

from models import clock, database, keys
from models.guess import Guess
from workflow import checks
from workflow.people.networks import network
from workflow.refusals import TooOften, UnknownKey

P = ParamSpec("P")
T = TypeVar("T")

SPAN = timedelta(minutes=15)
"""How long a failed try counts."""

AN_ACCOUNT, AN_ADDRESS = 10, 20
"""How many tries may fail within the span, whether there is such an account or not."""

ENOUGH = "Too many tries with a wrong password. Please wait a quarter of an hour, or have a link mailed to you."
CODES = "Too many codes were wrong. Please wait a quarter of an hour."
LOST = "Too many keys and links that fit nowhere have come from your network. Please try again in a quarter of an hour."


@dataclass(frozen=True)
class Door:
    """A door that takes a secret: how its failures are filed, and what is said once there are enough of them."""

    name: str
    enough: str
    of_account: int = AN_ACCOUNT

    def limits(self, account: str, remote: str) -> dict[str, int]:
        """How many may fail under what; who is not known is not counted."""
        at = {f"{self.name} of:{account}": self.of_account} if account else {}
        return at | ({f"{self.name} from:{network(remote)}": AN_ADDRESS} if remote else {})


PASSWORD, KEY, CODE = Door("password", ENOUGH), Door("key", LOST), Door("code", CODES, 5)


@dataclass(frozen=True)
class Try:
    """A try that was counted: at which account, under which rows, and whether others of its kind failed lately."""

    door: Door
    account: str
    rows: tuple[int, ...]
    is_first: bool


def count(door: Door, email: str = "", remote: str = "") -> Try:
    """Count a try as failed; raises TooOften when enough have failed, and counts nothing then.

    `email` names the account, whether there is one or not; `remote` is the address of the one who tries.
    """
    account = keys.hashed(checks.same_address(email)) if email else ""
    limits = door.limits(account, remote)
    with database.reading() as session:  # a flood of guesses takes no turn from those who write
        _failed(session, door, limits)
    with database.writing() as session:
        is_first = not _failed(session, door, limits)
        guesses = [Guess(subject=subject) for subject in limits]
        session.add_all(guesses)
        session.flush()
        return Try(door, account, tuple(guess.id or 0 for guess in guesses), is_first)


def forgive(right: Try) -> None:
    """The secret was right: forget all that failed at the account, and what was counted of this try."""
    with database.writing() as session:
        Guess.forget(session, f"{right.door.name} of:{right.account}", *right.rows)


def take_back(tried: Try) -> None:
    """The secret was not judged: what was counted of this try does not count."""
    with database.writing() as session:
        Guess.forget(session, "", *tried.rows)


def with_key(remote: str, opens: Callable[P, T], *parts: P.args, **more: P.kwargs) -> T:
    """What this opens with a key out of a letter or an address; one that nobody has counts as a guess.

    Raises what it raises, UnknownKey for such a key, and TooOften after enough of them.
    """
    try:
        return opens(*parts, **more)
    except UnknownKey:
        count(KEY, remote=remote)
        raise


def _failed(session: Session, door: Door, limits: dict[str, int]) -> bool:
    """Whether any failed at all; raises TooOften when it was enough."""
    tried: list[datetime] = []
    for subject, most in limits.items():
        newest = Guess.since(session, subject, clock.now() - SPAN, most)
        if len(newest) == most:
            raise TooOften(door.enough, wait=math.ceil((min(newest) + SPAN - clock.now()).total_seconds()))
        tried += newest
    return bool(tried)
