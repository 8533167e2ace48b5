"""Idempotency: what is sent again under its key is answered as before, and done once."""

from collections import Counter

import httpx
import pytest
from sqlmodel import select

from api import access_tokens
from models import FirstAnswer, Job, database
from tests.api.bulk.wishes import ask
from tests.api.caller import By, Caller, address, said
from tests.api.test_busy import hasty, locked
from tests.api.test_docs import described
from tests.api.test_files import form, shelf
from tests.api.test_matrix import WAYS, send
from tests.api.test_race import at_once, patience
from tests.desk import Desk, later, on_sqlite, statements
from tests.workflow.orders.test_files import bring
from workflow import upkeep
from workflow.orders import payments
from workflow.people import accounts

__all__ = ["hasty", "patience"]

KEY, AGAIN = "Idempotency-Key", "Idempotent-Replayed"


def under(caller: Caller, key: str = "first") -> Caller:
    """The same caller, with a key for all that they send."""
    known = Caller(caller.client)
    known.headers = caller.headers | {KEY: key}
    return known


def kept(desk: Desk) -> list[int]:
    """The status of every answer that is kept."""
    with database.reading() as session:
        return [each.status for each in session.exec(select(FirstAnswer))]


@on_sqlite
def test_every_route_that_writes_takes_a_key(desk: Desk, by: By, door: httpx.Client) -> None:
    job = desk.job("in_progress", amount=100)
    file, line = bring(desk, job, "brief"), payments.record(job.key, 100, by=desk.who("bea"))
    ids = {"jobId": job.id, "fileId": file.id, "paymentId": line.id, "bulkId": 1, "notificationId": 1, "userId": 1}
    writing = {way for way in WAYS if not way.startswith("GET")} - {"POST /api/auth/token"}
    writing -= {"POST /api/jobs/bulk/filter", "POST /api/jobs/bulk/preview"}  # these only ask

    assert writing == {way for way, told in described(door).items() if KEY in str(told.get("parameters"))}
    for way in sorted(writing):
        ada = under(by("ada"), way.replace(" ", ":"))
        first, before = send(ada, way.format(**ids), WAYS[way]), desk.commits()
        second = send(ada, way.format(**ids), WAYS[way])

        assert (way, second.status_code, second.content) == (way, first.status_code, first.content)
        is_kept = first.status_code != 422
        assert (way, AGAIN in first.headers, AGAIN in second.headers) == (way, False, is_kept)
        assert (way, desk.commits()) == (way, before)


def test_fifty_at_once_are_one(desk: Desk, street: httpx.Client) -> None:
    jobs, bea = [desk.job(), desk.job()], access_tokens.issued(desk.who("bea"))
    crowd = [under(Caller(street, bea)) for _ in range(50)]

    answers = at_once(crowd, lambda caller: ask(caller, "status-update", *jobs))

    assert Counter(answer.text for answer in answers).most_common() == [(answers[0].text, 50)]
    assert (said(answers[0]), answers[0].json()["successCount"]) == ((200, None), 2)
    assert sum(AGAIN in answer.headers for answer in answers) == 49
    assert [[line.action for line in desk.history(job)] for job in jobs] == [["create", "approve"]] * 2
    assert len(desk.news_of("cleo")) == 2


def test_a_key_is_one_persons_and_for_one_request(desk: Desk, by: By) -> None:
    cleo, job = under(by("cleo")), desk.job()
    first = cleo.place("Tea").json()

    assert cleo.send("/orders", '{ "title" : "Tea" }').json() == first
    assert said(cleo.place("Coffee")) == said(cleo.place("Tea", quantity=1)) == (422, "KEY_REUSED")
    assert said(cleo.move(job, "cancelled")) == (422, "KEY_REUSED")
    assert under(by("carl")).place("Tea").json()["id"] != first["id"]
    assert cleo.place("Tea").json() == first


def test_a_file_is_itself_whatever_stands_around_it(desk: Desk, by: By) -> None:
    job, wren = desk.job("in_progress"), under(by("wren"))
    first = wren.call("POST", shelf(job), data={"kind": "final"}, files={"file": ("essay.txt", b"words")})
    desk.make(job, "deliver", by="wren")
    desk.make(job, "complete", by="cleo")

    again = wren.call("POST", shelf(job), data={"kind": "final"}, files={"file": ("essay.txt", b"words")})

    assert (again.status_code, again.json(), AGAIN in again.headers) == (201, first.json(), True)
    assert said(wren.call("POST", shelf(job), **form(b"other words", "final"))) == (422, "KEY_REUSED")
    assert len(by("wren").get(shelf(job)).json()) == 1


def test_after_a_day_a_key_is_free_again(desk: Desk, by: By) -> None:
    first = under(by("cleo")).place("Tea").json()["id"]

    with later(hours=24, seconds=1):
        assert under(by("cleo")).place("Coffee").json()["id"] != first
        assert kept(desk) == [201]

    with later(hours=49):
        upkeep.tidy()
        assert kept(desk) == []


@on_sqlite
@pytest.mark.parametrize("key", ["", "a b", "x" * 256, "ä".encode(), [(KEY, "a"), (KEY, "b")]])
def test_what_is_no_key_is_said(desk: Desk, by: By, key: object) -> None:
    cleo = by("cleo")
    headers = [*cleo.headers.items(), *(key if isinstance(key, list) else [(KEY, key)])]

    answer = cleo.client.post("/api/jobs", json={"title": "Tea"}, headers=headers)

    assert (said(answer), answer.json()["field"]) == ((422, "INVALID_FIELD"), KEY)
    assert cleo.titles() == []


def test_what_was_judged_is_not_judged_again(desk: Desk, by: By) -> None:
    job, bea = desk.job("in_progress"), under(by("bea"))
    desk.rules(editing_is_required=True)
    first = bea.move(job, "delivered")
    desk.rules()

    assert (said(first), bea.move(job, "delivered").json()) == ((409, "CONDITION_NOT_MET"), first.json())
    assert said(under(by("bea"), "second").move(job, "delivered")) == (200, None)


def test_what_was_not_understood_may_come_again(desk: Desk, by: By) -> None:
    job, bea = desk.job(), under(by("bea"))

    assert said(bea.move(job, "assigned", writerId="wren")) == (422, "INVALID_FIELD")
    assert said(bea.send(f"{address(job)}/comments", {"body": " "})) == (422, "INVALID_FIELD")
    assert kept(desk) == []
    assert said(bea.move(job, "approved")) == (200, None)


def test_what_failed_may_come_again(hasty: Desk, by: By) -> None:
    job, bea = hasty.job(), under(by("bea"))
    with locked(hasty):
        assert said(bea.move(job, "approved")) == (503, "BUSY")
    with hasty.without("notifications"):
        assert bea.move(job, "approved").is_server_error

    answer = bea.move(job, "approved")

    assert (said(answer), AGAIN in answer.headers) == ((200, None), False)
    assert [line.action for line in hasty.history(job)] == ["create", "approve"]


def test_of_many_each_is_judged_by_itself(desk: Desk, by: By) -> None:
    jobs = [desk.job(), desk.job("completed"), desk.job()]

    answer = ask(under(by("bea")), "status-update", *jobs)

    assert [result["success"] for result in answer.json()["results"]] == [True, False, True]
    assert [desk.see(job).status for job in jobs] == ["approved", "completed", "approved"]
    assert desk.faults() == []


@on_sqlite
def test_a_retry_costs_no_call(desk: Desk, by: By) -> None:
    job, bea = desk.job(), under(by("bea"))

    assert {said(ask(bea, "status-update", job)) for _ in range(20)} == {(200, None)}
    assert {said(ask(by("bea"), "preview", job)) for _ in range(9)} == {(200, None)}
    assert said(ask(by("bea"), "preview", job)) == (429, "RATE_LIMITED")


def test_who_is_out_is_told_nothing_again(desk: Desk, by: By) -> None:
    job, bea = desk.job(), under(by("bea"))
    bea.move(job, "approved")

    with database.writing() as session:
        accounts.end_access(session, session.merge(desk.who("bea")))

    assert said(bea.move(job, "approved")) == (401, "UNAUTHENTICATED")


@on_sqlite
def test_without_a_key_nothing_is_asked_more(desk: Desk, by: By) -> None:
    def asked(caller: Caller, job: Job) -> int:
        with statements() as sent:
            assert caller.move(job, "approved").is_success
        return len([each for each, _ in sent if "first_answers" in each or "SAVEPOINT" in each])

    assert asked(by("bea"), desk.job()) == 0
    assert asked(under(by("bea")), desk.job()) > 0
