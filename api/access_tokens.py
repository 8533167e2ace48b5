"""Signed notes of who somebody is, good for some hours; a new access version of the user ends them all."""

from datetime import timedelta
from typing import Any

import jwt

import settings
from api.errors import Refusal
from models import clock, database
from models.user import User
from workflow.history import desk_log

ALGORITHM = "HS256"
AUDIENCE = "docket-api"


def lifetime() -> timedelta:
    """How long a token is good."""
    return timedelta(hours=settings.current().token_hours)


def born(user: User) -> str:
    """A fresh token for this user, of which the desk's log tells."""
    with database.writing() as session:
        desk_log.add(session, "token", by=user)
    return issued(user)


def issued(user: User) -> str:
    """A token for this user."""
    claims = {"sub": str(user.id), "ver": user.access_version, "aud": AUDIENCE, "exp": clock.now() + lifetime()}
    return jwt.encode(claims, settings.current().secret, ALGORITHM)


def bearer(authorization: str) -> User:
    """The active user whom an Authorization header names; raises a refusal (401) when it names nobody."""
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer":
        raise _unauthenticated("Send a token with the request: Authorization: Bearer ...")
    claims = _opened(token.strip())
    with database.reading() as session:
        user = session.get(User, int(claims["sub"]))
    if user is None or not user.active or user.access_version != claims.get("ver"):
        raise _unauthenticated("This token is not valid any more.")
    return user


def _opened(token: str) -> dict[str, Any]:
    try:
        return jwt.decode(
            token,
            settings.current().secret,
            algorithms=[ALGORITHM],
            audience=AUDIENCE,
            options={"require": ["exp", "sub", "aud"], "enforce_minimum_key_length": True},
        )
    except jwt.InvalidTokenError:
        raise _unauthenticated("This token is not valid.") from None


def _unauthenticated(sentence: str) -> Refusal:
    return Refusal(401, "UNAUTHENTICATED", sentence, {"WWW-Authenticate": "Bearer"})
