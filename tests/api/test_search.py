"""Searching the list: words in titles, numbers and names, taken literally."""

import pytest

from tests.api.caller import By
from tests.desk import Desk
from workflow.people import profiles

FOUND = ["research", "PAPER", "sear", "-0001", "cleo", "Clark", "walsh", "clark research", " paper  wren ", "DK- paper"]
FOUND += ["cleo@example.com", "CLEO@EXAMPLE", "0001", "paper wren@"]
NOT_FOUND = ["thesis", "bea", "cleo tea", "-0003", "bea@example.com", "Research Papers", "carl research"]
SIGNS = ["%", "_", "\\", "/", "'", '"', "*", "?", "[", "😀"]


@pytest.fixture
def two(desk: Desk) -> None:
    """An order of Cleo's, which Wren works on, and one of Carl's."""
    desk.job("assigned", title="Research Paper", client="cleo", writer="wren")
    desk.job(title="Tea", client="carl")


def test_words_are_found_in_any_place(by: By, two: None) -> None:
    for words in FOUND:
        page = by("bea").get("/api/jobs", q=words).json()

        assert (words, [job["title"] for job in page["items"]]) == (words, ["Research Paper"])
        assert page["totalCount"] == 1


def test_other_words_are_not_found(by: By, two: None) -> None:
    for words in NOT_FOUND:
        assert (words, by("bea").titles(q=words)) == (words, [])


def test_nothing_foreign_is_found(by: By, two: None) -> None:
    assert by("carl").titles(q="research") == by("carl").titles(q="cleo") == []
    assert by("wren").titles(q="tea") == by("wolf").titles(q="research") == []


def test_no_words_find_everything(by: By, two: None) -> None:
    assert by("bea").titles(q="") == by("bea").titles(q="  ") == ["Tea", "Research Paper"]


def test_signs_are_just_signs(desk: Desk, by: By) -> None:
    for sign in SIGNS:
        by("cleo").place(f"100{sign}0 pure")

    by("cleo").place("10000 pure")
    for sign in SIGNS:
        assert by("cleo").titles(q=sign) == by("cleo").titles(q=f"0{sign}0") == [f"100{sign}0 pure"]


WRITTEN = "Übersetzung Кофейня Étude Straße ΟΔΟΣ İzmir"
ASKED = [
    "übersetzung",
    "ÜBERSETZUNG",
    "кофейня",
    "КОФЕЙНЯ",
    "étude",
    "E\u0301TUDE",
    "etude",
    "STRASSE",
    "straße",
    "οδος",
]


@pytest.mark.parametrize("words", [*ASKED, "ΟΔΟς", "izmir", "İZMİR"])
def test_capitals_and_ways_of_writing_make_no_difference(by: By, words: str) -> None:
    by("cleo").place(WRITTEN)

    assert by("cleo").titles(q=words) == [WRITTEN]


def test_a_client_is_found_by_name_in_capitals(desk: Desk, by: By) -> None:
    profiles.set_profile("Çağla Ölmez", "UTC", "auto", by=desk.who("carl"))
    desk.job(title="Tea", client="carl")

    assert by("bea").titles(q="çağla") == by("bea").titles(q="ÖLMEZ") == ["Tea"]


def test_mail_addresses_are_the_agencys_to_know(by: By, two: None) -> None:
    assert by("wren").titles(q="cleo@example") == by("cleo").titles(q="wren@example") == []


def test_a_number_is_found_in_small_letters(desk: Desk, by: By, two: None) -> None:
    number = desk.job(title="Almanac").display_id

    assert number.endswith("-0003")
    assert by("bea").titles(q=number.lower()) == by("bea").titles(q="0003") == by("bea").titles(q="3") == ["Almanac"]


def test_titles_are_sorted_as_people_know_it(by: By) -> None:
    known = ["apple", "Éclair", "eclipse", "Egg", "zebra", "Zoo", "Ω"]
    for title in reversed(known):
        by("cleo").place(title)

    assert by("cleo").titles(sort="title") == known
    assert by("cleo").titles(sort="-title") == known[::-1]
