"""Who looks at an order has read its news: theirs, of this order, and nothing else."""

from tests.desk import Desk, listening
from workflow.notifications import inbox


def test_one_reader_one_order(desk: Desk) -> None:
    seen, other = desk.job("in_progress"), desk.job("in_progress")
    for job in (seen, other):
        desk.make(job, "deliver", by="wren")

    assert inbox.look_at(desk.who("cleo"), seen.key) == 1

    assert len(desk.news_of("cleo")) == 1
    assert len(desk.news_of("bea")) == 2


def test_nobody_is_rung_for_nothing(desk: Desk) -> None:
    job = desk.job("in_progress")

    with listening() as heard:
        assert inbox.look_at(desk.who("cleo"), job.key) == 0

    assert heard == []
