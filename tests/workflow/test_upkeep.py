"""Upkeep: the clocks go on whatever happens, and stop when they are told to."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from threading import Event

import pytest
from sqlmodel import select

from models import database
from models.database import Busy
from models.sign_in import SignIn
from tests.desk import Desk, later
from tests.mailbox import opened, post_to
from workflow import upkeep
from workflow.history import retention
from workflow.mail import queue
from workflow.notifications import digests
from workflow.orders import auto_completion, deadlines, files
from workflow.upkeep import Clock


@contextmanager
def ticking(work: Callable[[], object]) -> Iterator[Clock]:
    """A fast clock, within the block."""
    clock = Clock("test", 0.01, work)
    clock.start()
    yield clock
    clock.stop()


def test_it_works_until_it_is_stopped() -> None:
    ticks, enough = count(1), Event()

    with ticking(lambda: next(ticks) > 5 and enough.set()):
        assert enough.wait(60)

    stopped_at = next(ticks)
    time.sleep(0.05)
    assert next(ticks) == stopped_at + 1


@pytest.mark.parametrize(
    "error, logged",
    [(Busy(), set()), (RuntimeError("Oh"), {("ERROR", "docket.upkeep", "test failed; trying again.")})],
)
def test_a_failure_does_not_stop_it(
    caplog: pytest.LogCaptureFixture, error: Exception, logged: set[tuple[str, ...]]
) -> None:
    ticks, enough = count(1), Event()

    def fail() -> None:
        if next(ticks) > 3:
            enough.set()
        raise error

    with caplog.at_level(logging.WARNING), ticking(fail):
        assert enough.wait(60)

    assert {(record.levelname, record.name, record.message) for record in caplog.records} == logged
    assert ("Traceback" in caplog.text) is bool(logged)


def test_what_is_under_way_is_finished() -> None:
    begun, done = Event(), Event()

    def work() -> None:
        begun.set()
        time.sleep(0.2)
        done.set()

    with ticking(work):
        assert begun.wait(60)

    assert done.is_set()


def test_a_slow_clock_stops_at_once() -> None:
    clock, start = Clock("slow", 3600, lambda: None), time.monotonic()
    clock.start()

    clock.stop()

    assert time.monotonic() - start < 5


def test_letters_have_a_clock(desk: Desk) -> None:
    assert "letters" in {clock.name for clock in upkeep.clocks()}


def test_two_clocks_send_a_letter_once(desk: Desk) -> None:
    titles = [f"Tea {number}" for number in range(4)]
    for title in titles:
        desk.job("delivered", title=title)

    with opened() as box:
        post_to(desk, box.url())
        with ticking(queue.send_due), ticking(queue.send_due):
            give_up = time.monotonic() + 60
            while any(letter.sent_at is None for letter in desk.letters()):
                assert time.monotonic() < give_up
                time.sleep(0.05)
        post_to(desk, "")

    assert sorted(mail["Subject"].split(" is ready")[0] for mail in box.taken) == titles


ROUNDS = [
    queue.send_due,
    upkeep.tidy,
    auto_completion.take_steps,
    deadlines.tell_due,
    retention.clear,
    digests.send_due,
    files.delete_due,
]


@pytest.mark.parametrize("work", ROUNDS, ids=lambda work: work.__module__)
def test_a_quiet_round_waits_for_nobody(desk: Desk, work: Callable[[], object]) -> None:
    desk.job("delivered")
    desk.job("completed")
    post_to(desk, "", demo=True)
    work()

    with database.writing():  # whoever would write now is told that the database is busy
        work()


def test_what_is_over_is_tidied_away(desk: Desk) -> None:
    with database.writing() as session:
        SignIn.begin(session, desk.who("bea"))
        SignIn.begin(session, desk.who("wren"))

    with later(days=2):
        upkeep.tidy()

    with database.reading() as session:
        assert [line.user_id for line in session.exec(select(SignIn))] == [desk.who("wren").id]
