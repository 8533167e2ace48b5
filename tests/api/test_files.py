"""Files by the API, and by the addresses that pages link to: each gets what is theirs, and only as a download."""

import hashlib
from typing import Any

import httpx
import pytest

from models import Job
from pages import cookie
from tests.api.caller import By, address, said
from tests.api.conftest import Page
from tests.desk import Desk, later
from tests.workflow.orders.test_files import ALL, HAS, bring
from workflow.orders import files


def shelf(job: Job) -> str:
    """Where the files of a job are found."""
    return f"{address(job)}/files"


def form(content: bytes = b"words", kind: str = "draft", name: str = "essay.txt") -> dict[str, Any]:
    """The parts of a request that brings a file; its name stands there as it is, and it says that it is HTML."""
    head = f'--edge\r\nContent-Disposition: form-data; name="kind"\r\n\r\n{kind}\r\n--edge\r\n'
    head += f'Content-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: text/html\r\n\r\n'
    body = head.encode() + content + b"\r\n--edge--\r\n"
    return {"content": body, "headers": {"Content-Type": "multipart/form-data; boundary=edge"}}


def is_download(answer: httpx.Response) -> bool:
    """Whether a browser saves this, and never shows it."""
    wanted = {"content-type": "application/octet-stream", "x-content-type-options": "nosniff"}
    return answer.headers["content-disposition"].startswith("attachment; ") and wanted.items() <= answer.headers.items()


def test_a_file_comes_and_goes_whole(desk: Desk, by: By, page: Page) -> None:
    job, content = desk.job("in_progress"), bytes(range(256)) * 20_000

    brought = by("wren").call("POST", shelf(job), **form(content, "final"))

    assert said(brought) == (201, None)
    file = brought.json()
    assert by("wren").get(shelf(job)).json() == [file]
    assert (file["kind"], file["size"], file["sha256"]) == ("final", len(content), hashlib.sha256(content).hexdigest())
    assert (file["name"], file["uploadedBy"], file["deletedAt"]) == ("essay.txt", desk.who("wren").id, None)
    for fetched in (by("wren").get(f"{shelf(job)}/{file['id']}"), page("wren", file["id"])):
        assert fetched.content == content
        assert is_download(fetched)


@pytest.mark.parametrize("name", ["cleo", "carl", "wren", "wolf", "bob"])
def test_each_gets_what_is_theirs(desk: Desk, by: By, page: Page, name: str) -> None:
    job, caller = desk.job("in_progress"), by(name)
    shelved = {kind: bring(desk, job, kind).key for kind in ALL.split()}

    got = [kind for kind, key in shelved.items() if caller.get(f"{shelf(job)}/{key}").is_success]

    assert " ".join(got) == HAS[name]
    assert got == [kind for kind, key in shelved.items() if page(name, key).is_success]
    if got:
        assert got == [file["kind"] for file in caller.get(shelf(job)).json()]
    else:
        assert said(caller.get(shelf(job))) == (404, "JOB_NOT_FOUND")


def test_what_one_may_not_have_is_not_there(desk: Desk, by: By, page: Page) -> None:
    job, other = desk.job("in_progress"), desk.job("in_progress", title="Poster")
    draft, cleo = bring(desk, job, "draft").key, by("cleo")

    assert cleo.get(f"{shelf(job)}/{draft}").json() == cleo.get(f"{shelf(job)}/999").json()
    assert said(cleo.get(f"{shelf(job)}/{draft}")) == (404, "NOT_FOUND")
    assert said(by("wren").get(f"{shelf(other)}/{draft}")) == (404, "NOT_FOUND")
    assert {page("cleo", key).text for key in (draft, 999, 0, -1, 10**30, "x")} == {"There is no such file."}


def test_a_deleted_one_is_known_but_gone(desk: Desk, by: By, page: Page) -> None:
    job = desk.job("in_progress")
    key = bring(desk, job, "brief").key
    desk.make(job, "deliver", by="wren")
    desk.make(job, "complete", by="cleo")

    with later(days=8):
        files.delete_due()

    (file,) = by("cleo").get(shelf(job)).json()
    assert file["deletedAt"] > file["createdAt"]
    assert said(by("cleo").get(f"{shelf(job)}/{key}")) == (404, "NOT_FOUND")
    assert page("cleo", key).status_code == 404
    newest = by("cleo").logs(job)[0]
    assert (newest["action"], newest["changedBy"], newest["changedByName"]) == ("delete_files", None, None)


def test_strangers_are_sent_to_sign_in(desk: Desk, site: httpx.Client) -> None:
    key = bring(desk, desk.job("in_progress"), "brief").key

    for header in ({}, {"Cookie": f"{cookie.name()}=forged"}):
        answer = site.get(f"/files/{key}", headers=header)
        assert (answer.status_code, answer.headers["location"]) == (303, "/login")


def test_versions_are_counted(desk: Desk, by: By) -> None:
    job, wren = desk.job("in_progress"), by("wren")

    answers = [wren.call("POST", shelf(job), **form(name=name)).json() for name in ("a.txt", "A.TXT", "b.txt")]
    final = wren.call("POST", shelf(job), **form(b"%PDF-1.7 words", "final", "a.txt")).json()

    assert [answer["version"] for answer in answers] == [1, 2, 1]
    assert (final["version"], final["mediaType"], answers[0]["mediaType"]) == (1, "application/pdf", "text/plain")
    assert wren.get(shelf(job)).json() == [*answers, final]


def test_an_earlier_writers_work_is_not_the_next_ones(desk: Desk, by: By, page: Page) -> None:
    job = desk.job("in_progress")
    shelved = {kind: bring(desk, job, kind).key for kind in ALL.split()}
    desk.rules(writers_may_claim=True)
    desk.put(job, status="approved", writer_id=None)

    def got(name: str) -> list[str]:
        caller = by(name)
        by_api = [kind for kind, key in shelved.items() if caller.get(f"{shelf(job)}/{key}").is_success]
        assert by_api == [kind for kind, key in shelved.items() if page(name, key).is_success]
        listed = caller.get(shelf(job))
        assert by_api == ([file["kind"] for file in listed.json()] if listed.is_success else [])
        return by_api

    assert (got("wolf"), got("wren")) == (["brief"], ["brief"])

    desk.make(job, "assign", by="wolf", writer="wolf")
    assert (got("wolf"), got("wren")) == (ALL.split(), [])
