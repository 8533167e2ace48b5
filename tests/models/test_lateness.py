"""Lateness: who is warned of which deadline; clients never are."""

from datetime import timedelta

import pytest

from models import clock
from tests.workflow.at_hand import AT_HAND, job

AGO, AHEAD = -timedelta(hours=3), timedelta(hours=3)
TEAM = {"wren", "bea", "ada"}


@pytest.mark.parametrize(
    "status, deadline, own, warned",
    [
        ("in_progress", AGO, None, TEAM),
        ("in_progress", AHEAD, None, set()),
        ("in_progress", AHEAD, AGO, TEAM),
        ("in_progress", AGO, AHEAD, {"bea", "ada"}),
        ("in_progress", None, AGO, TEAM),
        ("editing", AGO, AGO, {"bea", "ada"}),
        ("editing", AHEAD, AGO, set()),
        ("delivered", AGO, AGO, set()),
        ("completed", AGO, AGO, set()),
        ("pending", AGO, None, {"bea", "ada"}),
        ("in_progress", None, None, set()),
    ],
)
def test_everybody_is_warned_of_their_own(
    status: str, deadline: timedelta | None, own: timedelta | None, warned: set[str]
) -> None:
    order = job(
        status,
        deadline=deadline and clock.now() + deadline,
        writer_deadline=own and clock.now() + own,
    )

    assert {name for name in ("cleo", "wren", "bea", "ada") if order.is_late_for(AT_HAND[name])} == warned
