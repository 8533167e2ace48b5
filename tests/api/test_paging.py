"""Paging: a walk from cursor to cursor meets every job exactly once."""

import base64
import json
from collections.abc import Callable
from datetime import timedelta

import pytest

from models import clock
from tests.api.caller import By, Caller, said
from tests.desk import Desk

SORTS = ["created", "updated", "deadline", "title", "amount", "number"]

FORGED = {
    "number": [
        [1, 2, 3],
        ["1", 1],
        [True, 1],
        [10**30, 1],
        [1, 10**30],
        [1],
        [1, "x"],
        [1, None],
        {},
        None,
        7,
        "[" * 5000,
    ],
    "amount": [[float("inf"), 1], [float("nan"), 1], ["ten", 1], [[], 1]],
    "title": [["a\x00b", 1], ["half a \ud83d", 1], ["Tea", float("inf")]],
    "-created": [["lately", 1], ["2026-11-21T09:30:00", 1], [5, 1]],
}


def walk(caller: Caller, meanwhile: Callable[[], object] = bool, **query: object) -> list[int]:
    """The ids on all pages, two on each; something may happen between one page and the next."""
    met, cursor = [], ""
    while cursor is not None:
        page = caller.get("/api/jobs", limit=2, cursor=cursor, **query).json()
        met += [job["id"] for job in page["items"]]
        cursor = page["nextCursor"]
        meanwhile()
    return met


def forged(says: object) -> str:
    """A cursor that says this."""
    text = says if isinstance(says, str) else json.dumps(says)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


@pytest.fixture
def seven(desk: Desk) -> list[int]:
    """Seven orders, some of them alike in all by which one can sort."""
    with clock.at(clock.now()):
        ages = [0, 2, 1, 1, 0, 2, 1]
        return [
            desk.job(title=f"Té {n}", amount=n, deadline=clock.now() + timedelta(n) if n else None).key for n in ages
        ]


def test_a_walk_meets_each_job_once(by: By, seven: list[int]) -> None:
    for sort in [*SORTS, *(f"-{sort}" for sort in SORTS)]:
        in_one = [job["id"] for job in by("bea").get("/api/jobs", sort=sort).json()["items"]]

        assert (sort, sorted(in_one)) == (sort, seven)
        assert (sort, walk(by("bea"), sort=sort)) == (sort, in_one)


def test_new_orders_do_not_disturb_the_walk(desk: Desk, by: By, seven: list[int]) -> None:
    assert walk(by("bea"), meanwhile=desk.job) == seven[::-1]


def test_new_orders_are_met_at_the_end(desk: Desk, by: By, seven: list[int]) -> None:
    late: list[int] = []

    def order_two() -> None:
        if len(late) < 2:
            late.append(desk.job().key)

    assert walk(by("bea"), meanwhile=order_two, sort="created") == [*seven, *late]
    assert len(late) == 2


def test_a_walk_keeps_to_its_filter(desk: Desk, by: By, seven: list[int]) -> None:
    desk.job(client="carl")
    for job in seven[::2]:
        by("bea").move(job, "approved")

    assert walk(by("bea"), status="approved") == seven[::2][::-1]
    assert walk(by("cleo")) == seven[::-1]


def test_each_page_knows_the_whole(by: By, seven: list[int]) -> None:
    first = by("bea").get("/api/jobs", limit=4).json()
    last = by("bea").get("/api/jobs", limit=4, cursor=first["nextCursor"]).json()

    assert [first["totalCount"], last["totalCount"]] == [7, 7]
    assert (len(first["items"]), len(last["items"]), last["nextCursor"]) == (4, 3, None)
    assert by("bea").get("/api/jobs", limit=7).json()["nextCursor"] is None


def test_fifty_fit_on_a_page(desk: Desk, by: By) -> None:
    for _ in range(51):
        by("cleo").place()

    assert [len(by("cleo").titles(**query)) for query in ({}, {"limit": 200}, {"limit": 1})] == [50, 51, 1]


def test_no_orders_make_one_empty_page(by: By) -> None:
    assert by("cleo").get("/api/jobs").json() == {"items": [], "nextCursor": None, "totalCount": 0}


def test_a_forged_cursor_is_refused(by: By, seven: list[int]) -> None:
    for sort, forgeries in FORGED.items():
        for says in forgeries:
            answer = by("bea").get("/api/jobs", sort=sort, cursor=forged(says))

            assert (says, *said(answer), answer.json().get("field")) == (says, 422, "INVALID_FIELD", "cursor")


def test_a_cursor_from_beyond_time_harms_nothing(by: By, seven: list[int]) -> None:
    for moment in ("9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+12:00", "9999-12-31T23:59:59Z", None):
        for sort in ("created", "deadline", "-deadline"):
            answer = by("bea").get("/api/jobs", sort=sort, cursor=forged([moment, 1]))

            assert (moment, answer.status_code < 500) == (moment, True)


def test_a_cursor_belongs_to_its_order(by: By, seven: list[int]) -> None:
    cursor = by("bea").get("/api/jobs", sort="title", limit=2).json()["nextCursor"]

    assert said(by("bea").get("/api/jobs", sort="created", cursor=cursor)) == (422, "INVALID_FIELD")
