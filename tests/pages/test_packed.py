"""Scripts and styles are packed once, and come from memory from then on."""

import pytest
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from pages.packed import Packed


class House:
    """Answers at every address with something that can be packed, and counts how often."""

    def __init__(self) -> None:
        self.asked = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked += 1
        answer = PlainTextResponse("a word " * 1000, 404 if "missing" in scope["path"] else 200)
        await answer(scope, receive, send)


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def visitor(house: House) -> TestClient:
    packed: ASGIApp = Packed(GZipMiddleware(house))
    return TestClient(packed)


def test_what_lasts_is_packed_once(house: House, visitor: TestClient) -> None:
    first, second = (visitor.get("/assets/theme.css?1", headers={"accept-encoding": "gzip"}) for _ in range(2))

    assert first.headers["content-encoding"] == second.headers["content-encoding"] == "gzip"
    assert first.text == second.text == "a word " * 1000
    assert house.asked == 1


def test_where_browsers_take_brotli_it_is_less(house: House, visitor: TestClient) -> None:
    by_gzip = visitor.get("/assets/theme.css", headers={"accept-encoding": "gzip, deflate"})

    first, second = (visitor.get("/assets/theme.css", headers={"accept-encoding": "gzip, br"}) for _ in range(2))

    assert first.headers["content-encoding"] == second.headers["content-encoding"] == "br"
    assert first.text == second.text == "a word " * 1000
    assert int(first.headers["content-length"]) < int(by_gzip.headers["content-length"])
    assert (first.headers["vary"], house.asked) == ("Accept-Encoding", 2)


def test_who_cannot_unpack_gets_it_as_it_is(visitor: TestClient) -> None:
    visitor.get("/assets/theme.css")

    plain = visitor.get("/assets/theme.css", headers={"accept-encoding": "identity"})

    assert "content-encoding" not in plain.headers
    assert plain.text == "a word " * 1000


@pytest.mark.parametrize("path", ["/login", "/assets/missing.css", "/_nicegui/3.18.0/dynamic_resources/codehilite.css"])
def test_what_may_change_is_asked_for_each_time(house: House, visitor: TestClient, path: str) -> None:
    visitor.get(path)
    visitor.get(path)

    assert house.asked == 2


def test_a_part_is_not_taken_for_the_whole(house: House, visitor: TestClient) -> None:
    visitor.get("/assets/theme.css", headers={"range": "bytes=0-3"})
    visitor.get("/assets/theme.css")

    assert house.asked == 2
