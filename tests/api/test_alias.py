"""The other name: everything under /api/jobs answers under /orders too, and is described once."""

import re

import api
from tests.api.caller import By, Caller, said
from tests.desk import Desk

PATHS = api.application().openapi()["paths"]


def test_every_route_has_both_names(stranger: Caller) -> None:
    routes = [(method.upper(), path) for path in PATHS if path.startswith("/api/jobs") for method in PATHS[path]]

    for method, path in routes:
        somewhere = re.sub(r"\{\w+\}", "1", path)
        for address in (somewhere, somewhere.replace("/api/jobs", "/orders")):
            assert said(stranger.call(method, address)) == (401, "UNAUTHENTICATED")
    assert len(routes) >= 20


def test_the_schema_has_one_of_them() -> None:
    assert not [path for path in PATHS if path.startswith("/orders")]


def test_both_answer_alike(desk: Desk, by: By) -> None:
    job = desk.put(desk.job("delivered", amount=500), amount_paid=100)

    for path in (f"/{job.id}/valid-actions", f"/{job.id}/payments", "/state-machine/documentation", "/events/stats"):
        one, other = by("ada").get(f"/api/jobs{path}"), by("ada").get(f"/orders{path}")
        assert (one.status_code, one.json()) == (200, other.json())


def test_desk_work_goes_through_it(desk: Desk, by: By) -> None:
    job = desk.job(amount=500)

    assert by("bea").send(f"/orders/{job.id}/payments", {"amount": "5.00"}).status_code == 201
    assert by("bea").send(f"/orders/{job.id}/hold", {"reason": "holidays"}).json()["onHold"]
    assert by("bea").call("DELETE", f"/orders/{job.id}/hold").json()["paymentStatus"] == "paid"
    assert by("bea").send(f"/orders/{job.id}/change-status", {"newStatus": "approved"}).json()["success"]
