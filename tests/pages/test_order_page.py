"""The page of an order: what it tells of times is so."""

from datetime import timedelta

import pytest

from models import clock, database
from models.file import File
from models.status_log import StatusLog
from pages.job.file_list import going
from pages.job.page import Found
from tests.desk import Desk
from tests.workflow.orders.test_files import bring


def test_a_file_comes_before_its_delivery(desk: Desk) -> None:
    job = desk.job("in_progress")
    with clock.at(clock.now()):
        bring(desk, job, "final", by="wren")
        desk.make(job, "deliver", by="wren")

    with database.reading() as session:
        found = Found.read(session, desk.who("bea"), job.display_id)

    assert found
    assert isinstance(found.events[0], StatusLog)
    assert isinstance(found.events[-2], File)


@pytest.mark.parametrize(
    "left, words",
    [
        (timedelta(days=7), "in 7 days"),
        (timedelta(minutes=15), "in 15 min"),
        (timedelta(0), "in a few minutes"),
        (timedelta(days=-59), "in a few minutes"),
    ],
)
def test_when_files_go_is_never_in_the_past(left: timedelta, words: str) -> None:
    assert going(left) == f"These files are deleted {words}."
