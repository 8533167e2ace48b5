"""Rivals: two instances whose clocks see the same work due at the same moment do it once, and say nothing of it."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta

import pytest

from models import clock
from models.database import Database
from tests.desk import Desk
from tests.mailbox import opened
from tests.workflow.mail.test_queue import ids
from workflow.orders import intentions

RIVAL = """
import sys
from datetime import datetime
import settings
from models import clock, database
from workflow import upkeep

writing = database.Database.writing

def heard(self, lent=None):
    print("waits", flush=True)
    return writing(self, lent)

database.Database.writing = heard
database.use(settings.current().database)
works = {each.name: each.work for each in upkeep.clocks()}
with clock.at(datetime.fromisoformat(sys.argv[1])):
    for name in map(str.strip, sys.stdin):
        works[name]()
        print("done", flush=True)
"""
"""An instance whose clocks strike when they are told to, and which says when it has seen what to do."""

CLOCKS = ("intentions", "deadlines", "completion", "digests", "files", "clearing", "letters")


@contextmanager
def rival(desk: Desk, smtp_url: str, moment: datetime) -> Iterator[subprocess.Popen[str]]:
    """One of the two; by the end, it has complained of nothing."""
    more = {"DOCKET_SMTP_URL": smtp_url, "DOCKET_KEEP_LOGS_DAYS": "5"}
    line = [sys.executable, "-c", RIVAL, moment.isoformat()]
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    with subprocess.Popen(line, env=desk.environment | more, text=True, **pipes) as process:
        yield process
        assert process.communicate(timeout=60)[1] == ""


def says(process: subprocess.Popen[str]) -> str:
    """Its next word."""
    assert process.stdout
    return process.stdout.readline().strip()


def strike(name: str, desk: Desk, rivals: list[subprocess.Popen[str]]) -> None:
    """Let a clock strike in both: nobody may write before both have seen what is due."""
    third = Database(desk.url)
    with third.writing() as session:
        session.connection()
        for each in rivals:
            assert each.stdin
            print(name, file=each.stdin, flush=True)
        assert [says(each) for each in rivals] == ["waits", "waits"], name
    for each in rivals:
        while (word := says(each)) != "done":
            assert word == "waits", name
    third.dispose()


@pytest.fixture
def moment() -> datetime:
    """Late in the evening, in eight days."""
    return datetime.combine(clock.now() + timedelta(days=8), time(23), clock.now().tzinfo)


def test_two_instances_do_everything_once(desk: Desk, moment: datetime) -> None:
    desk.rules(auto_complete_days=5)
    pressed, late, left, over = (desk.job(status) for status in ("pending", "in_progress", "delivered", "completed"))
    desk.put(late, deadline=moment + timedelta(hours=1))
    intentions.intend(pressed.key, "cancel", by=desk.who("bea"), version=pressed.version)
    desk.sql("UPDATE notifications SET in_digest = true, read = false WHERE id = 1")

    with opened() as box, rival(desk, box.url(), moment) as one, rival(desk, box.url(), moment) as other:
        for name in CLOCKS:
            strike(name, desk, [one, other])

    assert [line.action for line in desk.history(pressed)] == ["create", "cancel"]
    assert [line.action for line in desk.history(over)] == ["archive"]
    assert [message.partition(": ")[2] for message in desk.news_of("wren")].count("The deadline is in 1 hour") == 1
    assert (
        len([line for line in desk.notifications("cleo") if line.job_id == left.id and "itself" in line.message]) == 1
    )
    assert [letter.type for letter in desk.letters()].count("digest") == 1
    assert ids(box) == sorted(letter.message_id for letter in desk.letters() if letter.sent_at)
