"""The hundred pairs: from each status to each, asked for by name."""

import pytest

from tests.api.caller import By, said
from tests.desk import ROUTES, Desk, on_sqlite

WAYS = {
    "pending": ["approved", "cancelled"],
    "approved": ["assigned", "cancelled"],
    "assigned": ["in_progress", "cancelled"],
    "in_progress": ["editing", "delivered", "cancelled"],
    "editing": ["delivered", "cancelled"],
    "delivered": ["revision", "completed", "cancelled"],
    "revision": ["in_progress", "cancelled"],
    "revision_pending": ["in_progress", "cancelled"],
    "completed": [],
    "cancelled": [],
}
"""Where staff may send a job from each status, written out once more."""


def test_there_are_eighteen_moves() -> None:
    assert list(WAYS) == list(ROUTES)
    assert sum(map(len, WAYS.values())) == 18


@on_sqlite
@pytest.mark.parametrize("source", [status for status in WAYS if WAYS[status]])
def test_the_ways_out_are_open(desk: Desk, by: By, source: str) -> None:
    job, wren = desk.job(source, included_revisions=5), desk.who("wren").id

    for target in WAYS[source]:
        answer = by("ada").move(
            desk.put(job, status=source), target, **({"writerId": wren} if target == "assigned" else {})
        )

        assert (answer.status_code, answer.json()["status"]) == (200, target)
        assert desk.history(job)[-1].new_status == target


@on_sqlite
@pytest.mark.parametrize("source", WAYS)
def test_all_other_ways_are_closed(desk: Desk, by: By, source: str) -> None:
    job, news = desk.job(source), desk.news_of("ada")

    for target in set(WAYS) - {source, *WAYS[source]}:
        answer = by("ada").move(job, target)

        assert said(answer) == (400, "INVALID_TRANSITION")
        assert (answer.json()["from"], answer.json()["to"]) == (source, target)
        assert sorted(answer.json()["allowed"]) == sorted(WAYS[source])
    assert (desk.see(job).status, len(desk.history(job)), desk.news_of("ada")) == (source, job.version, news)


@on_sqlite
@pytest.mark.parametrize("status", WAYS)
def test_where_it_stands_nothing_happens(desk: Desk, by: By, status: str) -> None:
    job = desk.job(status)
    before = by("ada").read(job), by("ada").logs(job)

    answer = by("bob").move(job, status, note="Once more")

    assert (answer.status_code, answer.json()) == (200, before[0])
    assert (by("ada").read(job), by("ada").logs(job)) == before
    assert desk.news_of("cleo") == desk.news_of("ada") == []
