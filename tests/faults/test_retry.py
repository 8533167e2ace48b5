"""Retries: a program that got no answer asks again under its key, and what it asked for is done once."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from api import access_tokens
from models import database
from models.bulk import BulkOperation
from tests.api.caller import By
from tests.api.conftest import by, door
from tests.desk import Desk

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
