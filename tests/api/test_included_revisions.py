"""Included revisions: how many rounds an order has, by the agency's rule or by its own number."""

from tests.api.caller import By
from tests.api.choices import standing
from tests.desk import Desk


def test_included_revisions_are_the_default(desk: Desk, by: By) -> None:
    before = by("cleo").place().json()
    desk.rules(included_revisions=2)
    after, own = by("cleo").place().json(), by("cleo").place(includedRevisions=5).json()
    desk.rules(included_revisions=None)

    assert [job["includedRevisions"] for job in (before, after, own)] == [None, 2, 5]
    assert by("cleo").read(after["id"])["includedRevisions"] == 2


def test_revisions_run_out(desk: Desk, by: By) -> None:
    job = standing(desk, "delivered", included_revisions=1)

    landed = []
    for _ in range(2):
        landed.append(by("cleo").move(job, "revision").json()["status"])
        desk.put(job, status="delivered")

    assert landed == ["revision", "revision_pending"]
