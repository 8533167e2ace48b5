"""The order in which a request is judged: one with many faults hears of the first alone."""

from tests.api.caller import By, Caller, address, said
from tests.desk import Desk

LARGE = "x" * 1_000_001


def test_each_fault_mended_shows_the_next(desk: Desk, by: By, stranger: Caller) -> None:
    job, foreign = desk.job("delivered", writer="wren", amount=5000), desk.job("delivered", writer="wolf")
    wren, cleo = by("wren"), by("cleo")
    desk.rules(paid_before_completion=True)
    stale = {"version": 99}
    not_me = stale | {"changedBy": desk.who("cleo").id}
    unfit = not_me | {"note": 5}

    ladder = [
        (stranger, "/api/jobs/abc", LARGE, (401, "UNAUTHENTICATED")),
        (wren, "/api/jobs/abc", LARGE, (413, "TOO_LARGE")),
        (wren, "/api/jobs/abc", "{", (400, "INVALID_JSON")),
        (wren, "/api/jobs/abc", unfit, (400, "INVALID_ID")),
        (wren, address(foreign), unfit, (400, "MISSING_STATUS")),
        (wren, address(foreign), unfit | {"status": "lost"}, (400, "INVALID_STATUS")),
        (wren, address(foreign), unfit | {"status": "assigned"}, (422, "INVALID_FIELD")),
        (wren, address(foreign), not_me | {"status": "assigned"}, (404, "JOB_NOT_FOUND")),
        (wren, address(job), not_me | {"status": "assigned"}, (403, "CHANGED_BY_MISMATCH")),
        (wren, address(job), stale | {"status": "assigned"}, (409, "CONFLICT")),
        (wren, address(job), {"status": "assigned"}, (400, "INVALID_TRANSITION")),
        (wren, address(job), {"status": "completed"}, (403, "FORBIDDEN")),
        (cleo, address(job), {"status": "completed"}, (409, "CONDITION_NOT_MET")),
    ]

    heard = [said(caller.send(f"{path}/status", body, "PATCH")) for caller, path, body, _ in ladder]
    assert heard == [code for *_, code in ladder]
    desk.put(job, amount_paid=5000)
    assert said(cleo.move(job, "completed")) == (200, None)


def test_a_new_order_is_judged_likewise(desk: Desk, by: By, stranger: Caller) -> None:
    ladder = [
        (stranger, LARGE, (401, "UNAUTHENTICATED")),
        (by("wren"), LARGE, (413, "TOO_LARGE")),
        (by("wren"), "[]", (400, "INVALID_JSON")),
        (by("wren"), {"title": ""}, (422, "INVALID_FIELD")),
        (by("wren"), {"title": "Tea"}, (403, "FORBIDDEN")),
        (by("cleo"), {"title": "Tea"}, (201, None)),
    ]

    assert [said(caller.send("/api/jobs", body)) for caller, body, _ in ladder] == [code for *_, code in ladder]


def test_asking_for_news_is_judged_likewise(desk: Desk, by: By, stranger: Caller) -> None:
    me, you = desk.who("wren").id, desk.who("cleo").id
    ladder = [
        (stranger, {"since": "lately", "limit": 0}, (401, "UNAUTHENTICATED")),
        (by("wren"), {"userId": 0, "since": "lately", "limit": 0}, (400, "INVALID_ID")),
        (by("wren"), {"since": "lately", "limit": 0}, (400, "MISSING_USER_ID")),
        (by("wren"), {"userId": you, "since": "lately", "limit": 0}, (400, "INVALID_SINCE")),
        (by("wren"), {"userId": you, "limit": 0}, (422, "INVALID_FIELD")),
        (by("wren"), {"userId": you}, (403, "FORBIDDEN")),
        (by("wren"), {"userId": me}, (200, None)),
    ]

    heard = [said(caller.get("/api/notifications", **query)) for caller, query, _ in ladder]
    assert heard == [code for *_, code in ladder]
