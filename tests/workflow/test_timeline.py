"""The timeline: what of the history somebody may read."""

import pytest

from tests.desk import Desk, on_sqlite
from workflow.timeline import readable_note


@on_sqlite
@pytest.mark.parametrize("name, reads", [("cleo", False), ("wren", True), ("bea", True), ("ada", True)])
def test_talk_of_the_team_stays_there(desk: Desk, name: str, reads: bool) -> None:
    job = desk.job("approved")
    desk.make(job, "assign", by="bea", writer="wren", note="Wolf is too slow")
    desk.make(job, "start", by="wren", note="Off we go")

    notes = [readable_note(line, desk.who(name)) for line in desk.history(job)[2:]]

    assert notes == ["Wolf is too slow" if reads else None, "Off we go"]
