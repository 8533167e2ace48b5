"""Tokens of one's own: made, named and ended by their person; the key is told once."""

from datetime import timedelta

from models import database
from models.api_token import ApiToken
from models.user import User
from workflow import access, checks
from workflow.history import desk_log
from workflow.live import rings
from workflow.refusals import ConditionNotMet, InvalidField

NAME = 60
DAYS = (30, 90, 365)
"""For how long a token may be good."""

MOST = 20
TOO_MANY = f"You have {MOST} tokens: end one first."
HOW_LONG = "A token is good for 30, 90 or 365 days."

SCOPES = {False: "Read", True: "Read and write"}


def make(name: str | None, days: int, *, may_write: bool = False, by: User) -> str:
    """Make a token; returns its key, which nobody can look up later.

    Raises InvalidField, SignedOut, or ConditionNotMet for who has enough.
    """
    called = checks.line("name", name, NAME)
    if days not in DAYS:
        raise InvalidField("days", HOW_LONG)
    with database.writing() as session:
        user = access.own_account(session, by)
        if len(ApiToken.of(session, user)) >= MOST:
            raise ConditionNotMet([TOO_MANY])
        detail = f"{called}, {SCOPES[may_write].lower()}, for {days} days"
        desk_log.add(session, "own_token", by=user, detail=detail)
        return ApiToken.begin(session, user, called, timedelta(days=days), may_write=may_write)


def end(token_id: int, *, by: User) -> None:
    """End a token of one's own; what it is doing at that moment ends, too."""
    with database.writing() as session:
        user = access.own_account(session, by)
        token = session.get(ApiToken, token_id)
        if token is not None and token.user_id == user.id:
            desk_log.add(session, "token_end", by=user, detail=token.name)
            session.delete(token)
            rings.for_user(session, user)
