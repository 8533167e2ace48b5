"""The matrix: every route of the API, by everybody and by nobody, with an order of one's own, a foreign or an open one.

Who is not let in hears so by a code, and nothing at all is written. A route that is not declared here fails.
"""

from typing import Any, NamedTuple

import httpx
import pytest
from fastapi.routing import APIRoute, iter_route_contexts

import api
from tests.api.caller import By, Caller, said
from tests.api.noise import SCHEMA, SHAPES
from tests.desk import Desk, on_sqlite
from tests.workflow.orders.test_files import bring
from workflow.orders import payments

CAST = ("nobody", "cleo", "carl", "wren", "wolf", "bea", "ada")
"""The order is Cleo's; Wren writes it where anybody does. To Carl and Wolf it is foreign."""

SEEN = {"taken": "cleo wren bea ada", "open": "cleo bea ada", "claimable": "cleo wren wolf bea ada"}
"""Who sees the order: with its writer, without one, and without one where writers may claim."""

SIGNED_IN, STAFF, ADMIN = "cleo carl wren wolf bea ada", "bea ada", "ada"
ANYBODY = f"nobody {SIGNED_IN}"
ENDLESS = "GET /api/jobs/events/subscribe"
OUT = {(401, "UNAUTHENTICATED"), (403, "FORBIDDEN"), (404, "JOB_NOT_FOUND")}


NAMES = {name for shape in SHAPES.values() for name in shape.get("properties", {})}
"""All fields that anything in the API has."""


class Way(NamedTuple):
    """Whom a route lets in, of those who see the order where it has one; and a body that fits."""

    who: str
    body: dict[str, Any] | None = None
    file: bool = False


WAYS = {
    "GET /healthz": Way(ANYBODY),
    "GET /readyz": Way(ANYBODY),
    "GET /metrics": Way(ADMIN),
    "GET /api/docs": Way(ANYBODY),
    "POST /api/auth/token": Way(ANYBODY, {}),
    "GET /api/notifications": Way(SIGNED_IN),
    "POST /api/notifications/read-all": Way(SIGNED_IN),
    "POST /api/notifications/{notificationId}/read": Way(SIGNED_IN),
    "GET /api/users": Way(STAFF),
    "POST /api/users": Way(ADMIN, {"name": "Nina New", "email": "nina@example.com", "role": "client"}),
    "POST /api/users/{userId}/invitation": Way(ADMIN),
    "DELETE /api/users/{userId}/invitation": Way(ADMIN),
    "PATCH /api/users/{userId}": Way(ADMIN, {"name": "Cleo Clark"}),
    "GET /api/jobs": Way(SIGNED_IN),
    "POST /api/jobs": Way("cleo carl bea ada", {"title": "Tea"}),
    "GET /api/jobs/events/subscribe": Way(SIGNED_IN),
    "GET /api/jobs/events/stats": Way(ADMIN),
    "GET /api/jobs/state-machine/documentation": Way(ADMIN),
    "POST /api/jobs/bulk/filter": Way(STAFF, {}),
    "POST /api/jobs/bulk/preview": Way(STAFF, {"orderIds": [4711], "newStatus": "approved"}),
    "POST /api/jobs/bulk/status-update": Way(STAFF, {"orderIds": [4711], "newStatus": "approved"}),
    "GET /api/jobs/bulk/{bulkId}/export": Way(STAFF),
    "GET /api/jobs/{jobId}": Way(SIGNED_IN),
    "GET /api/jobs/{jobId}/logs": Way(SIGNED_IN),
    "GET /api/jobs/{jobId}/valid-actions": Way(SIGNED_IN),
    "GET /api/jobs/{jobId}/receipt": Way(SIGNED_IN),
    "PATCH /api/jobs/{jobId}/status": Way(SIGNED_IN, {"status": "revision"}),
    "POST /api/jobs/{jobId}/change-status": Way(SIGNED_IN, {"newStatus": "revision"}),
    "POST /api/jobs/{jobId}/hold": Way(STAFF, {"reason": "Wait"}),
    "DELETE /api/jobs/{jobId}/hold": Way(STAFF),
    "GET /api/jobs/{jobId}/comments": Way(SIGNED_IN),
    "POST /api/jobs/{jobId}/comments": Way(SIGNED_IN, {"body": "A word"}),
    "GET /api/jobs/{jobId}/files": Way(SIGNED_IN),
    "POST /api/jobs/{jobId}/files": Way("cleo bea ada", {"kind": "brief"}, file=True),
    "GET /api/jobs/{jobId}/files/{fileId}": Way(SIGNED_IN),
    "DELETE /api/jobs/{jobId}/files/{fileId}": Way(STAFF),
    "GET /api/jobs/{jobId}/payments": Way("cleo carl bea ada"),
    "POST /api/jobs/{jobId}/payments": Way(STAFF, {"amount": 1}),
    "POST /api/jobs/{jobId}/payments/{paymentId}/reversal": Way(STAFF, {}),
    "PUT /api/jobs/{jobId}/writer": Way(STAFF, {"writerId": 5}),
    "PUT /api/jobs/{jobId}/client": Way(STAFF, {"clientId": 1}),
}
"""What every route declares."""


def routes() -> set[str]:
    """The route table, under the first of its names."""
    table = iter_route_contexts(api.application().routes)
    return {
        f"{method} {each.path}".replace(" /orders", " /api/jobs")
        for each in table
        if isinstance(each.original_route, APIRoute)
        for method in each.methods or ()
    }


def bodies() -> dict[str, set[str]]:
    """The routes that take JSON, and the names of their fields."""
    found: dict[str, set[str]] = {}
    for path, ways in SCHEMA["paths"].items():
        for method, way in ways.items():
            if said := way.get("requestBody", {}).get("content", {}).get("application/json"):
                shape = said["schema"]["$ref"].rpartition("/")[2]
                found[f"{method.upper()} {path}"] = set(SHAPES[shape]["properties"])
    return found


def test_every_route_declares_whom_it_lets_in() -> None:
    assert routes() == WAYS.keys()


def kept_out(name: str, way: str, kind: str) -> tuple[int, str | None] | None:
    """How somebody is kept out; None for who is let in."""
    if name in WAYS[way].who.split() and ("{jobId}" not in way or name in SEEN[kind].split()):
        return None
    if name == "nobody":
        return 401, "UNAUTHENTICATED"
    is_told = "{jobId}" not in way or name in SEEN[kind].split()
    return (403, "FORBIDDEN") if is_told else (404, "JOB_NOT_FOUND")


@on_sqlite
@pytest.mark.parametrize("kind", SEEN)
def test_nobody_gets_in_where_they_do_not_belong(desk: Desk, by: By, door: httpx.Client, kind: str) -> None:
    job = desk.job("in_progress" if kind == "taken" else "approved", amount=100)
    desk.rules(writers_may_claim=kind == "claimable")
    file, line = bring(desk, job, "brief"), payments.record(job.key, 100, by=desk.who("bea"))
    ids = {"jobId": job.id, "fileId": file.id, "paymentId": line.id, "bulkId": 1, "notificationId": 1, "userId": 1}

    for name in CAST:
        caller = Caller(door) if name == "nobody" else by(name)
        for way, declared in WAYS.items():
            out, before = kept_out(name, way, kind), desk.commits()
            if out or way != ENDLESS:
                answer = said(send(caller, way.format(**ids), declared))
                assert (name, way, answer if answer in OUT else None) == (name, way, out)
            assert not out or (name, way, desk.commits()) == (name, way, before)


@on_sqlite
def test_a_field_that_is_not_theirs_is_refused(desk: Desk, by: By) -> None:
    job, before = desk.job("in_progress"), desk.commits()
    ids = dict.fromkeys(["jobId", "paymentId", "userId"], job.id)

    for way, own in bodies().items():
        method, path = way.format(**ids).split()
        answer = by("ada").send(path, (WAYS[way].body or {}) | dict.fromkeys(NAMES - own, 1), method)

        unheard = NAMES - own - answer.json().get("fields", {}).keys()
        assert (way, *said(answer), unheard) == (way, 422, "INVALID_FIELD", set())
    form = {"data": {"kind": "brief", "uploadedBy": "1"}, "files": {"file": ("a.txt", b"a")}}
    assert by("ada").call("POST", f"/api/jobs/{job.id}/files", **form).json()["field"] == "uploadedBy"
    assert desk.commits() == before


def send(caller: Caller, way: str, declared: Way) -> httpx.Response:
    """The request, with a file where it takes one."""
    body = {"data": declared.body, "files": {"file": ("a.txt", b"a")}} if declared.file else {"json": declared.body}
    return caller.client.request(*way.split(), headers=caller.headers, **body)
