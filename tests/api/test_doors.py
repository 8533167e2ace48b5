"""The two doors side by side: programs never get a page, and find the jobs under both their names."""

import httpx
import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

import api
from doors import Doors, Late
from tests.api.caller import By
from tests.desk import Desk


@pytest.fixture
def house() -> httpx.Client:
    """Both doors side by side; behind the one for people there is a page at every address."""
    return TestClient(Doors(PlainTextResponse("a page"), api.application()))


def test_what_is_late_is_put_together_once() -> None:
    made: list[str] = []
    late = Late(lambda: made.append("one") or PlainTextResponse("an answer"))
    visitor = TestClient(Doors(PlainTextResponse("a page"), late))

    assert visitor.get("/").text == "a page"
    assert made == []
    assert [visitor.get("/api/jobs").text for _ in range(2)] == ["an answer"] * 2
    assert made == ["one"]


def test_orders_reads_the_same(desk: Desk, by: By) -> None:
    desk.job()
    desk.job("assigned")

    for part in ("", "?limit=1", "?limit=0", "/2", "/2/logs", "/2/valid-actions", "/2/status", "/abc", "/4711"):
        jobs, orders = by("bea").call("GET", f"/api/jobs{part}"), by("bea").call("GET", f"/orders{part}")

        assert (orders.status_code, orders.json()) == (jobs.status_code, jobs.json())


def test_orders_writes_the_same(desk: Desk, by: By) -> None:
    job = by("cleo").send("/orders", {"title": "Tea"}).json()

    moved = by("bea").send(f"/orders/{job['id']}/status", {"status": "approved"}, "PATCH")

    assert moved.json() == by("bea").read(job["id"]) == job | moved.json()
    assert moved.json()["status"] == "approved"


@pytest.mark.parametrize("path", ["/api", "/api/nothing", "/orders", "/orders/1", "/orders/x/y", "/healthz/x"])
def test_programs_never_get_a_page(house: httpx.Client, path: str) -> None:
    assert house.get(path).headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    "path", ["/", "/login", "/apiary", "/ordersheet", "/jobs/DK-2026-0001", "/x/api/jobs", "//api"]
)
def test_people_get_their_pages(house: httpx.Client, path: str) -> None:
    assert house.get(f"http://testserver{path}").text == "a page"
