"""The fingerprint: the database remembers which secret seals its histories, and no start goes on with another."""

import hmac

from sqlalchemy import inspect
from sqlmodel import select

import settings
from models import database
from models.installation import Installation
from models.status_log import StatusLog
from settings import Misconfigured
from workflow.history import signatures

MISSING = (
    "There is no secret.key in {folder}, and the histories of this desk are sealed with one: look at DOCKET_DATA_DIR, "
    "or take it from your backup."
)
OTHER = (
    "{folder}/secret.key is of another desk than the database at {called}: look at both addresses, or at your backup."
)


def check() -> None:
    """Raises Misconfigured when the secret is missing, or is another than that of this process's database."""
    chosen, kept = settings.current(), _kept()
    if not chosen.has_secret:
        if kept or _is_anything_sealed():
            raise Misconfigured(MISSING.format(folder=chosen.data_dir))
    elif kept and not hmac.compare_digest(kept, _own()):
        raise Misconfigured(OTHER.format(folder=chosen.data_dir, called=database.current().called))


def keep() -> None:
    """Have the database remember the secret, which is made by now; what it remembers already, stays."""
    if _kept() is None:
        with database.writing() as session:
            if session.get(Installation, 1) is None:
                session.add(Installation(fingerprint=_own()))


def _kept() -> str | None:
    """What the database remembers; None for one that has not come so far."""
    with database.reading() as session:
        if not inspect(session.connection()).has_table(str(Installation.__tablename__)):
            return None
        return session.exec(select(Installation.fingerprint)).first()


def _is_anything_sealed() -> bool:
    with database.reading() as session:
        return session.exec(select(StatusLog.id).limit(1)).first() is not None


def _own() -> str:
    return signatures.sealed("the fingerprint of this secret")
