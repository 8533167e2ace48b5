"""Side effects: what a move leaves on the job, as programs read it."""

from datetime import UTC, datetime

import pytest

from models import clock
from tests.api.caller import By
from tests.desk import Desk, on_sqlite

pytestmark = on_sqlite  # no database decides any of it


def test_a_fresh_order_is_complete(desk: Desk, by: By) -> None:
    with clock.at(datetime(2030, 1, 2, 9, 30, tzinfo=UTC)):
        job = (
            by("cleo").place(workType="Essay", quantity=900, unit="pages", deadline="2031-05-01T12:00:00+02:00").json()
        )

    assert (
        job
        | {
            "displayId": "DK-2030-0001",
            "workType": "Essay",
            "quantity": 900,
            "unit": "pages",
            "deadline": "2031-05-01T10:00:00.000000Z",
            "overdue": False,
            "status": "pending",
            "version": 1,
            "clientName": "Cleo Clark",
            "writerId": None,
            "managerName": None,
            "onHold": False,
            "includedRevisions": None,
            "createdAt": "2030-01-02T09:30:00.000000Z",
            "updatedAt": "2030-01-02T09:30:00.000000Z",
            "approvedAt": None,
        }
        == job
    )


@pytest.mark.parametrize(
    "source, target, stamp",
    [
        ("pending", "approved", "approvedAt"),
        ("delivered", "completed", "completedAt"),
        ("editing", "cancelled", "cancelledAt"),
    ],
)
def test_the_time_is_stamped(desk: Desk, by: By, source: str, target: str, stamp: str) -> None:
    job = desk.job(source)

    with clock.at(datetime(2030, 1, 2, 9, 30, tzinfo=UTC)):
        after = by("bea").move(job, target).json()

    assert after[stamp] == after["updatedAt"] == by("bea").logs(job)[0]["createdAt"] == "2030-01-02T09:30:00.000000Z"
    assert after["version"] == job.version + 1


def test_who_approves_becomes_the_manager(desk: Desk, by: By) -> None:
    assert by("bob").move(desk.job(), "approved").json()["managerName"] == "Bob Brandt"
    assert by("ada").move(desk.job(), "approved").json()["managerId"] is None


def test_who_is_assigned_becomes_the_writer(desk: Desk, by: By) -> None:
    wolf = desk.who("wolf").id

    after = by("bea").move(desk.job("approved"), "assigned", writerId=wolf).json()

    assert (after["writerId"], after["writerName"]) == (wolf, "Wolf Weber")


def test_a_revision_keeps_what_was_asked(desk: Desk, by: By) -> None:
    job = desk.job("delivered")

    asked = by("cleo").move(job, "revision", note="Please", revisionNotes="Shorter", revisionRequested=True).json()
    resumed = by("wren").move(job, "in_progress").json()

    fields = ("revisionRequested", "revisionNotes", "revisionCount")
    assert [asked[field] for field in fields] == [True, "Shorter", 1]
    assert [resumed[field] for field in fields] == [False, "Shorter", 1]
    assert by("cleo").logs(job)[1]["note"] == "Shorter\n\nPlease"


def test_a_note_serves_as_revision_notes(desk: Desk, by: By) -> None:
    assert by("cleo").move(desk.job("delivered"), "revision", note="Shorter").json()["revisionNotes"] == "Shorter"


def test_a_revision_beyond_the_included_waits(desk: Desk, by: By) -> None:
    job = desk.job("delivered", included_revisions=0)

    assert by("cleo").move(job, "revision").json()["status"] == "revision_pending"
    assert by("ada").logs(job)[0]["newStatus"] == "revision_pending"
    assert by("wren").move(job, "in_progress").status_code == 403
    assert by("bea").move(job, "in_progress").json()["status"] == "in_progress"


@pytest.mark.parametrize("name, approved", [("cleo", True), ("bea", False)])
def test_only_the_client_signs_off(desk: Desk, by: By, name: str, approved: bool) -> None:
    assert by(name).move(desk.job("delivered"), "completed").json()["clientApproved"] is approved


def test_the_agency_may_record_a_sign_off(desk: Desk, by: By) -> None:
    assert by("bea").move(desk.job("delivered"), "completed", clientApproved=True).json()["clientApproved"] is True
