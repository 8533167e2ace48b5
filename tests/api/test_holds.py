"""On hold, by program: staff set an order aside with a reason, and lift it again."""

import httpx

from models import Job
from tests.api.caller import By, Caller, address, said
from tests.api.choices import closed_to, open_to, standing
from tests.desk import Desk


def test_a_hold_is_set_and_lifted(desk: Desk, by: By) -> None:
    job = desk.job("in_progress")

    held = hold(by("bea"), job, "waiting for the client").json()
    assert (held["onHold"], held["holdReason"], held["status"]) == (True, "waiting for the client", "in_progress")
    assert by("cleo").read(job) | {"onHold": True, "holdReason": "waiting for the client"} == by("cleo").read(job)

    free = by("ada").call("DELETE", f"{address(job)}/hold").json()
    assert (free["onHold"], free["holdReason"], free["version"]) == (False, None, held["version"] + 1)
    assert [(line["action"], line["note"]) for line in by("cleo").logs(job)[:2]] == [
        ("release", None),
        ("hold", "waiting for the client"),
    ]


def test_a_hold_says_whom_it_waits_for(desk: Desk, by: By) -> None:
    job = desk.job("in_progress")
    where = f"{address(job)}/hold"

    held = by("bea").send(where, {"reason": "illness", "waitsFor": "writer"}).json()
    assert (held["heldFor"], by("cleo").read(job)["heldFor"]) == ("writer", "writer")
    assert said(by("bea").send(where, {"reason": "x", "waitsFor": "bea"})) == (422, "INVALID_FIELD")

    assert by("bea").call("DELETE", where).json()["heldFor"] is None


def test_while_it_stands_only_cancel_is_left(desk: Desk, by: By) -> None:
    job = standing(desk, "in_progress", hold_reason="holidays")
    reason = ["The order is on hold: holidays. You can lift the hold."]

    assert open_to(by("ada"), job) == ["cancel"]
    assert closed_to(by("ada"), job) == {"submit": reason, "deliver": reason}
    assert by("ada").move(job, "delivered").json()["reasons"] == reason
    assert by("wren").move(job, "delivered").json()["reasons"] == [
        "The order is on hold: holidays. Bea (manager) can lift the hold."
    ]
    assert said(by("ada").move(job, "cancelled")) == (200, None)


def test_others_neither_hold_nor_lift(desk: Desk, by: By) -> None:
    job = standing(desk, "in_progress", hold_reason="holidays")

    for name in ("cleo", "wren"):
        assert said(hold(by(name), job, "strike")) == (403, "FORBIDDEN")
        assert said(by(name).call("DELETE", f"{address(job)}/hold")) == (403, "FORBIDDEN")
    for name in ("carl", "wolf"):
        assert said(hold(by(name), job, "strike")) == (404, "JOB_NOT_FOUND")
        assert said(by(name).call("DELETE", f"{address(job)}/hold")) == (404, "JOB_NOT_FOUND")

    assert desk.see(job).hold_reason == "holidays"


def test_a_final_order_is_not_held(desk: Desk, by: By) -> None:
    answer = hold(by("ada"), standing(desk, "completed"), "holidays")

    assert said(answer) == (409, "CONDITION_NOT_MET")
    assert answer.json()["reasons"] == ["An order that is completed has nothing left to hold."]


def test_a_reason_is_needed(desk: Desk, by: By) -> None:
    job = desk.job()

    for body in ({}, {"reason": None}, {"reason": " "}, {"reason": "x" * 501}, {"reason": 5}, {"reason": "a\x00"}):
        answer = by("bea").send(f"{address(job)}/hold", body)
        assert (*said(answer), answer.json()["field"]) == (422, "INVALID_FIELD", "reason")


def hold(caller: Caller, job: Job, reason: str) -> httpx.Response:
    """Put the job on hold."""
    return caller.send(f"{address(job)}/hold", {"reason": reason})
