"""The clock is set by an hour: nothing is missed, nothing waits for that hour, and nothing is done twice.

What is read by ids, and what waits by a clock that is never set, needs no story here.
"""

from datetime import timedelta

import pytest

import settings
from models import clock, database
from models.ring import Ring
from tests.desk import Desk, later, listening
from tests.mailbox import Mailbox
from tests.workflow.mail.test_queue import mailbox, write
from workflow import budgets
from workflow.live.watch import Watcher
from workflow.mail import queue
from workflow.orders import auto_completion, comments, deadlines, help_requests, intentions
from workflow.people import mailed_links

__all__ = ["mailbox"]

BOTH_WAYS = pytest.mark.parametrize("hours", [-1, 1], ids=["back", "forth"])


@BOTH_WAYS
def test_no_letter_waits_for_it(desk: Desk, mailbox: Mailbox, hours: int) -> None:
    write(desk)
    mailbox.answer = "451 Later"
    assert queue.send_due() == 0
    mailbox.answer = "250 OK"
    write(desk)

    with later(hours=hours):
        assert [queue.send_due(), queue.send_due()] == [2, 0]


@BOTH_WAYS
def test_what_was_pressed_is_done_once(desk: Desk, hours: int) -> None:
    settings.use(_env_file=None, data_dir=desk.folder, database_url=desk.url, take_back_seconds=5)
    job = desk.job("in_progress")
    intentions.intend(job.key, "cancel", by=desk.who("bea"), version=job.version)
    assert intentions.carry_out_due() == 0

    with later(hours=hours):
        assert [intentions.carry_out_due(), intentions.carry_out_due()] == [1, 0]


def test_no_limit_holds_for_longer(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    job, bea, wren = desk.job("assigned"), desk.who("bea"), desk.who("wren")
    desk.put(job, hold_reason="holidays")
    monkeypatch.setattr(budgets.COMMENTS, "most", 1)

    for hours in (0, -1, -2):
        with later(hours=hours):
            comments.say(job.key, "A word", by=bea)
            assert help_requests.ask_for(job.key, "start", by=wren)


def test_links_are_mailed_as_before(desk: Desk) -> None:
    for hours in (0, -1):
        with later(hours=hours):
            for _ in range(budgets.LINKS + 1):
                mailed_links.send("cleo@example.com")

    assert len(desk.letters()) == 2 * budgets.LINKS


def test_other_processes_are_heard(desk: Desk) -> None:
    job, watcher = desk.job(), Watcher()
    with later(hours=-1), database.writing() as session:
        session.add(Ring(origin="another", job_id=job.id))

    with listening() as heard:
        watcher.look()

    assert [news.job and news.job.id for news in heard] == [job.id]


def test_back_and_forth_tells_once(desk: Desk) -> None:
    desk.rules(auto_complete_days=2)
    desk.job("in_progress", deadline=clock.now() + timedelta(days=2, minutes=30))
    quiet = desk.job("delivered")

    for hours in (0, 24, 25, 24, 25, 48, 47, 49, 48, 49):
        with later(hours=hours):
            deadlines.tell_due()
            auto_completion.take_steps()

    told = [line.type for line in desk.notifications("bea")]
    assert [told.count(kind) for kind in ("deadline_near", "deadline_missed")] == [1, 1]
    assert [line.action for line in desk.history(quiet)].count("complete") == 1
