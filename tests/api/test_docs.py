"""The reference: every route is described once, readable for people, and says what really comes."""

import re
from typing import Any

import httpx

import api
from api.errors import CODES
from tests.api.caller import Caller
from tests.desk import Desk
from workflow.refusals import Refused

ROUTES = {
    "POST /api/auth/token",
    "GET /api/jobs",
    "POST /api/jobs",
    "GET /api/jobs/{jobId}",
    "PATCH /api/jobs/{jobId}/status",
    "GET /api/jobs/{jobId}/logs",
    "GET /api/users",
    "GET /api/notifications",
    "POST /api/notifications/{notificationId}/read",
    "POST /api/notifications/read-all",
    "GET /healthz",
    "GET /readyz",
}
"""Those that there must be at least."""

OPEN = {"POST /api/auth/token", "GET /healthz", "GET /readyz", "GET /metrics"}
"""Those that ask for no token."""


def described(door: httpx.Client) -> dict[str, dict[str, Any]]:
    """Every operation of the reference."""
    paths = door.get("/api/openapi.json").json()["paths"]
    return {f"{method.upper()} {path}": way for path, ways in paths.items() for method, way in ways.items()}


def test_every_route_is_described_once(door: httpx.Client) -> None:
    operations = described(door)

    assert operations.keys() >= ROUTES
    assert not [route for route in operations if "/orders" in route or "/api/docs" in route]
    assert all(way["summary"] and way["description"] for way in operations.values())
    assert len({way["operationId"] for way in operations.values()}) == len(operations)


def test_what_is_described_is_there(door: httpx.Client) -> None:
    for route in described(door):
        method, path = route.split()
        answer = door.request(method, re.sub(r"\{\w+}", "abc", path), json={})

        assert (route, answer.status_code in {404, 405}) == (route, False)


def test_every_route_but_the_open_ones_asks_for_a_token(door: httpx.Client) -> None:
    for route, way in described(door).items():
        assert (route, {} in way.get("security", [{}])) == (route, route in OPEN)


def test_errors_are_described_as_they_come(door: httpx.Client) -> None:
    schema = door.get("/api/openapi.json")

    assert "HTTPValidationError" not in schema.text
    assert schema.json()["components"]["schemas"]["Wrong"]["required"] == ["error", "code"]
    assert all(code in CODES[kind.http] for kind in Refused.__subclasses__() if (code := kind.code) != "DEAD_LINK")
    for way in described(door).values():
        refusals = {status: said["content"] for status, said in way["responses"].items() if status >= "4"}
        assert refusals.keys() == {str(status) for status in CODES}
        assert all(said.keys() == {"application/json"} for said in refusals.values())


def test_fields_are_camel_case(door: httpx.Client) -> None:
    shapes = door.get("/api/openapi.json").json()["components"]["schemas"]

    assert not [field for shape in shapes.values() for field in shape.get("properties", {}) if "_" in field]
    assert {"displayId", "totalCount", "nextCursor"} <= shapes["JobOut"]["properties"].keys() | shapes["JobPage"][
        "properties"
    ].keys()


def test_the_reference_can_be_read(door: httpx.Client) -> None:
    page = door.get("/api/docs")
    assets = re.findall(r'(?:src|href)="([^"]+)"', page.text)

    assert page.headers["content-type"].startswith("text/html")
    assert "/api/openapi.json" in page.text
    assert len(assets) == 3
    assert all(asset.startswith("/api/docs/assets/") and door.get(asset).is_success for asset in assets)


def test_the_app_can_be_made_twice() -> None:
    assert api.application().openapi() == api.application().openapi()


def test_health_needs_no_token(desk: Desk, stranger: Caller) -> None:
    assert stranger.get("/healthz").json() == {"status": "ok"}
