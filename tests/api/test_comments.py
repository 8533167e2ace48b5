"""Comments over REST: what is said comes back to whom it is meant for, and the team's talk to no client by any way."""

import httpx
import pytest

from models import Job
from tests.api.caller import By, Caller, address, said
from tests.desk import Desk, on_sqlite
from workflow.orders import comments

SECRET = "She pays late"


@pytest.fixture
def job(desk: Desk) -> Job:
    """Cleo's order, on which Wren works for Bea."""
    return desk.job("in_progress")


def say(caller: Caller, job: Job, body: object = "Hello", **more: object) -> httpx.Response:
    """Say something about the job."""
    return caller.send(f"{address(job)}/comments", {"body": body, **more})


def read(caller: Caller, job: Job) -> list[str]:
    """What the caller reads."""
    return [comment["body"] for comment in caller.get(f"{address(job)}/comments").json()]


def test_what_is_said_comes_back(desk: Desk, by: By, job: Job) -> None:
    answer = say(by("cleo"), job, "**Hello** <b>")

    (comment,) = by("wren").get(f"/orders/{job.id}/comments").json()
    assert (answer.status_code, answer.json()) == (201, comment)
    assert comment.pop("createdAt").endswith("Z")
    cleo = {"authorId": desk.who("cleo").id, "authorName": "Cleo Clark"}
    told = {"jobId": job.id, "body": "**Hello** <b>", "audience": "everybody", "editedAt": None}
    assert comment == cleo | told | {"id": comment["id"]}


def test_the_oldest_comes_first(by: By, job: Job) -> None:
    for name, words in [("cleo", "One"), ("wren", "Two"), ("ada", "Three")]:
        say(by(name), job, words)

    assert read(by("bob"), job) == ["One", "Two", "Three"]


def test_only_those_around_it_speak_and_read(by: By, job: Job) -> None:
    for name in ("carl", "wolf"):
        assert said(say(by(name), job)) == (404, "JOB_NOT_FOUND")
        assert said(by(name).get(f"{address(job)}/comments")) == (404, "JOB_NOT_FOUND")
    assert said(say(by("cleo"), job)) == (201, None)


def test_nobody_speaks_without_a_token(stranger: Caller, job: Job) -> None:
    assert said(say(stranger, job)) == said(stranger.get(f"{address(job)}/comments")) == (401, "UNAUTHENTICATED")


def test_the_client_is_not_told_that_the_team_hides(desk: Desk, by: By, job: Job) -> None:
    comment = say(by("wren"), job, SECRET, audience="team").json()
    comments.hide(comment["id"], by=desk.who("ada"))

    newest = {name: by(name).logs(job)[0] for name in ("cleo", "bea")}
    assert (newest["cleo"]["action"], newest["bea"]["action"]) == ("start", "hide_comment")
    assert newest["bea"]["note"] == "A comment of Wren Walsh"
    assert (read(by("cleo"), job), read(by("wren"), job)) == ([], ["Hidden by an admin."])


def test_a_client_cannot_speak_to_the_team(by: By, job: Job) -> None:
    assert said(say(by("cleo"), job, audience="team")) == (403, "FORBIDDEN")
    assert read(by("ada"), job) == []


def test_marks_stand_for_what_is_gone(desk: Desk, by: By, job: Job) -> None:
    first, second, third = (say(by("cleo"), job, words).json()["id"] for words in ("One", "Two", "Three"))
    cleo = desk.who("cleo")
    comments.edit(first, "Uno", by=cleo)
    comments.delete(second, by=cleo)
    comments.hide(third, by=desk.who("ada"))

    assert read(by("wren"), job) == ["Uno", "Deleted by its author.", "Hidden by an admin."]
    assert by("wren").get(f"{address(job)}/comments").json()[0]["editedAt"]


@on_sqlite
@pytest.mark.parametrize(
    "field, fields",
    [
        ("body", {"body": ""}),
        ("body", {"body": " \n "}),
        ("body", {"body": "x" * 20_001}),
        ("body", {"body": "a\x00b"}),
        ("body", {"body": "half \ud83d"}),
        ("body", {"body": None}),
        ("body", {"body": 7}),
        ("audience", {"audience": "world"}),
        ("audience", {"audience": None}),
        ("author", {"author": "ada"}),
    ],
    ids=ascii,
)
def test_unfit_comments_are_refused(by: By, job: Job, field: str, fields: dict[str, object]) -> None:
    answer = by("cleo").send(f"{address(job)}/comments", {"body": "Hello"} | fields)

    assert said(answer) == (422, "INVALID_FIELD")
    assert answer.json()["field"] == field
    assert read(by("cleo"), job) == []
