"""Uses: when each sign-in was used last; gathered in memory, and written down once a minute for all together."""

from datetime import datetime

from models import clock, database, keys
from models.sign_in import SignIn

SECONDS = 60.0
"""How often they are written down; a process that is killed forgets as much."""

AT_ONCE = 500
"""How many one transaction writes."""

_used: dict[str, datetime] = {}


def note(key: str) -> None:
    """The sign-in that this key opens is used now."""
    _used[keys.hashed(key)] = clock.now()


def keep() -> None:
    """Write down what was used; raises Busy, and writes it later then."""
    for start in range(0, len(noted := dict(_used)), AT_ONCE):
        part = dict([*noted.items()][start : start + AT_ONCE])
        with database.writing() as session:
            SignIn.use(session, part)
        for key_hash, moment in part.items():
            if _used.get(key_hash) == moment:
                del _used[key_hash]
