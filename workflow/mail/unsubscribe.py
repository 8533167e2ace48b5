"""Unsubscribing: one click in a letter, and no more such letters come (RFC 8058)."""

import hmac

from itsdangerous import BadData, URLSafeSerializer
from sqlmodel import Session, col, select

import settings
from models import database, known
from models.letter import Letter
from models.preference import TYPES, Channel, Preference
from models.user import User
from workflow import checks
from workflow.history import signatures
from workflow.live import rings
from workflow.refusals import DeadLink, UnknownKey

DIGEST = "digest"

ENDED = "This link has ended with your earlier sign-ins. Please sign in, and choose in your profile what comes how."
UNKNOWN = "This link is not one of ours; it may have been cut in two by your mail program."


def is_optional(letter: Letter) -> bool:
    """Whether its reader chose to get such letters, and so may choose otherwise."""
    return letter.user_id is not None and letter.type in {*TYPES, DIGEST}


def address(letter: Letter) -> str:
    """Where one click ends such letters; nowhere for those that nobody can choose not to get."""
    if not is_optional(letter):
        return ""
    with database.reading() as session:
        reader = known.of(session).user(session, letter.user_id)
    assert reader is not None  # accounts are closed, not deleted
    return f"{settings.current().public_url}/unsubscribe/{_token(reader, letter.type)}"


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(settings.current().secret, salt="unsubscribe")


def _token(reader: User, type_: str) -> str:
    return str(_signer().dumps([reader.key, type_, reader.access_version]))


def _read(session: Session, token: str) -> tuple[User, str]:
    """Whose letters of which type this token ends; raises UnknownKey when it is not ours, DeadLink once it has ended.

    It ends with all other keys of its reader. Earlier ones say of no version, and are good until that first changes.
    """
    try:
        user_id, type_, *version = _signer().loads(token)
    except (BadData, UnicodeError):
        (user_id, type_), version = _read_earlier(token), []
    user = session.get(User, user_id)
    if type_ not in {*TYPES, DIGEST} or user is None:
        raise UnknownKey(UNKNOWN)
    if (version or [1]) != [user.access_version]:
        raise DeadLink(ENDED)
    return user, type_


def _read_earlier(token: str) -> tuple[int, str]:
    """Whose letters of which type a link ends that is from before the end of November 2026."""
    said, _, seal = token.rpartition(".")
    fits = signatures.sealed(f"unsubscribe {said}".encode(errors="replace").decode())
    user_id, _, type_ = said.partition(".")
    if not hmac.compare_digest(fits.encode(), seal.encode(errors="replace")):
        raise UnknownKey(UNKNOWN)
    return checks.number_in(user_id), type_


def called(token: str) -> str:
    """What the letters are about that this token ends; raises as `unsubscribe` does."""
    with database.reading() as session:
        _user, type_ = _read(session, token)
    return TYPES[type_].called if type_ in TYPES else "Your daily digest"


def unsubscribe(token: str) -> None:
    """End the letters of this token's type for its user: from now on such news comes on screen only, or stays off.

    Raises UnknownKey for a token that is not ours, and DeadLink for one that has ended.
    """
    with database.writing() as session:
        user, type_ = _read(session, token)
        for preference in _mailed(session, user, type_):
            preference.channel = Channel.in_app
        rings.for_user(session, user)


def _mailed(session: Session, user: User, type_: str) -> list[Preference]:
    """What such letters come of. To somebody without digests, one brings what was too much to be told at once."""
    by_letter = {Channel.at_once, Channel.digest}
    chosen = select(Preference).where(Preference.user_id == user.key, col(Preference.channel).in_(by_letter))
    found = list(session.exec(chosen if type_ == DIGEST else chosen.where(Preference.type == type_)))
    gathered = [preference for preference in found if preference.channel is Channel.digest]
    return (gathered or found) if type_ == DIGEST else found
