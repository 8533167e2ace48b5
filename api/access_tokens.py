"""Signed notes of who somebody is, good for some hours; a new access version of the user ends them all."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

import jwt
from sqlmodel import Session

import settings
from api.errors import NOT_ANY_MORE, Refusal, unauthenticated
from models import clock, database, known
from models.api_token import PREFIX, ApiToken
from models.rows import copied
from models.user import Pass, User
from workflow.history import desk_log
from workflow.people import sign_ins, uses

ALGORITHM = "HS256"
AUDIENCE = "docket-api"

READS_ONLY = "This token is for reading alone: make one that may write, on your profile."
NOT_VALID = "This token is not valid."


def lifetime() -> timedelta:
    """How long a token is good."""
    return timedelta(hours=settings.current().token_hours)


def born(user: User) -> str:
    """A fresh token for this user, of which the desk's log tells; raises WrongCredentials as a sign-in does."""
    with database.writing() as session:
        sign_ins.still_right(session, user)
        desk_log.add(session, "token", by=user)
    return issued(user)


def issued(user: User) -> str:
    """A token for this user."""
    claims = {"sub": str(user.id), "ver": user.access_version, "aud": AUDIENCE, "exp": clock.now() + lifetime()}
    return jwt.encode(claims, settings.current().secret, ALGORITHM)


@dataclass(frozen=True)
class Token:
    """What a token says that is ours, and whose time is not over; whether it still counts, `holder` finds out.

    One that its person made is kept by the hash of its key, and may be for reading alone.
    """

    user_id: int
    access_version: int
    until: datetime
    key_hash: str = ""
    may_write: bool = True


def shown(authorization: str) -> Token:
    """The token in an Authorization header; raises a refusal (401) when there is none of ours."""
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer":
        raise unauthenticated("Send a token with the request: Authorization: Bearer ...")
    if is_kept(authorization):
        return _kept(token.strip())
    claims = _opened(token.strip(), settings.current().secret)
    if claims["exp"] <= clock.now().timestamp():
        raise unauthenticated(NOT_VALID)
    return Token(int(claims["sub"]), claims.get("ver", 0), datetime.fromtimestamp(claims["exp"], UTC))


def is_kept(authorization: str) -> bool:
    """Whether the token in this header is one that somebody made: then the database has to be asked for it."""
    return authorization.partition(" ")[2].strip().startswith(PREFIX)


def _kept(key: str) -> Token:
    with database.reading() as session:
        found = ApiToken.opened_by(session, key)
        user = found and known.of(session).user(session, found.user_id)
    if found is None or user is None:
        raise unauthenticated(NOT_VALID)
    uses.note(ApiToken, found.key_hash)
    return Token(user.key, user.access_version, found.expires_at, found.key_hash, found.may_write)


def holder(session: Session, token: Token) -> User:
    """The active user who holds it, and comes with it; raises a refusal (401) when it is not valid any more."""
    user = known.of(session).user(session, token.user_id)
    if user is None or not user.active or user.access_version != token.access_version:
        raise unauthenticated(NOT_ANY_MORE)
    return copied(user).coming_with(Pass(token.until, token=token.key_hash))


def bearer(authorization: str, *, writes: bool = False) -> User:
    """The active user whom an Authorization header names; raises a refusal (401) when it names nobody.

    It is one of 403 where something is to be written, and the token is for reading alone.
    """
    token = shown(authorization)
    with database.reading() as session:
        user = holder(session, token)
    if writes:
        check_scope(token)
    return user


def check_scope(token: Token) -> None:
    """Raises a refusal (403) for a token that is for reading alone."""
    if not token.may_write:
        raise Refusal(403, "FORBIDDEN", READS_ONLY)


@lru_cache(maxsize=1000)
def _opened(token: str, secret: bytes) -> dict[str, Any]:
    """What a token says, once its signature was looked at; the same token comes again with each request."""
    try:
        return jwt.decode(
            token,
            secret,
            algorithms=[ALGORITHM],
            audience=AUDIENCE,
            options={"require": ["exp", "sub", "aud"], "enforce_minimum_key_length": True},
        )
    except jwt.InvalidTokenError:
        raise unauthenticated(NOT_VALID) from None
