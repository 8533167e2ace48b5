"""The clock: it can be set for one thread, and nobody else notices."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest

from models import clock
from tests.desk import later


def test_now_is_now() -> None:
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=1)
    assert clock.now().tzinfo is UTC


def test_a_story_travels_in_time() -> None:
    moment = datetime(2030, 1, 1, 12, tzinfo=timezone(timedelta(hours=2)))

    with clock.at(moment):
        assert clock.now() == moment
        assert clock.now().hour == 10
        with later(days=1):
            assert clock.now() == moment + timedelta(days=1)
        assert clock.now() == moment


def test_a_failing_story_travels_back() -> None:
    with pytest.raises(KeyError), later(days=1):
        raise KeyError

    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=1)


def test_others_stay_where_they_are() -> None:
    with later(days=1), ThreadPoolExecutor() as pool:
        assert clock.now() - pool.submit(clock.now).result() > timedelta(hours=23)
