"""The first start: who comes from another machine proves with a key that Docket was started by them."""

import hmac
from pathlib import Path

import durable
import settings
from workflow.history import signatures
from workflow.people import agency, guessing
from workflow.refusals import InvalidField

ANNOUNCED = "No agency is set up yet. From another machine, the first page asks for this key: {key} (also in {path})"
WRONG = "This is not the key that Docket printed when it was started."

LENGTH = 20
"""Characters of the key: 80 bits, which nobody guesses."""


def announce() -> str | None:
    """Lay the key into the data folder, for its owner alone; returns what to print, None once the agency is set up."""
    if agency.is_set_up():
        return None
    durable.write(_path(), f"{_key()}\n".encode())
    return ANNOUNCED.format(key=_key(), path=_path())


def check(given: str | None, remote: str) -> None:
    """Raises InvalidField (`key`) for any other key, and TooOften after enough of them from one address."""
    tried = guessing.count(guessing.KEY, remote=remote)
    if not hmac.compare_digest((given or "").strip().encode(), _key().encode()):
        raise InvalidField("key", WRONG)
    guessing.forgive(tried)


def forget() -> None:
    """The agency is set up, and nobody asks for the key any more."""
    _path().unlink(missing_ok=True)


def _path() -> Path:
    return settings.current().data_dir / "setup.key"


def _key() -> str:
    return signatures.sealed("first start")[:LENGTH]
