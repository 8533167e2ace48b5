"""Unsubscribing: one click in a letter, and no more such letters come (RFC 8058)."""

import hmac

from itsdangerous import BadData, URLSafeSerializer
from sqlmodel import col, select

import settings
from models import database
from models.letter import Letter
from models.preference import TYPES, Channel, Preference
from models.user import User
from workflow import checks
from workflow.history import signatures
from workflow.live import rings
from workflow.refusals import UnknownKey

DIGEST = "digest"

UNKNOWN = "This link is not one of ours; it may have been cut in two by your mail program."


def is_optional(letter: Letter) -> bool:
    """Whether its reader chose to get such letters, and so may choose otherwise."""
    return letter.user_id is not None and letter.type in {*TYPES, DIGEST}


def address(letter: Letter) -> str:
    """Where one click ends such letters; nowhere for those that nobody can choose not to get."""
    if not is_optional(letter):
        return ""
    return f"{settings.current().public_url}/unsubscribe/{_token(letter.user_id or 0, letter.type)}"


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(settings.current().secret, salt="unsubscribe")


def _token(user_id: int, type_: str) -> str:
    return str(_signer().dumps([user_id, type_]))


def _read(token: str) -> tuple[int, str]:
    """Whose letters of which type this token ends; raises UnknownKey when it is not ours."""
    try:
        user_id, type_ = _signer().loads(token)
    except (BadData, UnicodeError):
        user_id, type_ = _read_earlier(token)
    if type_ not in {*TYPES, DIGEST}:
        raise UnknownKey(UNKNOWN)
    return user_id, type_


def _read_earlier(token: str) -> tuple[int, str]:
    """The same for letters from before the end of November 2026, whose links still have to work."""
    said, _, seal = token.rpartition(".")
    fits = signatures.sealed(f"unsubscribe {said}".encode(errors="replace").decode())
    user_id, _, type_ = said.partition(".")
    if not hmac.compare_digest(fits.encode(), seal.encode(errors="replace")):
        raise UnknownKey(UNKNOWN)
    return checks.number_in(user_id), type_


def called(token: str) -> str:
    """What the letters are about that this token ends; raises UnknownKey for a token that is not ours."""
    _user_id, type_ = _read(token)
    return TYPES[type_].called if type_ in TYPES else "Your daily digest"


def unsubscribe(token: str) -> None:
    """End the letters of this token's type for its user: from now on such news comes on screen only, or stays off.

    Raises UnknownKey for a token that is not ours.
    """
    user_id, type_ = _read(token)
    with database.writing() as session:
        chosen = select(Preference).where(Preference.user_id == user_id)
        mailed = chosen.where(
            col(Preference.channel).in_({Channel.digest} if type_ == DIGEST else {Channel.at_once, Channel.digest})
        )
        for preference in session.exec(mailed if type_ == DIGEST else mailed.where(Preference.type == type_)):
            preference.channel = Channel.in_app
        if user := session.get(User, user_id):
            rings.for_user(session, user)
