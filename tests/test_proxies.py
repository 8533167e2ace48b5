"""Proxies: only those that a setting names are believed when they say who is calling."""

import asyncio
from typing import Any

import pytest
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

import settings


def caller(peer: str, said: str, proto: str = "http") -> tuple[str, str]:
    """Whom the server takes for the caller, and by which scheme, when this peer sends these headers."""
    seen: dict[str, Any] = {}

    async def app(scope: Any, _receive: Any, _send: Any) -> None:
        seen.update(scope)

    headers = [(b"x-forwarded-for", said.encode()), (b"x-forwarded-proto", proto.encode())]
    scope: Any = {"type": "http", "client": (peer, 50000), "scheme": "http", "headers": headers}
    nothing: Any = None
    asyncio.run(ProxyHeadersMiddleware(app, settings.current().proxies)(scope, nothing, nothing))
    return seen["client"][0], seen["scheme"]


@pytest.mark.parametrize("here", ["127.0.0.1", "127.0.0.2", "::1", "::ffff:127.0.0.1"])
def test_a_proxy_on_this_machine_is_believed(here: str) -> None:
    settings.use(_env_file=None)

    assert caller(here, "203.0.113.7", "https") == ("203.0.113.7", "https")


def test_a_strangers_word_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    settings.use(_env_file=None)

    assert caller("172.18.0.2", "203.0.113.7", "https") == ("172.18.0.2", "http")


@pytest.mark.parametrize("given", ["172.18.0.2", " 10.0.0.0/8,172.18.0.9/16 ", "172.18.0.2,"])
def test_a_proxy_in_another_container_can_be_named(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKET_TRUSTED_PROXIES", given)
    settings.use(_env_file=None)

    assert caller("172.18.0.2", "203.0.113.7") == ("203.0.113.7", "http")
    assert caller("127.0.0.1", "203.0.113.7") == ("127.0.0.1", "http")


def test_what_the_caller_wrote_before_the_proxy_does_not_count() -> None:
    settings.use(_env_file=None)

    assert caller("127.0.0.1", "127.0.0.1, 198.51.100.1, 203.0.113.7, 127.0.0.5") == ("203.0.113.7", "http")


def test_nobody_need_be_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKET_TRUSTED_PROXIES", "")
    settings.use(_env_file=None)

    assert caller("127.0.0.1", "203.0.113.7") == ("127.0.0.1", "http")
