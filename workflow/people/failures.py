"""Failures: wrong passwords are counted in memory, and told to the desk's own log in one line an account now and then.

So guesses do not flood what is never deleted, and take as long for accounts that are not there.
"""

import threading
from collections import Counter, defaultdict

from sqlmodel import Session

from models import database
from models.user import User
from workflow import checks
from workflow.history import desk_log
from workflow.people.networks import network

SECONDS = 300.0
"""How often the log is told; whoever opens its page has it told at once."""

MOST = 1000
"""How many addresses and networks are told apart; what comes after these is counted together."""

NAMED = 3
"""How many networks a line names."""

_counted: Counter[tuple[str, str]] = Counter()
_lock = threading.Lock()


def count(email: str, remote: str) -> None:
    """A sign-in with this address failed, from there."""
    key = (checks.same_address(email), network(remote))
    with _lock:
        _counted[key if key in _counted or len(_counted) < MOST else ("", "elsewhere")] += 1


def tell() -> None:
    """Have the desk's log say what failed since it was told last; raises Busy, and tells it later then.

    Nobody who counts waits for the database: those who sign in are counted on the event loop.
    """
    with _lock:
        untold = _counted.copy()
        _counted.clear()
    try:
        if untold:
            with database.writing() as session:
                _write(session, untold)
    except BaseException:
        with _lock:
            _counted.update(untold)
        raise


def _write(session: Session, untold: Counter[tuple[str, str]]) -> None:
    by_account: defaultdict[int | None, Counter[str]] = defaultdict(Counter)
    people: dict[int | None, User | None] = {}
    for (email, remote), number in untold.items():
        user = User.by_email(session, email)
        people[user and user.id] = user
        by_account[user and user.id][remote] += number
    for account, numbers in by_account.items():
        desk_log.add(session, "failure", by=None, about=people[account], detail=_said(numbers))


def _said(numbers: Counter[str]) -> str:
    number, networks = numbers.total(), [remote for remote, _ in numbers.most_common(NAMED) if remote]
    more = f" and {len(numbers) - NAMED} more" if len(numbers) > NAMED else ""
    origin = f", from {', '.join(networks)}{more}," if networks else ""
    return f"{number} sign-in{'s' if number > 1 else ''} failed{origin}"
