"""Anything: whatever is thrown at a route of the API, it answers in its own words and does not fall over."""

from collections.abc import Callable

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api.caller import By, check
from tests.api.noise import ROUTES, Request, requests
from tests.desk import Desk
from workflow import budgets


@pytest.fixture
def send(desk: Desk, by: By, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, Request], httpx.Response]:
    """Send a request in somebody's name to a desk with an order, as often in a minute as one likes."""
    monkeypatch.setattr(budgets.BULK_CALLS, "most", 10**9)
    desk.job("delivered")
    callers = {name: by(name) for name in ("ada", "bea", "cleo", "wren")}

    def send(name: str, request: Request) -> httpx.Response:
        caller = callers[name]
        return caller.client.request(request.method, request.address, content=request.content, headers=caller.headers)

    return send


def test_there_is_something_to_aim_at() -> None:
    assert len(ROUTES) > 10
    assert any("writerId" in route.fields for route in ROUTES)
    assert any("cursor" in route.parameters for route in ROUTES)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(["ada", "bea", "cleo", "wren"]), request=requests())
def test_nothing_makes_it_fall_over(
    send: Callable[[str, Request], httpx.Response], name: str, request: Request
) -> None:
    answer = send(name, request)

    assert answer.status_code < 500, answer.text
    check(answer)
