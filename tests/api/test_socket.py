"""Bodies on a real socket: none grows beyond the limit, whatever its headers promised."""

from collections.abc import Iterator

import httpx
import pytest

import settings
from api import access_tokens
from tests.api.caller import Caller, said
from tests.desk import Desk

LIMIT = 2048


@pytest.fixture
def cleo(desk: Desk, street: httpx.Client) -> Caller:
    """Cleo's program, at a desk that takes two kilobytes."""
    settings.use(_env_file=None, data_dir=desk.folder, database_url=desk.url, max_body_bytes=LIMIT)
    return Caller(street, access_tokens.issued(desk.who("cleo")))


def order(size: int) -> bytes:
    """An order of so many bytes."""
    frame = b'{"title": "Tea", "instructions": "%s"}'
    return frame % (b"x" * (size - len(frame) + 2))


def in_chunks(body: bytes, size: int = 500) -> Iterator[bytes]:
    """The body piece by piece, its length promised nowhere."""
    return (body[start : start + size] for start in range(0, len(body), size))


@pytest.mark.parametrize("size, answer", [(LIMIT, (201, None)), (LIMIT + 1, (413, "TOO_LARGE"))])
def test_the_limit_is_exact(cleo: Caller, size: int, answer: tuple[int, str | None]) -> None:
    assert len(order(size)) == size
    assert said(cleo.send("/api/jobs", order(size))) == answer
    assert said(cleo.call("POST", "/api/jobs", content=in_chunks(order(size)))) == answer


def test_a_long_chunked_body_is_cut_off(cleo: Caller) -> None:
    answer = cleo.call("POST", "/api/jobs", content=in_chunks(b"x" * 300_000, 4000))

    assert said(answer) == (413, "TOO_LARGE")
    assert cleo.titles() == []


def test_signing_in_is_bounded_too(cleo: Caller) -> None:
    answer = Caller(cleo.client).send("/api/auth/token", {"email": "cleo@example.com", "password": "x" * LIMIT})

    assert said(answer) == (413, "TOO_LARGE")


def test_a_stranger_learns_no_limit(cleo: Caller) -> None:
    assert said(Caller(cleo.client).send("/api/jobs", b"x" * 300_000)) == (401, "UNAUTHENTICATED")
