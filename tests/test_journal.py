"""The journal: an answer and the log know a request by the same id, and the log has a line for what went wrong."""

import logging

import httpx
import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

import api
import journal
from doors import Doors
from journal import Journal
from tests.api.test_failures import failing
from tests.desk import Desk, on_sqlite


@pytest.fixture
def house() -> httpx.Client:
    """The doors, with the journal in front."""
    return TestClient(Journal(Doors(PlainTextResponse("a page"), api.application())))


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == "docket.request"]


@on_sqlite
def test_a_failed_request_has_one_line_and_one_id(
    desk: Desk, house: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    token = house.post("/api/auth/token", json={"email": "cleo@example.com", "password": "docket-demo"}).json()
    headers = {"Authorization": f"Bearer {token['accessToken']}"}
    house.post("/api/jobs", json={"title": "Tea"}, headers=headers)

    with failing(desk):
        answer = house.post("/api/jobs?key=secret", json={"title": "Tea"}, headers=headers)

    known = answer.headers["X-Request-ID"]
    assert (answer.json()["requestId"], answer.json()["reference"]) == (known, known)
    assert [line.partition(" after")[0] for line in lines(caplog)] == ["POST /api/jobs was answered with 500"]


def test_a_refusal_has_an_id_and_no_line(desk: Desk, house: httpx.Client, caplog: pytest.LogCaptureFixture) -> None:
    one, other = (house.get("/api/jobs") for _ in range(2))

    assert one.json()["requestId"] == one.headers["X-Request-ID"] != other.headers["X-Request-ID"]
    assert lines(caplog) == []


def test_what_is_slow_has_a_line(
    house: httpx.Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "SLOW", -1)
    caplog.set_level(logging.WARNING)

    house.get("/somewhere?key=secret")

    assert [line.partition(" after")[0] for line in lines(caplog)] == ["GET /somewhere was answered with 200"]
