"""The way of an order by REST: each step leaves its line, with who, when and why."""

from tests.api.caller import By
from tests.api.way import BACK, WAY, walk
from tests.desk import Desk


def lines(by: By, job: int) -> list[tuple[object, ...]]:
    """The history, oldest line first: what, from, to, who, why, when."""
    fields = ("action", "oldStatus", "newStatus", "changedByName", "note", "createdAt")
    return [tuple(line[field] for field in fields) for line in reversed(by("ada").logs(job))]


def test_each_step_leaves_its_line(desk: Desk, by: By) -> None:
    assert lines(by, walk(desk, by, WAY)) == [
        ("create", None, "pending", "Cleo Clark", None, "2030-01-01T09:30:00.000000Z"),
        ("approve", "pending", "approved", "Bea Baker", "Welcome", "2030-01-02T09:30:00.000000Z"),
        ("assign", "approved", "assigned", "Bea Baker", "One for Wren", "2030-01-03T09:30:00.000000Z"),
        ("start", "assigned", "in_progress", "Wren Walsh", None, "2030-01-04T09:30:00.000000Z"),
        ("deliver", "in_progress", "delivered", "Wren Walsh", "Here it is", "2030-01-05T09:30:00.000000Z"),
        ("complete", "delivered", "completed", "Cleo Clark", "Thank you", "2030-01-06T09:30:00.000000Z"),
    ]
    assert desk.faults() == []


def test_so_does_the_way_back(desk: Desk, by: By) -> None:
    assert lines(by, walk(desk, by, BACK))[5:] == [
        ("request_revision", "delivered", "revision", "Cleo Clark", "Shorter, please", "2030-01-06T09:30:00.000000Z"),
        ("resume", "revision", "in_progress", "Wren Walsh", "On it", "2030-01-07T09:30:00.000000Z"),
    ]
    assert desk.faults() == []


def test_a_line_knows_its_order(desk: Desk, by: By) -> None:
    job = walk(desk, by, [])

    [line] = by("cleo").logs(job)
    assert line | {"jobId": job, "jobDisplayId": "DK-2030-0001", "jobTitle": "Research Paper"} == line
    assert line["changedBy"] == desk.who("cleo").id
