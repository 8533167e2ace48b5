"""Bringing files by the API: what is refused, too large or broken off leaves nothing."""

import socket
from typing import Any

import httpx
import pytest

import settings
from api import access_tokens
from models import Job
from tests.api.caller import By, Caller, said
from tests.api.test_files import form, shelf
from tests.desk import Desk
from tests.workflow.orders.test_files import on_disk

LIMIT = 2048

REFUSALS = {
    "a client's draft": ("cleo", form(kind="draft"), (403, "FORBIDDEN")),
    "a writer's brief": ("wren", form(kind="brief"), (403, "FORBIDDEN")),
    "another writer's": ("wolf", form(), (404, "JOB_NOT_FOUND")),
    "no such kind": ("ada", form(kind="song"), (422, "INVALID_FIELD")),
    "no kind": ("ada", {"files": {"file": b"words"}}, (422, "INVALID_FIELD")),
    "no file": ("ada", {"data": {"kind": "draft"}}, (422, "INVALID_FIELD")),
    "a field for a file": ("ada", {"data": {"kind": "draft", "file": "words"}}, (422, "INVALID_FIELD")),
    "an empty file": ("ada", form(b""), (422, "INVALID_FIELD")),
}


@pytest.mark.parametrize("name, parts, answer", REFUSALS.values(), ids=REFUSALS)
def test_what_is_refused_leaves_nothing(desk: Desk, by: By, name: str, parts: Any, answer: tuple[int, str]) -> None:
    job = desk.job("in_progress")

    assert said(by(name).call("POST", shelf(job), **parts)) == answer

    assert on_disk() == by("ada").get(shelf(job)).json() == []


def test_a_file_without_a_name_is_told_so(desk: Desk, by: By) -> None:
    job = desk.job("in_progress")

    answer = by("wren").call("POST", shelf(job), data={"kind": "draft"}, files={"file": ("", b"words")})

    assert (answer.status_code, answer.json()["field"]) == (422, "file")
    assert "this is no file with a name" in answer.json()["error"]


def test_what_is_over_takes_no_more(desk: Desk, by: By) -> None:
    job = desk.job("completed")

    answer = by("ada").call("POST", shelf(job), **form())

    assert said(answer) == (409, "CONDITION_NOT_MET")
    assert answer.json()["reasons"] == ["The order is completed; nothing is added any more."]


@pytest.fixture
def wren(desk: Desk, street: httpx.Client) -> Caller:
    """Wren's program, at a desk where a file has two kilobytes at most."""
    settings.use(_env_file=None, data_dir=desk.folder, database_url=desk.url, max_file_bytes=LIMIT)
    return Caller(street, access_tokens.issued(desk.who("wren")))


def in_pieces(parts: dict[str, Any]) -> dict[str, Any]:
    """The same request, its length promised nowhere."""
    body = parts["content"]
    return parts | {"content": (body[start : start + 4000] for start in range(0, len(body), 4000))}


def break_off(wren: Caller, job: Job, body: bytes) -> None:
    """Once the server is ready to read, send half of what was promised, and wait until it knows that this was all."""
    head = f"POST {shelf(job)} HTTP/1.1\r\nHost: desk\r\nExpect: 100-continue\r\nContent-Length: {2 * len(body)}\r\n"
    head += f"Authorization: {wren.headers['Authorization']}\r\n"
    head += "Content-Type: multipart/form-data; boundary=edge\r\n\r\n"
    with socket.create_connection((wren.client.base_url.host, wren.client.base_url.port or 80), 10) as line:
        line.sendall(head.encode())
        assert line.recv(1000).startswith(b"HTTP/1.1 100 ")
        line.sendall(body)
        line.shutdown(socket.SHUT_WR)
        while line.recv(1000):
            pass


@pytest.mark.parametrize(
    "size, answer", [(LIMIT, (201, None)), (LIMIT + 1, (413, "TOO_LARGE")), (300_000, (413, "TOO_LARGE"))]
)
def test_the_limit_is_exact(desk: Desk, wren: Caller, size: int, answer: tuple[int, str | None]) -> None:
    job, parts = desk.job("in_progress"), form(b"x" * size)

    assert [said(wren.call("POST", shelf(job), **sent)) for sent in (parts, in_pieces(parts))] == [answer] * 2

    sizes = [LIMIT] * 2 if size == LIMIT else []
    assert [file["size"] for file in wren.get(shelf(job)).json()] == sizes
    assert [path.stat().st_size for path in on_disk()] == sizes


@pytest.mark.parametrize("size", [500, 50_000])
def test_what_is_broken_off_leaves_nothing(
    desk: Desk, wren: Caller, size: int, caplog: pytest.LogCaptureFixture
) -> None:
    job = desk.job("in_progress")

    break_off(wren, job, form(b"x" * 4000)["content"][:size])

    assert wren.get(shelf(job)).json() == on_disk() == []
    assert caplog.text == ""
