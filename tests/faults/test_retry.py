"""Retries: a program that got no answer asks again under its key, and what it asked for is done once."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlmodel import select

from api import access_tokens
from models import causes, database
from models.bulk import BulkOperation
from tests.api.caller import By
from tests.api.conftest import by, door
from tests.desk import Desk
from tests.faults import until
from tests.faults.test_storage import error_of
from workflow.live.bell import bell
from workflow.storage import probe

__all__ = ["by", "door"]

ROOT = Path(__file__).parents[2]

DYING = """
import json, os, signal, sys
from sqlalchemy import event
from starlette.testclient import TestClient
import api, settings
from models import database
from workflow.live.bell import bell

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

database.use(settings.current().database)
if sys.argv[1] == "after":
    bell.listen(die)
else:
    event.listen(database.current().writer, "commit", die)
TestClient(api.application()).request(**json.loads(sys.argv[2]))
"""
"""A server that is killed just after the commit of a request, which nobody is told of, or just before."""


@pytest.mark.parametrize("moment", ["before", "after"])
def test_what_a_killed_server_was_asked_for_is_done_once(desk: Desk, by: By, moment: str) -> None:
    jobs = [desk.job(), desk.job()]
    request = wish(desk, [job.key for job in jobs])
    line = [sys.executable, "-c", DYING, moment, json.dumps(request)]
    killed = subprocess.run(line, cwd=ROOT, env=desk.environment, capture_output=True, timeout=60, check=False)

    answer = by("bea").client.request(**request)

    assert killed.returncode == -9, killed.stderr.decode()
    assert (answer.json()["successCount"], "Idempotent-Replayed" in answer.headers) == (2, moment == "after")
    assert [[line.action for line in desk.history(job)] for job in jobs] == [["create", "approve"]] * 2
    assert len(desk.news_of("cleo")) == 2
    with database.reading() as session:
        assert len(session.exec(select(BulkOperation)).all()) == 1


def wish(desk: Desk, ids: list[int]) -> dict[str, Any]:
    """Bea's request to approve these orders."""
    headers = {"Authorization": f"Bearer {access_tokens.issued(desk.who('bea'))}", "Idempotency-Key": "once"}
    body = {"orderIds": ids, "newStatus": "approved"}
    return {"method": "POST", "url": "/api/jobs/bulk/status-update", "headers": headers, "json": body}


LOST: dict[str, tuple[list[str], list[str]]] = {
    "before": (
        [
            "CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(60); RETURN NULL; END'",
            "CREATE CONSTRAINT TRIGGER wait AFTER INSERT ON bulk_operations DEFERRABLE INITIALLY DEFERRED "
            "FOR EACH ROW EXECUTE FUNCTION wait()",
        ],
        ["DROP FUNCTION wait CASCADE"],
    ),
    "after": (
        [
            "ALTER ROLE CURRENT_USER SET synchronous_commit = on",
            "ALTER SYSTEM SET synchronous_standby_names = 'another'",
            "SELECT pg_reload_conf()",
        ],
        [
            "ALTER SYSTEM RESET synchronous_standby_names",
            "ALTER ROLE CURRENT_USER RESET synchronous_commit",
            "SELECT pg_reload_conf()",
        ],
    ),
}
"""What has a commit wait, and how that ends: before anything is kept, or after, until another server has it, too."""


@contextmanager
def slow_commits(desk: Desk, moment: str) -> Iterator[Callable[[], None]]:
    """Within the block, a commit waits at this moment; what is given cuts the line of the one that does."""
    begin, end = LOST[moment]
    with psycopg.connect(desk.url, autocommit=True) as admin:

        def say(*lines: str) -> None:
            for line in lines:
                admin.execute(line.encode())

        def cut() -> None:
            waiting = (
                b"SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                b" WHERE wait_event IN ('SyncRep', 'PgSleep') AND datname = current_database()"
            )
            until(lambda: bool(admin.execute(waiting).fetchall()))

        say(*begin)
        try:
            yield cut
        finally:
            say(*end)


@pytest.mark.parametrize("desk", ["postgresql"], indirect=True)
@pytest.mark.parametrize("moment", LOST)
def test_a_commit_whose_answer_is_lost(desk: Desk, by: By, moment: str) -> None:
    job, bea = desk.job(), by("bea")
    request, known = wish(desk, [job.key]), bell.number(job.client_id)

    with ThreadPoolExecutor(1) as pool, slow_commits(desk, moment) as cut:
        desk.database.dispose()
        asked = pool.submit(bea.client.request, **request)
        cut()
        assert error_of(asked.result()) == causes.UNSURE.sentence
    probe.look()

    assert bell.number(job.client_id) > known
    answer = bea.client.request(**request)
    assert (answer.json()["successCount"], "Idempotent-Replayed" in answer.headers) == (1, moment == "after")
    assert [line.action for line in desk.history(job)] == ["create", "approve"]
