"""Tokens of one's own: they act as their person does, read or write as they may, and end when they shall."""

import httpx
import pytest

from models import database
from models.api_token import ApiToken
from tests.api.caller import Caller, said
from tests.desk import Desk, later, on_sqlite, refused
from workflow.people import administration, api_tokens, uses
from workflow.refusals import ConditionNotMet, InvalidField


def token(desk: Desk, door: httpx.Client, name: str = "bea", *, writes: bool = True) -> Caller:
    """A program with a token that somebody has just made."""
    return Caller(door, api_tokens.make("Zapier", 30, may_write=writes, by=desk.who(name)))


def own(desk: Desk, name: str = "bea") -> list[ApiToken]:
    with database.reading() as session:
        return ApiToken.of(session, desk.who(name))


def test_it_acts_as_its_person(desk: Desk, door: httpx.Client) -> None:
    job, bea, cleo = desk.job(), token(desk, door), token(desk, door, "cleo")

    assert said(cleo.move(job, "approved")) == (403, "FORBIDDEN")
    assert said(bea.move(job, "approved")) == (200, None)
    assert said(bea.send(f"/api/jobs/{job.id}/comments", {"body": "Hello"}))[0] == 201


@on_sqlite
def test_one_for_reading_writes_nothing(desk: Desk, door: httpx.Client) -> None:
    job, bea = desk.job(), token(desk, door, writes=False)

    assert said(bea.get(f"/api/jobs/{job.id}")) == (200, None)
    assert said(bea.move(job, "approved")) == (403, "FORBIDDEN")
    assert said(bea.send(f"/api/jobs/{job.id}/comments", {"body": "Hello"})) == (403, "FORBIDDEN")
    assert desk.see(job).status == "pending"


def end(desk: Desk) -> None:
    api_tokens.end(own(desk)[0].id or 0, by=desk.who("bea"))


def close(desk: Desk) -> None:
    administration.change(desk.who("bea").key, {"active": False}, by=desk.who("ada"))


def new_password(desk: Desk) -> None:
    administration.set_password(desk.who("bea").key, "correct horse", by=desk.who("ada"))


@pytest.mark.parametrize("ends", [end, close, new_password])
def test_whatever_ends_it(desk: Desk, door: httpx.Client, ends: object) -> None:
    job, bea = desk.job(), token(desk, door)
    assert said(bea.get("/api/jobs")) == (200, None)
    assert callable(ends)

    ends(desk)

    assert said(bea.get("/api/jobs")) == (401, "UNAUTHENTICATED")
    assert said(bea.move(job, "approved")) == (401, "UNAUTHENTICATED")


@on_sqlite
def test_its_time_is_over_some_day(desk: Desk, door: httpx.Client) -> None:
    bea = token(desk, door)

    with later(days=30, seconds=1):
        assert said(bea.get("/api/jobs")) == (401, "UNAUTHENTICATED")


@on_sqlite
def test_its_last_use_is_kept_and_its_key_is_not(desk: Desk, door: httpx.Client) -> None:
    bea = token(desk, door)
    bea.get("/api/jobs")

    uses.keep()

    (row,) = own(desk)
    assert row.used_at is not None
    assert bea.headers["Authorization"].removeprefix("Bearer ") not in repr(row)


@on_sqlite
def test_nobody_ends_anothers(desk: Desk, door: httpx.Client) -> None:
    token(desk, door)

    api_tokens.end(own(desk)[0].id or 0, by=desk.who("bob"))

    assert len(own(desk)) == 1


@on_sqlite
def test_what_does_not_fit_is_refused(desk: Desk) -> None:
    bea = desk.who("bea")
    for name, days in (("", 30), ("x" * 61, 30), ("Zapier", 31)):
        with pytest.raises(InvalidField):
            api_tokens.make(name, days, may_write=False, by=bea)
    for number in range(api_tokens.MOST):
        api_tokens.make(f"Program {number}", 30, may_write=False, by=bea)

    with refused(api_tokens.TOO_MANY, ConditionNotMet):
        api_tokens.make("One more", 30, may_write=False, by=bea)
