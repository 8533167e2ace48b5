"""Passwords: Argon2 by passlib, at most two at a time, for each takes 64 MB and a third of a second."""

import threading
import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # passlib asks argon2 for its version in an old way
    from passlib.context import CryptContext

    _context = CryptContext(schemes=["argon2"])
    _NOBODYS = _context.hash("nobody's password")

from workflow import checks
from workflow.refusals import InvalidField

SHORTEST = 10
AT_ONCE = 2
_two_at_a_time = threading.BoundedSemaphore(AT_ONCE)


def hashed(password: str | None) -> str:
    """The hash to store; raises InvalidField for a password that is too short or too long."""
    password = password or ""
    if not SHORTEST <= len(password) <= 200:
        raise InvalidField("password", f"A password has at least {SHORTEST} and at most 200 characters.")
    checks.text("password", password, 200)
    with _two_at_a_time:
        return _context.hash(password)


def fits(password: str, password_hash: str | None) -> bool:
    """Whether this is the password of that hash. Without a hash it takes as long, so that nobody learns who exists."""
    with _two_at_a_time:
        try:
            right = _context.verify(password[:1000], password_hash or _NOBODYS)
        except ValueError:  # a NUL in what was typed
            return False
    return right and bool(password_hash)  # an account without a password is opened by mailed links alone
