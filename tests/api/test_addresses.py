"""Addresses: where there is nothing, or not this method, a program is told so in JSON."""

import pytest

from tests.api.caller import Caller, said


@pytest.mark.parametrize(
    "path",
    [
        "/api",
        "/api/",
        "/api/nothing",
        "/api/auth",
        "/api/jobs/",
        "/api/jobs/1/nothing",
        "/api//jobs",
        "/API/jobs",
        "/orders/",
        "/orders/1/nothing",
        "/healthz/x",
    ],
)
def test_where_there_is_nothing_it_says_so(stranger: Caller, path: str) -> None:
    for method in ("GET", "POST", "PATCH", "DELETE"):
        assert said(stranger.call(method, path)) == (404, "NOT_FOUND")


@pytest.mark.parametrize(
    "method, path, allowed",
    [
        ("DELETE", "/api/jobs", "GET, POST"),
        ("PUT", "/orders", "GET, POST"),
        ("POST", "/api/jobs/1", "GET"),
        ("GET", "/api/jobs/1/status", "PATCH"),
        ("POST", "/orders/1/status", "PATCH"),
        ("DELETE", "/api/jobs/1/logs", "GET"),
        ("GET", "/api/auth/token", "POST"),
        ("POST", "/api/notifications", "GET"),
        ("GET", "/api/notifications/read-all", "POST"),
        ("GET", "/api/notifications/1/read", "POST"),
        ("PATCH", "/api/users", "GET, POST"),
        ("POST", "/healthz", "GET"),
        ("POST", "/api/docs", "GET"),
        ("DELETE", "/api/openapi.json", "GET"),
        ("POST", "/api/docs/assets/swagger-ui.css", "GET"),
        ("OPTIONS", "/api/jobs", "GET, POST"),
        ("BREW", "/api/jobs", "GET, POST"),
    ],
)
def test_a_wrong_method_hears_the_right_one(stranger: Caller, method: str, path: str, allowed: str) -> None:
    answer = stranger.call(method, path)

    assert said(answer) == (405, "METHOD_NOT_ALLOWED")
    assert answer.headers["Allow"] == allowed


def test_a_missing_file_is_just_missing(stranger: Caller) -> None:
    for name in ("nothing.js", "", "../__init__.py", "..%2f__init__.py", "%00"):
        assert said(stranger.get(f"/api/docs/assets/{name}")) == (404, "NOT_FOUND")
