"""Searching the list: words in titles, numbers and names, taken literally."""

import pytest

from tests.api.caller import By
from tests.desk import Desk

FOUND = ["research", "PAPER", "sear", "-0001", "cleo", "Clark", "walsh", "clark research", " paper  wren ", "DK- paper"]
NOT_FOUND = ["thesis", "bea", "cleo tea", "-0003", "cleo@example.com", "Research Papers", "carl research"]
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
