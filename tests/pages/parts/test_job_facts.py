"""Facts: what an order's page and cards say of it is true, in every status, for every reader."""

import pytest

from models import clock
from models.job import Job
from pages.parts import job_facts
from tests.desk import Desk, on_sqlite
from workflow.orders import amending

pytestmark = on_sqlite


def around(desk: Desk, job: Job, name: str) -> dict[str, str]:
    return dict(job_facts.around(job, desk.who(name)))


def test_a_deadline_is_promised_once_it_is_accepted(desk: Desk) -> None:
    cleo = desk.who("cleo")
    wished, accepted = (desk.job(status, deadline=clock.now()) for status in ("pending", "approved"))

    assert job_facts.deadline(wished, cleo).startswith("wanted for today")
    assert job_facts.deadline(accepted, cleo).startswith("promised for today")


@pytest.mark.parametrize("status, name", [("completed", "Completed"), ("cancelled", "Cancelled")])
def test_what_is_over_says_when(desk: Desk, status: str, name: str) -> None:
    job = desk.job(status, deadline=clock.now())

    for reader in ("cleo", "bea"):
        called, when = job_facts.end(job, desk.who(reader))
        assert (called, when.split(",")[0]) == (name, "today")


def test_revisions_beyond_the_included_are_told_apart(desk: Desk) -> None:
    job = desk.put(desk.job("delivered"), included_revisions=1)

    told = [job_facts.rounds(desk.put(job, revision_count=count)) for count in (0, 1, 2)]

    assert told == ["0 of 1 used", "1 of 1 used", "1 of 1 used, 1 more asked for"]


def test_clients_are_told_of_somebody_or_not_at_all(desk: Desk) -> None:
    fresh, over = desk.job(), desk.job("cancelled")

    assert around(desk, fresh, "cleo") == {"Client": "Cleo Clark"}
    assert around(desk, fresh, "bea") == {"Client": "Cleo Clark", "Writer": "nobody yet", "Manager": "nobody yet"}
    assert around(desk, over, "bea")["Writer"] == "nobody"


def test_a_hold_says_whom_it_waits_for(desk: Desk) -> None:
    job = desk.job("in_progress")
    told = {
        "": "On hold: Wait",
        "client": "On hold, waiting for Cleo: Wait",
        "writer": "On hold, waiting for you: Wait",
        "agency": "On hold, waiting for the agency: Wait",
    }

    for awaited, sentence in told.items():
        desk.put(job, hold_reason="Wait", held_for=awaited)
        said = job_facts.held(desk.see(job), desk.who("wren"))
        assert said == sentence
        assert desk.see(job).waits_for_client is (awaited in {"", "client"})


def test_the_latest_news_says_what(desk: Desk) -> None:
    job, cleo = desk.job("assigned"), desk.who("cleo")
    assert job_facts.news(job, cleo).startswith("Latest news: A writer has been assigned to the work (today, ")

    amending.amend(job.key, {"writer_deadline": clock.now()}, by=desk.who("bea"))  # none of the client's business

    assert job_facts.news(desk.see(job), cleo) == job_facts.news(job, cleo)
    assert job_facts.news(desk.put(job, latest_at=None), cleo).startswith("Latest news: today, ")
