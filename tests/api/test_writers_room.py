"""A writer's room: how many orders one may hold, and taking orders for oneself."""

import pytest

from models import Job
from tests.api.caller import By, said
from tests.api.choices import closed_to, open_to, standing
from tests.desk import Desk, on_sqlite
from workflow.people import administration

pytestmark = on_sqlite  # no database decides any of it

FULL = "Wolf already has 2 of {} orders in hand. {} can choose another writer."
ROOM = [(None, None, True), (3, None, True), (2, None, False), (2, 3, True), (3, 2, False), (None, 2, False)]
"""The agency's limit, the writer's own, and whether a third order fits."""


@pytest.fixture
def job(desk: Desk) -> Job:
    """An order that waits for a writer; Wolf has two in hand, and four that count no more."""
    wolf = desk.who("wolf").id
    for status in ("editing", "revision", "delivered", "revision_pending", "completed", "cancelled"):
        desk.put(desk.job(), status=status, writer_id=wolf)
    return standing(desk, "approved")


@pytest.mark.parametrize("agency, own, room", [*ROOM, (9, 0, False)])
def test_the_writers_own_limit_counts_first(
    desk: Desk, by: By, job: Job, agency: int | None, own: int | None, room: bool
) -> None:
    desk.rules(writer_capacity=agency)
    administration.change(desk.who("wolf").key, {"capacity": own}, by=desk.who("ada"))

    answer = by("ada").move(job, "assigned", writerId=desk.who("wolf").id)

    assert said(answer) == ((200, None) if room else (409, "CONDITION_NOT_MET"))
    if not room:
        limit = agency if own is None else own
        assert answer.json()["reasons"] == [
            f"Wolf already has 2 of {limit} orders in hand. You can choose another writer."
        ]
        assert said(by("ada").move(job, "assigned", writerId=desk.who("wren").id)) == (200, None)


def test_what_is_in_hand_counts(desk: Desk, by: By, job: Job) -> None:
    desk.rules(writer_capacity=3)

    people = {person["name"]: person for person in by("bea").get("/api/users").json()}

    assert (people["Wolf Weber"]["openJobs"], people["Wolf Weber"]["capacity"]) == (2, 3)


def test_claiming_is_off_at_first(desk: Desk, by: By, job: Job) -> None:
    assert said(by("wolf").get(f"/api/jobs/{job.id}")) == (404, "JOB_NOT_FOUND")
    assert said(by("wolf").move(job, "assigned")) == (404, "JOB_NOT_FOUND")
    assert by("wren").titles() == []


def test_a_writer_sees_and_claims(desk: Desk, by: By, job: Job) -> None:
    desk.rules(writers_may_claim=True)

    assert by("wren").titles() == by("wolf").titles(status="approved") == [job.title]
    assert open_to(by("wolf"), job) == ["assign"]
    assert by("wolf").move(job, "assigned").json()["writerName"] == "Wolf Weber"
    assert said(by("wren").move(job, "assigned")) == (404, "JOB_NOT_FOUND")
    assert by("wren").titles() == []


def test_nobody_claims_for_another(desk: Desk, by: By, job: Job) -> None:
    desk.rules(writers_may_claim=True)

    answer = by("wolf").move(job, "assigned", writerId=desk.who("wren").id)

    assert said(answer) == (403, "FORBIDDEN")
    assert answer.json()["error"].endswith("Only Bea (manager) or a writer for themself can assign it.")


def test_a_full_writer_claims_nothing(desk: Desk, by: By, job: Job) -> None:
    desk.rules(writers_may_claim=True, writer_capacity=2)

    assert closed_to(by("wolf"), job) == {"assign": [FULL.format(2, "Bea (manager)")]}
    assert by("wolf").move(job, "assigned").json()["reasons"] == [FULL.format(2, "Bea (manager)")]
    assert said(by("wren").move(job, "assigned")) == (200, None)


def test_only_what_waits_can_be_claimed(desk: Desk, by: By) -> None:
    desk.rules(writers_may_claim=True)
    others = [desk.job(), desk.job("in_progress", writer="wren")]

    for job in others:
        assert said(by("wolf").get(f"/api/jobs/{job.id}")) == (404, "JOB_NOT_FOUND")
