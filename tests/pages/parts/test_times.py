"""Times that people type: right in the nights when clocks are changed, and on the days around them."""

from datetime import UTC, datetime

import pytest

from models import clock
from pages.parts.times import at, in_days
from tests.desk import refused
from workflow.refusals import InvalidField

BERLIN, NEW_YORK = "Europe/Berlin", "America/New_York"


@pytest.mark.parametrize(
    "day, hour, zone, moment",
    [
        ("2027-03-27", "17:00", BERLIN, datetime(2027, 3, 27, 16, tzinfo=UTC)),
        ("2027-03-28", "17:00", BERLIN, datetime(2027, 3, 28, 15, tzinfo=UTC)),
        ("2027-03-28", "02:30", BERLIN, datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),  # left out: 03:30 is meant
        ("2027-10-31", "02:30", BERLIN, datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),  # twice: the first is meant
        ("2027-03-14", "02:30", NEW_YORK, datetime(2027, 3, 14, 7, 30, tzinfo=UTC)),
        ("2027-11-07", "01:30", NEW_YORK, datetime(2027, 11, 7, 5, 30, tzinfo=UTC)),
        ("2027-01-01", None, "Asia/Kathmandu", datetime(2027, 1, 1, 11, 15, tzinfo=UTC)),
        ("", "17:00", BERLIN, None),
    ],
)
def test_a_day_and_an_hour_are_a_moment(day: str, hour: str | None, zone: str, moment: datetime | None) -> None:
    assert at(day, hour, zone) == moment


@pytest.mark.parametrize("day, hour", [("2027-02-30", "17:00"), ("soon", "17:00"), ("2027-01-01", "25:00")])
def test_what_is_no_moment_is_refused(day: str, hour: str) -> None:
    with refused("The deadline is not a date and time.", InvalidField):
        at(day, hour, BERLIN)


@pytest.mark.parametrize("zone, hour", [("Asia/Tokyo", "00:00"), (NEW_YORK, "23:59")])
def test_the_edges_of_the_calendar_are_refused(zone: str, hour: str) -> None:
    with refused("The deadline is not a date and time.", InvalidField):
        at("0001-01-01" if hour == "00:00" else "9999-12-31", hour, zone)


@pytest.mark.parametrize(
    "now, day",
    [
        (datetime(2027, 3, 27, 22, 30, tzinfo=UTC), "2027-04-03 23:30"),  # a day of 23 hours lies between
        (datetime(2027, 10, 30, 22, 15, tzinfo=UTC), "2027-11-07 00:15"),  # a day of 25 hours
        (datetime(2027, 12, 28, 23, 30, tzinfo=UTC), "2028-01-05 00:30"),
    ],
)
def test_a_week_later_it_is_the_same_time_of_day(now: datetime, day: str) -> None:
    with clock.at(now):
        assert f"{in_days(7, BERLIN):%Y-%m-%d %H:%M}" == day
