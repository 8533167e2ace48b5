"""Rounds: everybody, and nobody, goes to every address for people: of their own, of a foreign and of an open order.

Run by `test_matrix.py` in a process of its own, as `visits.py` is.
"""

import re
from collections.abc import Iterator

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from httpx import Response
from nicegui import core
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from models import Job
from pages import cookie
from tests.desk import Desk
from tests.workflow.orders.test_files import bring
from workflow.orders import bulk
from workflow.orders.bulk_wish import Wish
from workflow.people import sign_ins

CAST = ("nobody", "cleo", "carl", "wren", "wolf", "bea", "ada")
ALIKE = ("carl", "wolf")
"""Who differs from others of their role only where there is an order."""

SEEN = {"taken": "cleo wren bea ada", "open": "cleo bea ada"}
"""Who sees the order, which is Cleo's: with Wren to write it, and with nobody yet."""

CLIENTS, WRITERS, STAFF, ADMIN = "cleo carl", "wren wolf", "bea ada", "ada"
SIGNED_IN = f"{CLIENTS} {WRITERS} {STAFF}"
WAYS = {
    "GET /client": CLIENTS,
    "GET /writer": WRITERS,
    "GET /manager": "bea",
    "GET /admin": ADMIN,
    "GET /all": STAFF,
    "GET /new": f"{CLIENTS} {STAFF}",
    "GET /find": SIGNED_IN,
    "GET /keys": SIGNED_IN,
    "GET /notifications": SIGNED_IN,
    "GET /profile": SIGNED_IN,
    "GET /admin/agency": ADMIN,
    "GET /admin/log": ADMIN,
    "GET /admin/log.csv": ADMIN,
    "GET /admin/lifecycle": ADMIN,
    "GET /admin/mail": ADMIN,
    "GET /admin/people": ADMIN,
    "GET /admin/records": ADMIN,
    "GET /admin/rules": ADMIN,
    "GET /admin/work": ADMIN,
    "GET /bulk/{bulk_id}/export": STAFF,
    "GET /jobs/{display_id}": SIGNED_IN,
    "GET /files/{file_id}": SIGNED_IN,
    "GET /jobs/{job_id}/files.zip": SIGNED_IN,
    "POST /jobs/{job_id}/files": f"{CLIENTS} {STAFF}",
    "POST /drafts/{key}/files": f"{CLIENTS} {STAFF}",
}
"""Whom each address lets in, of those who see the order where it has one."""

WITH_AN_ORDER = {
    "GET /jobs/{display_id}",
    "GET /files/{file_id}",
    "GET /jobs/{job_id}/files.zip",
    "POST /jobs/{job_id}/files",
}

FOR_ANYBODY = {
    "GET /",
    "GET /setup",
    "GET /login",
    "POST /login",
    "POST /logout",
    "GET /forgot",
    "GET /login/link",
    "POST /login/link",
    "GET /login/with",
    "POST /login/with",
    "GET /address/confirm",
    "POST /address/confirm",
    "GET /login/code",
    "POST /login/code",
    "GET /invite/with",
    "POST /invite/with",
    "GET /order",
    "GET /order/confirm",
    "POST /order/confirm",
    "GET /receipts/{code}",
    "GET /receipts/{code}.pdf",
    "GET /unsubscribe/{token}",
    "POST /unsubscribe/{token}",
    "GET /agency/logo",
    "GET /outbox",
    "GET /outbox/{letter_id}",
    "GET /manifest.webmanifest",
    "GET /offline",
    "GET /offline.js",
}
"""What asks for no sign-in: it shows nothing of an order, or is for whoever has its key, or is the demo's."""


def undeclared(site: ASGIApp) -> list[str]:
    """The addresses of the page table and beside it of which nothing is declared, and what is declared in vain."""
    there = {way for app in (core.app, _inside(site)) for way in _ways(app)}
    return sorted(there ^ (WAYS.keys() | FOR_ANYBODY))


def _ways(app: FastAPI) -> Iterator[str]:
    for each in iter_route_contexts(app.routes):
        if (getattr(each.endpoint, "__module__", None) or "").startswith("pages"):
            yield from (f"{method} {each.path}" for method in each.methods or ())


def _inside(site: ASGIApp) -> FastAPI:
    return site if isinstance(site, FastAPI) else _inside(vars(site)["app"])


def strays(web: TestClient, desk: Desk) -> list[str]:
    """Who got in where they do not belong, or was kept out where they do, or left a trace without getting in."""
    orders = {kind: desk.job("in_progress" if kind == "taken" else "approved", title=f"Of {kind}") for kind in SEEN}
    bulk.update(Wish((4711,), orders["open"].status), by=desk.who("bea"))
    return [stray for kind, job in orders.items() for name in CAST for stray in _round(web, desk, kind, job, name)]


def _round(web: TestClient, desk: Desk, kind: str, job: Job, name: str) -> Iterator[str]:
    file = bring(desk, job, "brief")
    places = {"display_id": job.display_id, "job_id": job.key, "file_id": file.key, "bulk_id": 1, "key": "draft"}
    headers = {} if name == "nobody" else {"Cookie": f"{cookie.name()}={sign_ins.sign_in(desk.who(name))}"}
    for way, who in WAYS.items():
        if way in WITH_AN_ORDER or (kind == "taken" and name not in ALIKE):
            belongs = name in who.split() and (way not in WITH_AN_ORDER or name in SEEN[kind].split())
            method, address = way.format(**places).split()
            before = desk.commits()
            sent = {"content": b"a", "params": {"name": "a.txt", "kind": "brief"}} if method == "POST" else {}
            answer = web.request(method, address, headers=headers, **sent)
            if _is_in(answer, way, job) != belongs or (not belongs and desk.commits() != before):
                yield f"{name}, {kind}: {way} {answer.status_code}"


def _is_in(answer: Response, way: str, job: Job) -> bool:
    is_shown = way != "GET /jobs/{display_id}" or re.search(job.title, answer.text)  # a page says that there is none
    return answer.is_success and bool(is_shown)
