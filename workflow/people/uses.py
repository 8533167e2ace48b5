"""Uses: when sign-ins and tokens were used last; gathered in memory, and written down once a minute, all together."""

from datetime import datetime

from models import clock, database
from models.api_token import ApiToken
from models.sign_in import SignIn

SECONDS = 60.0
"""How often they are written down; a process that is killed forgets as much."""

AT_ONCE = 500
"""How many one transaction writes."""

Kind = type[SignIn] | type[ApiToken]

_used: dict[Kind, dict[str, datetime]] = {SignIn: {}, ApiToken: {}}


def note(kind: Kind, key_hash: str) -> None:
    """What is opened by the key with this hash is used now."""
    _used[kind][key_hash] = clock.now()


def keep() -> None:
    """Write down what was used; raises Busy, and writes it later then."""
    for kind, used in _used.items():
        while noted := dict(list(used.items())[:AT_ONCE]):
            with database.writing() as session:
                kind.use(session, noted)
            for key_hash, moment in noted.items():
                if used.get(key_hash) == moment:
                    del used[key_hash]
