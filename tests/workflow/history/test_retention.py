"""Read news, and letters that are done with, are cleared after 90 days; what is unread, or waits, is not."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from models import Letter, Notification
from tests.desk import Desk, later
from workflow.history import retention

CLEARS = """
from datetime import timedelta; from models import Notification, clock; from workflow.history import retention
db.use(settings.current().database)
with clock.at(clock.now() + timedelta(days=91)):
    print(retention.clear_table(Notification))
"""


def clear(days: float) -> int:
    """Let the clock strike in so many days."""
    with later(days=days):
        return retention.clear_table(Notification)


def test_read_news_has_ninety_days(desk: Desk) -> None:
    job = desk.job("approved")
    number = sum(len(desk.notifications(name)) for name in ("cleo", "bea", "bob", "ada"))

    with later(days=50):
        desk.make(job, "assign", by="bea", writer="wren")

    assert [clear(89), clear(91), clear(92)] == [0, number, 0]
    assert [line.read for line in desk.notifications("bea")] == [True]


def test_unread_news_stays(desk: Desk) -> None:
    job = desk.job()
    desk.make(job, "approve", by="bea")
    clear(1000)

    assert len(desk.news_of("cleo")) == 1
    assert desk.notifications("bea") == []


def test_what_waits_for_a_digest_stays(desk: Desk) -> None:
    desk.job()
    desk.sql("UPDATE notifications SET in_digest = true WHERE user_id = 1")

    clear(1000)

    assert [len(desk.notifications(name)) for name in ("cleo", "bea")] == [1, 0]


def test_many_lines_go_in_parts(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "AT_ONCE", 3)
    desk.job("delivered")

    assert clear(91) > 9
    assert desk.notifications("cleo") == []


def test_two_processes_at_once(desk: Desk) -> None:
    for _ in range(5):
        desk.job("delivered")
    number = sum(len(desk.notifications(name)) for name in ("cleo", "wren", "bea", "bob", "ada"))

    with ThreadPoolExecutor(2) as pool:
        assert sum(map(int, pool.map(desk.elsewhere, [CLEARS] * 2))) == number


def test_letters_that_are_done_with_have_ninety_days(desk: Desk) -> None:
    for delivery in ("sent", "given_up", "waiting"):
        desk.job("delivered")
        desk.sql(f"UPDATE letters SET delivery = '{delivery}' WHERE id = (SELECT max(id) FROM letters)")

    cleared = []
    for days in (89, 91):
        with later(days=days):
            cleared.append(retention.clear_table(Letter))

    assert cleared == [0, 2]
    assert [letter.delivery for letter in desk.letters()] == ["waiting"]
