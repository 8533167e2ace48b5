"""Forged and dead tokens: what opens the door no more, or never did."""

import base64
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import jwt
import pytest

import settings
from api import access_tokens
from models import clock, database
from models.user import User
from tests.api.caller import Caller, said
from tests.desk import Desk, on_sqlite
from workflow.people import accounts, administration

pytestmark = on_sqlite  # no database decides any of it

OPEN, SHUT = (200, None), (401, "UNAUTHENTICATED")


@pytest.fixture
def knock(door: httpx.Client) -> Callable[[str], tuple[int, str | None]]:
    """Try a token at the door."""
    return lambda token: said(Caller(door, token).get("/api/jobs"))


Knock = Callable[[str], tuple[int, str | None]]


def claims(user: User, **changes: Any) -> dict[str, Any]:
    """What a token of this user says, with changes; None leaves a claim out."""
    genuine = jwt.decode(access_tokens.issued(user), options={"verify_signature": False})
    return {name: value for name, value in (genuine | changes).items() if value is not None}


def test_only_the_claims_of_a_live_account_count(desk: Desk, knock: Knock) -> None:
    wren, secret = desk.who("wren"), settings.current().secret
    forgeries = [{"aud": "docket-pages"}, {"aud": None}, {"exp": 1}, {"exp": None}, {"sub": None}, {"sub": "4711"}]
    forgeries += [{"ver": wren.access_version + 1}, {"ver": None}, {"sub": str(desk.who("ivy").id)}]

    assert knock(jwt.encode(claims(wren), secret, "HS256")) == OPEN
    for forgery in forgeries:
        assert (forgery, knock(jwt.encode(claims(wren, **forgery), secret, "HS256"))) == (forgery, SHUT)


def test_only_our_own_seal_counts(desk: Desk, knock: Knock) -> None:
    said = claims(desk.who("wren"))

    assert knock(jwt.encode(said, None, "none")) == SHUT
    assert knock(jwt.encode(said, b"another secret of thirty-two bytes", "HS256")) == SHUT
    assert knock(jwt.encode(said, settings.current().secret * 2, "HS512")) == SHUT


def test_a_token_cannot_be_rewritten(desk: Desk, knock: Knock) -> None:
    head, _, seal = access_tokens.issued(desk.who("wren")).split(".")
    wish = base64.urlsafe_b64encode(json.dumps(claims(desk.who("ada"))).encode()).decode().rstrip("=")

    assert knock(f"{head}.{wish}.{seal}") == SHUT


def test_it_dies_of_age(desk: Desk, knock: Knock) -> None:
    for hours, answer in [(11.9, OPEN), (12.1, SHUT)]:
        with clock.at(clock.now() - timedelta(hours=hours)):
            token = access_tokens.issued(desk.who("wren"))

        assert knock(token) == answer


def test_it_dies_with_the_account(desk: Desk, knock: Knock) -> None:
    wren, ada = desk.who("wren"), desk.who("ada")
    token = access_tokens.issued(wren)

    administration.change(wren.key, {"active": False}, by=ada)
    assert knock(token) == SHUT

    administration.change(wren.key, {"active": True}, by=ada)
    assert knock(token) == SHUT
    assert knock(access_tokens.issued(desk.who("wren"))) == OPEN


def test_it_dies_when_all_access_ends(desk: Desk, knock: Knock) -> None:
    token, others = access_tokens.issued(desk.who("wren")), access_tokens.issued(desk.who("wolf"))

    with database.writing() as session:
        accounts.end_access(session, session.get_one(User, desk.who("wren").id))

    assert (knock(token), knock(others)) == (SHUT, OPEN)
