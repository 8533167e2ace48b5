"""Kills (`kill -9`) while people work: what was acknowledged is kept, and nothing is there by half."""

import hashlib
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import httpx
from sqlmodel import col, select

from api import access_tokens
from models import Job, Letter, Notification, StatusLog, database
from models.comment import Comment
from models.file import File
from tests.browser.server import Server
from tests.desk import Desk
from tests.faults import times
from workflow.storage import sweep

KILLS = times(5, 50)
"""On each database."""

PEOPLE = times(4, 8)
PACE = times(20, 40)
"""After how many more acknowledged steps comes a kill."""

STEPS = ("approve", "assign", "start", "deliver")
STATUSES = ("approved", "assigned", "in_progress", "delivered")


class Program(threading.Thread):
    """Bea's, which brings one order after the other to its delivery, and remembers what it was told."""

    def __init__(self, server: Server, desk: Desk) -> None:
        super().__init__()
        self.told: list[tuple[str, Any]] = []
        self.over = threading.Event()
        own = {"Authorization": f"Bearer {access_tokens.issued(desk.who('bea'))}"}
        self._desk = httpx.Client(base_url=server.url, headers=own, trust_env=False, timeout=30)
        self._client, self._writer = desk.who("cleo").key, desk.who("wren").key

    def run(self) -> None:
        """Go on until it is over; of an order in whose midst the desk is gone, no more is heard."""
        with self._desk:
            while not self.over.is_set():
                with suppress(httpx.TransportError):
                    self._one_order()
                self.over.wait(0.1)

    def _one_order(self) -> None:
        job = self._say("POST", "", json={"title": "Research Paper", "clientId": self._client})["id"]
        self.told.append(("line", (job, "create")))
        comment = self._say("POST", f"/{job}/comments", json={"body": "A word", "audience": "team"})
        self.told.append(("comment", comment["id"]))
        file = self._say("POST", f"/{job}/files", files={"file": ("a.txt", b"Words " * 20_000)}, data={"kind": "final"})
        self.told.append(("file", (file["id"], file["sha256"])))
        for action, status in zip(STEPS, STATUSES, strict=True):
            self._say("PATCH", f"/{job}/status", json={"status": status, "writerId": self._named(action)})
            self.told.append(("line", (job, action)))

    def _named(self, action: str) -> int | None:
        return self._writer if action == "assign" else None

    def _say(self, method: str, path: str, **more: Any) -> Any:
        return self._desk.request(method, f"/api/jobs{path}", **more).raise_for_status().json()


@contextmanager
def at_work(server: Server, desk: Desk) -> Iterator[list[Program]]:
    """Within this block, so many programs work."""
    programs = [Program(server, desk) for _ in range(PEOPLE)]
    for each in programs:
        each.start()
    try:
        yield programs
    finally:
        for each in programs:
            each.over.set()
        for each in programs:
            each.join()


def told(programs: list[Program]) -> set[tuple[str, Any]]:
    """All that was acknowledged so far."""
    return {each for program in programs for each in tuple(program.told)}


def kept(desk: Desk) -> set[tuple[str, Any]]:
    """All that there is, files by what their bytes are now."""
    with database.reading() as session:
        lines = session.exec(select(StatusLog.job_id, StatusLog.action)).all()
        comments, files = session.exec(select(Comment.id)).all(), session.exec(select(File)).all()
    found = {("line", line) for line in map(tuple, lines)} | {("comment", key) for key in comments}
    return found | {("file", (file.id, _sha256(desk, file.stored_as))) for file in files}


def _sha256(desk: Desk, name: str) -> str:
    return hashlib.sha256((desk.folder / "files" / name).read_bytes()).hexdigest()


def halves(desk: Desk) -> list[str]:
    """What is there without what belongs to it: of lines the news to Ada and the status, of deliveries the letter."""
    ada = desk.who("ada").key
    with database.reading() as session:
        jobs = session.exec(select(Job)).all()
        lines = session.exec(select(StatusLog).order_by(col(StatusLog.id))).all()
        news = session.exec(
            select(Notification.job_id).where(
                Notification.user_id == ada, col(Notification.type).in_(["order_created", "order_updated"])
            )
        ).all()
        letters = session.exec(select(Letter.job_id)).all()
    newest = {line.job_id: line.new_status for line in lines}
    wrong = [f"status of {job.id}" for job in jobs if newest.get(job.key) != job.status]
    wrong += ["news"] * (Counter(line.job_id for line in lines) != Counter(news))
    return wrong + ["letters"] * (
        Counter(letters) != Counter(each.job_id for each in lines if each.action == "deliver")
    )


def orphans(desk: Desk) -> set[str]:
    """What lies on disk without a row, after the sweep of the next start (ten seconds later)."""
    sweep.sweep()
    with database.reading() as session:
        return {path.name for path in (desk.folder / "files").iterdir()} - set(session.exec(select(File.stored_as)))


def test_what_was_acknowledged_is_kept(desk: Desk) -> None:
    server = Server(desk.folder, desk.url, DATA_DIR=str(desk.folder), REQUESTS_A_MINUTE="100000")
    seconds = list[float]()
    with at_work(server, desk) as programs:
        for number in range(1, KILLS + 1):
            begin = time.monotonic()
            server.start()
            seconds.append(time.monotonic() - begin)
            while len(told(programs)) < number * PACE:
                assert time.monotonic() < begin + 120
                time.sleep(0.05)
            server.stop(at_once=True)

            assert told(programs) - kept(desk) == set()
            assert (halves(desk), desk.faults(), orphans(desk)) == ([], [], set())

    print(f"{len(told(programs)):,} acknowledged, serving after {max(seconds):.1f} s at most")  # noqa: T201 - with -s
