"""Visits: every page is opened and left in a process of its own; what it asked of the database, and what stayed of it.

Run by `test_left.py`: what a page does to a whole process would be felt by the other tests.
"""

import asyncio
import gc
import json
import os
import weakref
from pathlib import Path
from typing import Any

from nicegui import Client, ui
from sqlmodel import Session
from starlette.testclient import TestClient

import pages
from models import Job, User, database
from models.agency import Agency
from models.user import Role
from pages import cookie
from tests.desk import Desk, statements
from tests.workflow.orders.test_files import bring
from workflow.orders import comments
from workflow.people import sign_ins

PAGES = [
    ("", "/login"),
    ("", "/order"),
    ("cleo", "/client"),
    ("cleo", "/jobs/{number}"),
    ("cleo", "/new"),
    ("wren", "/writer"),
    ("bea", "/manager"),
    ("bea", "/all"),
    ("bea", "/notifications"),
    ("ada", "/jobs/{number}"),
    ("ada", "/profile"),
    *(("ada", f"/admin/{page}") for page in ("people", "work", "rules", "agency", "mail", "lifecycle")),
    *(("ada", f"/admin/{page}") for page in ("records", "log")),
]


def more(desk: Desk, job: Job, number: int) -> None:
    """So many more of everything: orders, comments, files, people."""
    for count in range(number):
        desk.job("in_progress")
        comments.say(job.key, "A word", by=desk.who("wren"))
        bring(desk, job, "brief", name=f"{job.version}-{count}.txt")
    with database.writing() as session:
        _people(session, number)


def _people(session: Session, number: int) -> None:
    there = len(User.everybody(session))
    session.add_all(
        User(email=f"{role}{there + count}@example.com", name=f"{role} {there + count}", role=role, password_hash="")
        for count in range(number)
        for role in (Role.client, Role.writer)
    )


def round_of(web: TestClient, desk: Desk, job: Job) -> dict[str, Any]:
    """Open every page, and leave them all: what it took, how it was answered, and which elements are still there."""
    asked = {f"{name} {path}": visit(web, desk, name, path.format(number=job.display_id)) for name, path in PAGES}
    assert web.portal
    left = web.portal.call(_leave)
    alive = sorted({f"{path}: {type(there).__name__}" for ref, path in left if (there := ref()) is not None})
    return {"pages": asked, "alive": alive}


def visit(web: TestClient, desk: Desk, name: str, path: str) -> tuple[int, int]:
    """Open a page: the answer's code, and how many statements that took."""
    key = sign_ins.sign_in(desk.who(name)) if name else ""
    with statements() as asked:
        answer = web.get(path, headers={"Cookie": f"{cookie.name()}={key}"})
        assert web.portal
        web.portal.call(asyncio.sleep, 0.1)  # what the page asks for in the background
    return answer.status_code, len(asked)


async def _leave() -> list[tuple[weakref.ref[Any], str]]:
    open_ones = list(Client.instances.values())
    left = [
        (weakref.ref(each), page.page.path)
        for page in open_ones
        for each in page.elements.values()
        if not isinstance(each, ui.upload)  # the library's own address for it goes in a circle
    ]
    while open_ones:
        open_ones.pop().delete()
    await asyncio.sleep(1.5)  # their timers sleep a second
    return left


def everywhere() -> str:
    """Two rounds, with three of everything and with a dozen, as JSON."""
    desk = Desk(os.environ["DOCKET_DATABASE_URL"], Path(os.environ["DOCKET_DATA_DIR"]))
    desk.rules(public_orders=True)
    with database.writing() as session:
        session.add(Agency(name="Paper & Ink"))
    job = desk.job("in_progress")
    with TestClient(pages.application(), base_url="http://localhost", follow_redirects=False) as web:
        rounds = list[dict[str, Any]]()
        for number in (3, 9):
            more(desk, job, number)
            gc.disable()
            rounds.append(round_of(web, desk, job))
            gc.enable()
    return json.dumps(rounds)
