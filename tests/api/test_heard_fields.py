"""What a change says is heard or refused, never taken in and left aside."""

import pytest

from tests.api.caller import By, said
from tests.desk import Desk, on_sqlite

pytestmark = on_sqlite  # no database decides any of it


@pytest.mark.parametrize(
    "name, status, to, field, value",
    [
        ("wren", "assigned", "in_progress", "revisionRequested", True),
        ("cleo", "delivered", "completed", "revisionNotes", "Shorter"),
        ("cleo", "delivered", "revision", "revisionRequested", False),
        ("cleo", "delivered", "revision", "clientApproved", True),
        ("cleo", "delivered", "completed", "clientApproved", False),
    ],
)
def test_what_does_not_go_with_the_status_is_refused(
    desk: Desk, by: By, name: str, status: str, to: str, field: str, value: object
) -> None:
    job = desk.job(status)

    answer = by(name).move(job, to, **{field: value})

    assert (*said(answer), answer.json()["field"]) == (422, "INVALID_FIELD", field)
    assert desk.see(job).status == status
