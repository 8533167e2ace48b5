"""Many letters, a mail server that is down for an hour, and two deaths in the middle: all arrive, none is lost."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

from models.letter import Delivery
from tests.desk import Desk
from tests.faults import times
from tests.mailbox import Mailbox, nobody, opened
from tests.workflow.mail.test_queue import write

ROOT = Path(__file__).parents[3]

LETTERS = times(60, 500)
DEATHS = (times(20, 40), times(20, 60))
"""After how many letters the first process dies, and after how many more the second."""

SCRIPT = """
import sys
from datetime import timedelta
from models import clock, database
import settings
from workflow.mail import queue

database.use(settings.current().database)
start, first, last = clock.now(), int(sys.argv[1]), int(sys.argv[2])
for minute in range(first, last):
    with clock.at(start + timedelta(minutes=minute)):
        while queue.send_due():
            pass
"""
"""The clock of the letters in a process of its own, in which a minute passes in no time."""


def sender(desk: Desk, url: str, first: int, last: int) -> subprocess.Popen[bytes]:
    """That process, from one simulated minute to another."""
    command = [sys.executable, "-c", SCRIPT, str(first), str(last)]
    return subprocess.Popen(command, cwd=ROOT, env=desk.environment | {"DOCKET_SMTP_URL": url})


def dies(desk: Desk, box: Mailbox, first: int, after: int) -> None:
    """Let it send, and kill it when the server has taken so many, before it can write that down."""
    goal = len(box.taken) + after
    with sender(desk, box.url(), first, first + 600) as process:
        box.meanwhile = lambda: process.kill() if len(box.taken) >= goal else None
    box.meanwhile = lambda: None
    assert process.returncode == -9


def test_all_arrive(desk: Desk) -> None:
    write(desk, LETTERS)
    with nobody() as away, sender(desk, away, 0, 60) as process:
        pass
    assert (process.returncode, {letter.tries for letter in desk.letters()}) == (0, {0})

    with opened() as box:
        for number, after in enumerate(DEATHS):
            dies(desk, box, 120 + 60 * number, after)
        with sender(desk, box.url(), 300, 360) as process:
            pass

    arrived = Counter(mail["Message-ID"] for mail in box.taken)
    letters = desk.letters()
    assert process.returncode == 0
    assert set(arrived) == {letter.message_id for letter in letters}
    assert len(arrived) == LETTERS
    assert max(arrived.values()) <= 2
    assert len(box.taken) - LETTERS <= len(DEATHS)
    assert {letter.delivery for letter in letters} == {Delivery.sent}
