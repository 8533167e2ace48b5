"""Unsubscribing: one click in a letter, and no more such letters come (RFC 8058)."""

import hashlib
import hmac

from sqlmodel import col, select

import settings
from models import database
from models.letter import Letter
from models.preference import TYPES, Channel, Preference
from models.user import User
from workflow import checks
from workflow.live import rings

DIGEST = "digest"


def is_optional(letter: Letter) -> bool:
    """Whether its reader chose to get such letters, and so may choose otherwise."""
    return letter.user_id is not None and letter.type in {*TYPES, DIGEST}


def address(letter: Letter) -> str:
    """Where one click ends such letters; nowhere for those that nobody can choose not to get."""
    if not is_optional(letter):
        return ""
    return f"{settings.current().public_url}/unsubscribe/{_token(letter.user_id or 0, letter.type)}"


def _token(user_id: int, type_: str) -> str:
    said = f"{user_id}.{type_}"
    seal = hmac.new(settings.current().secret, f"unsubscribe {said}".encode(), hashlib.sha256).hexdigest()
    return f"{said}.{seal}"


def called(token: str) -> str | None:
    """What the letters are about that this token ends; None for a token that is not ours."""
    user_id, type_, _seal = (*token.split("."), "", "", "")[:3]
    known = type_ in {*TYPES, DIGEST} and hmac.compare_digest(
        _token(checks.id_in(user_id), type_).encode(), token.encode(errors="replace")
    )
    if not known:
        return None
    return TYPES[type_].called if type_ in TYPES else "Your daily digest"


def unsubscribe(token: str) -> bool:
    """End the letters of this token's type for its user: from now on such news comes on screen only, or stays off.

    Returns False for a token that is not ours.
    """
    if called(token) is None:
        return False
    user_id, type_, _ = token.split(".")
    with database.writing() as session:
        chosen = select(Preference).where(Preference.user_id == int(user_id))
        mailed = chosen.where(
            col(Preference.channel).in_({Channel.digest} if type_ == DIGEST else {Channel.at_once, Channel.digest})
        )
        for preference in session.exec(mailed if type_ == DIGEST else mailed.where(Preference.type == type_)):
            preference.channel = Channel.in_app
        if user := session.get(User, int(user_id)):
            rings.for_user(session, user)
    return True
