"""Passwords: Argon2 by passlib, at most two at a time, for each takes 64 MB and a third of a second."""

import threading
import unicodedata
import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # passlib asks argon2 for its version in an old way
    from passlib.context import CryptContext

    _context = CryptContext(schemes=["argon2"])

from workflow import checks
from workflow.people import guessable
from workflow.refusals import InvalidField

SHORTEST, LONGEST = 10, 200
LENGTH = f"A password has at least {SHORTEST} and at most {LONGEST} characters."
MOST_TYPED = 1000
AT_ONCE = 2
_NOBODYS = "$argon2id$v=19$m=65536,t=3,p=4$cG7NGeNcqxViDAHgPKd0zg$OFG9eVg1jab/v/E6qjsQae7Asey/2viIi3faklxpYEM"
"""The hash of what nobody knows, as costly as any: to make one when Docket starts would cost as much again."""

_two_at_a_time = threading.BoundedSemaphore(AT_ONCE)


def checked(password: str | None, *known: str) -> str:
    """A new password as it is hashed, where this is known: the names of its person and the agency, an address.

    Raises InvalidField for one that is too short, too long, or easily guessed. Nothing is asked of what it is made of,
    and none ever expires, as NIST SP 800-63B advises.
    """
    password = _normal(password or "")
    if not SHORTEST <= len(password) <= LONGEST:
        raise InvalidField("password", LENGTH)
    if problem := guessable.why(password, known):
        raise InvalidField("password", problem)
    return password


def hashed(password: str) -> str:
    """The hash to store, of a password that was checked."""
    with _two_at_a_time:
        return _context.hash(_normal(password))


def fits(password: str, password_hash: str | None) -> bool:
    """Whether this is the password of that hash. Without a hash it takes as long, so that nobody learns who exists."""
    with _two_at_a_time:
        try:
            right = any(_context.verify(typed, password_hash or _NOBODYS) for typed in _spellings(password))
        except ValueError:  # a NUL in what was typed
            return False
    return right and bool(password_hash)  # an account without a password is opened by mailed links alone


def _normal(password: str) -> str:
    """NFKC, as NIST SP 800-63B advises: the same password on every keyboard. Blanks stay, and nothing is cut off."""
    try:
        return unicodedata.normalize("NFKC", checks.storable(password))
    except ValueError as error:
        raise InvalidField("password", f"The password {error}.") from None


def _spellings(password: str) -> list[str]:
    """The password normalised, and as it was typed, for hashes from before passwords were."""
    if len(password) > MOST_TYPED:
        return [""]
    return list(dict.fromkeys([unicodedata.normalize("NFKC", password), password]))
