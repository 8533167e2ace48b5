"""The list of jobs, filtered."""

from datetime import timedelta

from models import clock
from tests.api.caller import By
from tests.desk import Desk


def test_by_status(shelf: Desk, by: By) -> None:
    assert by("bea").titles(status="pending") == ["Axe"]
    assert by("bea").titles(status="pending,delivered") == ["Bow", "Axe"]
    assert by("bea").titles(status=["pending", "cancelled"]) == ["Elk", "Axe"]
    assert by("bea").titles(status="completed") == []
    assert len(by("bea").titles(status="")) == 5


def test_by_client(shelf: Desk, by: By) -> None:
    carl = shelf.who("carl").id

    assert by("bea").titles(clientId=carl) == ["Elk", "cup"]
    assert by("wren").titles(clientId=carl) == ["cup"]
    assert by("cleo").titles(clientId=carl) == []
    assert by("bea").titles(clientId=shelf.who("wren").id) == []


def test_by_writer(shelf: Desk, by: By) -> None:
    wren = shelf.who("wren").id

    assert by("bea").titles(writerId=wren) == ["Dye", "cup"]
    assert by("carl").titles(writerId=wren) == ["cup"]
    assert by("wolf").titles(writerId=wren) == []


def test_by_being_late(shelf: Desk, by: By) -> None:
    assert by("bea").titles(overdue=True) == ["Axe"]
    assert [job["overdue"] for job in by("bea").get("/api/jobs").json()["items"]] == [False] * 4 + [True]
    late = shelf.job("in_progress", title="Fan", deadline=clock.now() + timedelta(hours=1))
    with clock.at(clock.now() + timedelta(hours=2)):
        assert by("bea").titles(overdue=True) == ["Fan", "Axe"]
        assert by("bea").read(late)["overdue"] is True


def test_by_not_being_late(shelf: Desk, by: By) -> None:
    assert by("bea").titles(overdue=False) == ["Dye", "Elk", "Bow", "cup"]


def test_all_at_once(shelf: Desk, by: By) -> None:
    cleo, wren = shelf.who("cleo").id, shelf.who("wren").id
    page = by("bea").get("/api/jobs", clientId=cleo, writerId=wren, status="assigned", q="dy", limit=1).json()

    assert ([job["title"] for job in page["items"]], page["totalCount"]) == (["Dye"], 1)
