"""News: marking one's own notifications read, and nobody else's."""

from tests.desk import Desk, listening
from workflow.notifications import inbox


def test_one_line_is_read(desk: Desk) -> None:
    job = desk.job("in_progress")
    desk.make(job, "submit", by="wren")
    desk.make(job, "deliver", by="bea")
    first, second = desk.notifications("cleo")[-2:]

    assert inbox.mark_read(desk.who("cleo"), first.id) == 1
    assert inbox.mark_read(desk.who("cleo"), first.id) == 0

    assert desk.news_of("cleo") == [second.message]


def test_all_lines_are_read_at_once(desk: Desk) -> None:
    job = desk.job("in_progress")
    desk.make(job, "submit", by="wren")
    desk.make(job, "deliver", by="bea")

    assert inbox.mark_read(desk.who("cleo")) == 2

    assert desk.news_of("cleo") == []
    assert len(desk.news_of("ada")) == 2


def test_nobody_reads_for_another(desk: Desk) -> None:
    desk.make(desk.job("in_progress"), "deliver", by="wren")
    line = desk.notifications("cleo")[-1]

    assert inbox.mark_read(desk.who("carl"), line.id) == 0

    assert desk.news_of("cleo") == [line.message]


def test_other_tabs_hear_of_it(desk: Desk) -> None:
    desk.make(desk.job("in_progress"), "deliver", by="wren")

    with listening() as heard:
        inbox.mark_read(desk.who("cleo"))
    with listening() as heard_again:
        inbox.mark_read(desk.who("cleo"))

    assert [ring.audience for ring in heard] == [{desk.who("cleo").id}]
    assert heard_again == []
