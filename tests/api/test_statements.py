"""Statements: a list costs as many questions to the database with thirty rows as with three."""

from collections.abc import Callable

import httpx
import pytest

from models import Job
from tests.api.caller import By, Caller, address, news
from tests.desk import Desk, on_sqlite, statements
from tests.workflow.orders.test_files import bring
from workflow.orders import comments, payments

Question = Callable[[Desk, By, Job], httpx.Response]


def fill(desk: Desk, job: Job, number: int) -> None:
    """So many more orders, and as much more about one of them."""
    for count in range(number):
        desk.job("in_progress")
        comments.say(job.key, "A word", by=desk.who("wren"))
        bring(desk, job, "brief", name=f"{count} of {number}.txt")
        payments.record(job.key, 100, by=desk.who("bea"))


def preview(desk: Desk, caller: Caller) -> httpx.Response:
    ids = [item["id"] for item in caller.get("/api/jobs", limit=100).json()["items"]]
    return caller.send("/api/jobs/bulk/preview", {"orderIds": ids, "newStatus": "delivered"})


LISTS: dict[str, Question] = {
    "the orders": lambda _desk, by, _job: by("bea").get("/api/jobs", limit=100),
    "own orders": lambda _desk, by, _job: by("cleo").get("/api/jobs", limit=100),
    "comments": lambda _desk, by, job: by("cleo").get(f"{address(job)}/comments"),
    "files": lambda _desk, by, job: by("wren").get(f"{address(job)}/files"),
    "payments": lambda _desk, by, job: by("bea").get(f"{address(job)}/payments"),
    "the history": lambda _desk, by, job: by("cleo").get(f"{address(job)}/logs"),
    "people": lambda _desk, by, _job: by("bea").get("/api/users"),
    "news": lambda desk, by, _job: news(desk, by, "cleo", limit=200),
    "a bulk filter": lambda _desk, by, _job: by("bea").send("/api/jobs/bulk/filter", {"limit": 500}),
    "a bulk preview": lambda desk, by, _job: preview(desk, by("bea")),
}


@on_sqlite
@pytest.mark.parametrize("question", LISTS.values(), ids=LISTS)
def test_more_rows_are_no_more_questions(desk: Desk, by: By, question: Question) -> None:
    job, counted = desk.job("in_progress", amount=100_000), list[int]()

    for number in (3, 27):
        fill(desk, job, number)
        with statements() as asked:
            assert question(desk, by, job).is_success
        counted.append(len(asked))

    assert counted[0] == counted[1] > 0
