"""The list of jobs: who sees which of them, and in which order."""

from tests.api.caller import By
from tests.desk import Desk

IN_ORDER = {
    "created": ["Axe", "cup", "Bow", "Elk", "Dye"],
    "-updated": ["cup", "Dye", "Elk", "Bow", "Axe"],
    "deadline": ["Axe", "Bow", "Elk", "cup", "Dye"],
    "title": ["Axe", "Bow", "cup", "Dye", "Elk"],
    "-title": ["Elk", "Dye", "cup", "Bow", "Axe"],
    "amount": ["cup", "Dye", "Axe", "Elk", "Bow"],
    "-number": ["Dye", "Elk", "Bow", "cup", "Axe"],
}


def test_the_newest_comes_first(shelf: Desk, by: By) -> None:
    page = by("bea").get("/api/jobs").json()

    assert [job["title"] for job in page["items"]] == ["Dye", "Elk", "Bow", "cup", "Axe"]
    assert (page["nextCursor"], page["totalCount"]) == (None, 5)
    assert page["items"][2] == by("bea").read(page["items"][2]["id"])


def test_each_sees_their_own(shelf: Desk, by: By) -> None:
    everything = ["Dye", "Elk", "Bow", "cup", "Axe"]
    seen = {name: by(name).titles() for name in ("cleo", "carl", "wren", "wolf", "bea", "ada")}

    assert seen == {
        "cleo": ["Dye", "Bow", "Axe"],
        "carl": ["Elk", "cup"],
        "wren": ["Dye", "cup"],
        "wolf": ["Bow"],
        "bea": everything,
        "ada": everything,
    }


def test_in_any_order(shelf: Desk, by: By) -> None:
    by("bea").move(2, "delivered")

    assert {sort: by("bea").titles(sort=sort) for sort in IN_ORDER} == IN_ORDER


def test_writers_cannot_sort_by_what_they_do_not_see(shelf: Desk, by: By) -> None:
    for sort in ("amount", "-amount"):
        answer = by("wren").get("/api/jobs", sort=sort, limit=1)

        assert (answer.status_code, answer.json()["field"]) == (422, "sort")
