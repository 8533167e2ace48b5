"""Keys: whoever holds one comes in; we keep only the hash, so that a stolen copy of the database opens nothing."""

import hashlib
import secrets


def fresh() -> str:
    """A key that nobody can guess, fit for cookies and addresses."""
    return secrets.token_urlsafe(32)


def hashed(key: str) -> str:
    """What is stored of a key; also of what somebody made up, half characters included."""
    return hashlib.sha256(key.encode(errors="replace")).hexdigest()
