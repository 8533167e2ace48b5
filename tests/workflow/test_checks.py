"""The checks: what a database and a letter can take."""

import pytest

from tests.desk import refused
from workflow import checks
from workflow.refusals import InvalidField


def test_nothing_stays_nothing() -> None:
    assert checks.text("note", None, 5) is checks.text("note", "", 5) is checks.text("note", " \n", 5) is None


@pytest.mark.parametrize("words", ["1 2", "12345", "🎉🎉🎉🎉🎉", "a\nb\tc"])
def test_what_fits_stays_as_it_is(words: str) -> None:
    assert checks.text("note", words, 5) == words


def test_what_is_needed_is_trimmed() -> None:
    assert checks.needed("name", "\t Cleo \n", 9) == "Cleo"


@pytest.mark.parametrize("value", [1, 5, checks.LARGEST])
def test_a_whole_number_fits(value: int) -> None:
    assert checks.whole("quantity", value, 1) == value


@pytest.mark.parametrize("value", [0, -1, checks.LARGEST + 1, -(10**30), 10**30])
def test_other_numbers_are_refused(value: int) -> None:
    with refused("The quantity must be between 1 and 2,147,483,647.", InvalidField):
        checks.whole("quantity", value, 1)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "UTC", "Asia/Kolkata"])
def test_a_time_zone_is_known(zone: str) -> None:
    assert checks.time_zone(zone) == zone


@pytest.mark.parametrize("zone", ["", "Berlin", "../../etc/passwd", "x" * 100_000])
def test_other_time_zones_are_refused(zone: str) -> None:
    with pytest.raises(InvalidField) as refusal:
        checks.time_zone(zone)

    assert len(refusal.value.sentence) < 100


def test_all_that_is_wrong_is_said_once_and_together() -> None:
    with pytest.raises(InvalidField) as refusal:
        checks.together(
            title=lambda: checks.line("title", " ", 9),
            email=lambda: checks.address("cleo@example.com"),
            rest=lambda: checks.together(quantity=lambda: checks.whole("quantity", 0, 1)),
            again=lambda: checks.line("title", "far too long", 9),
        )

    assert list(refusal.value.fields) == ["title", "quantity"]
    assert refusal.value.field == "title"
    assert refusal.value.sentence == "The title is missing. The quantity must be between 1 and 2,147,483,647."


def test_what_is_right_is_handed_back_by_name() -> None:
    found = checks.together(title=lambda: checks.line("title", " Tea ", 9), none=lambda: None)

    assert found == {"title": "Tea", "none": None}
