"""Notifications: a user's own news, in order, from any point on."""

from datetime import timedelta

import pytest

from models import Notification, clock, database
from tests.desk import Desk, later


@pytest.fixture
def lines(desk: Desk) -> list[Notification]:
    """Five lines for Cleo, an hour apart, the first of them read; and as many for Carl in between."""
    for hour in range(5):
        for name in ("cleo", "carl"):
            with later(hours=hour), database.writing() as session:
                about = f"Hour {hour} for {name}"
                user_id = desk.who(name).key
                session.add(Notification(user_id=user_id, type="test", title="", sentence=about, read=hour == 0))
    return desk.notifications("cleo")


def test_the_newest_come_first(desk: Desk, lines: list[Notification]) -> None:
    with database.reading() as session:
        newest = Notification.newest(session, desk.who("cleo").key, limit=3)

    assert [line.message for line in newest] == ["Hour 4 for cleo", "Hour 3 for cleo", "Hour 2 for cleo"]


def test_since_excludes_its_own_moment(desk: Desk, lines: list[Notification]) -> None:
    with database.reading() as session:
        at_it = Notification.newest(session, desk.who("cleo").key, limit=9, since=lines[3].created_at)
        just_before = lines[3].created_at - timedelta(microseconds=1)
        before = Notification.newest(session, desk.who("cleo").key, limit=9, since=just_before)

    assert [line.id for line in at_it] == [lines[4].id]
    assert [line.id for line in before] == [lines[4].id, lines[3].id]


def test_what_came_after_a_line(desk: Desk, lines: list[Notification]) -> None:
    third = lines[2].id or 0
    with database.reading() as session:
        mine = Notification.after(session, desk.who("cleo").key, third)
        everybodys = Notification.everybodys_after(session, third)

    assert [line.id for line in mine] == [lines[3].id, lines[4].id]
    assert len(everybodys) == 5
    assert [line.id for line in everybodys] == sorted(line.id or 0 for line in everybodys)


def test_the_last_line_is_known(desk: Desk, lines: list[Notification]) -> None:
    with database.reading() as session:
        assert Notification.last_id(session, desk.who("cleo").key) == lines[-1].id
        assert Notification.last_id(session) > (lines[-1].id or 0)
        assert Notification.last_id(session, desk.who("wren").key) == 0


def test_unread_lines_are_counted(desk: Desk, lines: list[Notification]) -> None:
    with database.reading() as session:
        assert Notification.unread(session, desk.who("cleo").key) == 4
        assert Notification.unread(session, desk.who("wren").key) == 0


def test_reading_all_spares_others(desk: Desk, lines: list[Notification]) -> None:
    cleo, carl = desk.who("cleo").key, desk.who("carl").key

    with database.writing() as session:
        assert Notification.mark_read(session, cleo) == 4
        assert Notification.mark_read(session, cleo) == 0

    with database.reading() as session:
        assert (Notification.unread(session, cleo), Notification.unread(session, carl)) == (0, 4)


def test_one_cannot_read_for_others(desk: Desk, lines: list[Notification]) -> None:
    with database.writing() as session:
        assert Notification.mark_read(session, desk.who("carl").key, lines[1].id) == 0
        assert Notification.mark_read(session, desk.who("cleo").key, lines[1].id) == 1


def test_a_line_has_its_moment(desk: Desk) -> None:
    with later(hours=1):
        moment = clock.now()
        with clock.at(moment):
            assert Notification(user_id=1, type="", title="", sentence="").created_at == moment
