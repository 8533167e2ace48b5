"""Hostile files: whatever one is called and whatever is in it, it lies in its folder and comes back as a download."""

import re
import secrets
from typing import Any

import httpx
import pytest

from pages import cookie
from tests.api.caller import By
from tests.api.conftest import Page
from tests.api.test_files import form, is_download, shelf
from tests.desk import Desk, on_sqlite
from tests.workflow.orders.test_files import on_disk
from workflow.people import sign_ins

pytestmark = on_sqlite  # no database decides any of it

# fmt: off
HOSTILE = (
    "../escaped", "../../../etc/passwd", "..", ".", "...", "/etc/cron.d/escaped", "//server/share/escaped",
    "..\\..\\escaped", "C:\\Windows\\escaped.dll", "C:escaped", "%2e%2e%2fescaped", "..%2fescaped", "....//escaped",
    "~/.ssh/authorized_keys", "~root", "-rf", "docket.db", "secret.key", ".htaccess", "CON", "NUL.txt", "aux.",
    "com1:", "file:stream:$DATA", "a\0b.txt", "evil.html\0.txt", "a\nb", "a\r\nX-Evil: yes", "tab\there", "bell\a",
    "..\u2215..\u2215etc\u2215passwd", "\uff0e\uff0e\uff0fescaped", "..\u29f8escaped", "..\uff3cescaped", "a%00b",
    "%0d%0aX-Evil: yes", "\x85next", "gnp.\u202eexe", "\u200f\u200e.txt", "\u2066x\u2069", "\ufeffbom",
    "x" * 3000 + ".pdf", "ü" * 300,
    "🧑\u200d🎨🏴\u200d☠️.txt", '"; filename="x.html', "a'b`c$(id).txt", "<script>alert(1)</script>.html",
    "<svg onload=alert(1)>.svg", "a;b=c,d", "\u00a0", " ", "",
)
# fmt: on
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f/\\\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")

CONTENTS = {
    "HTML": b"<!doctype html><script>alert(1)</script>",
    "SVG": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "SVG as XML": b"<?xml version='1.0'?><!-- x --><svg onload='alert(1)'/>",
    "JavaScript": b"alert(document.cookie)",
    "PHP": b"<?php system($_GET['c']); ?>",
    "a shell script": b"#!/bin/sh\nrm -rf /\n",
    "a program": b"MZ\x90\x00" + bytes(200),
    "a PDF with a script": b"%PDF-1.7\n<< /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>",
    "a GIF that is a script": b"GIF89a/*\x00\x00*/=1;alert(1)",
    "a JPEG that is a page": b"\xff\xd8\xff\xe0\x00\x10JFIF<html><script>alert(1)</script>",
    "a PDF that is a page": b"<html><!-- %PDF-1.7 --><script>alert(1)</script>",
    "a page after a mark": b"\xef\xbb\xbf <html><script>alert(1)</script>",
    "a page in UTF-16": "<html><script>alert(1)</script>".encode("utf-16"),
    "a page in UTF-7": b"+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "a ZIP": b"PK\x03\x04" + bytes(100),
}
TYPES = (
    "text/html",
    "image/svg+xml",
    "application/javascript",
    "image/png\r\nX-Evil: yes",
    "multipart/mixed",
    "\u00fc",
    "",
)
"""What a sender says that a file is."""


def told(name: str, content: bytes = b"words", kind: str = "text/html", star: str = "") -> dict[str, Any]:
    """A request that brings a file whose sender says this of it."""
    head = f'--edge\r\nContent-Disposition: form-data; name="kind"\r\n\r\ndraft\r\n--edge\r\nContent-Type: {kind}\r\n'
    head += f'Content-Disposition: form-data; name="file"; filename="{name}"{star}\r\n\r\n'
    headers = {"Content-Type": "multipart/form-data; boundary=edge"}
    return {"content": head.encode() + content + b"\r\n--edge--\r\n", "headers": headers}


@pytest.fixture
def harmless(desk: Desk, by: By, page: Page) -> Any:
    """Checks how a file is listed and fetched, by the API and by the page."""

    def check(file: dict[str, Any]) -> None:
        assert 1 <= len(file["name"]) <= 200
        assert not UNSEEN.search(file["name"])
        assert not file["name"].isspace()
        for fetched in (by("wren").get(f"/api/jobs/1/files/{file['id']}"), page("wren", file["id"])):
            assert is_download(fetched)
            assert "x-evil" not in fetched.headers
            assert fetched.headers["cache-control"] == "no-store"

    yield check
    assert {path.name[:9] for path in desk.folder.iterdir()} <= {"docket.db", "secret.ke", "files"}
    assert all(re.fullmatch("[0-9a-f]{32}", path.name) for path in on_disk())


def test_names_harm_nobody(desk: Desk, by: By, harmless: Any) -> None:
    job = desk.job("in_progress")

    for name in HOSTILE:
        harmless(by("wren").call("POST", shelf(job), **form(name=name)).json())

    assert len(HOSTILE) >= 40
    assert len(on_disk()) == len(HOSTILE)


def test_names_from_a_page_harm_nobody(desk: Desk, by: By, site: httpx.Client, harmless: Any) -> None:
    job, header = desk.job("in_progress"), f"{cookie.name()}={sign_ins.sign_in(desk.who('wren'))}"

    for name in HOSTILE:
        query = {"kind": "draft", "name": name}
        answer = site.post(f"/jobs/{job.id}/files", params=query, content=b"words", headers={"Cookie": header})
        assert (answer.status_code, answer.text[:5]) == (201, "Added")

    for file in by("wren").get(shelf(job)).json():
        harmless(file)
    assert len(on_disk()) == len(HOSTILE)


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
def test_contents_harm_nobody(desk: Desk, by: By, harmless: Any, content: bytes) -> None:
    job = desk.job("in_progress")

    for kind in TYPES:
        for name in ("picture.png", "page.html"):
            harmless(by("wren").call("POST", shelf(job), **told(name, content, kind)).json())

    assert {path.read_bytes() for path in on_disk()} == {content}


@pytest.mark.parametrize(
    "star", ["UTF-8''..%2f..%2fescaped.html", "UTF-8''a%0d%0aX-Evil:%20yes", "x''%ff%00", "UTF-7''+AC8-"]
)
def test_a_second_name_harms_nobody(desk: Desk, by: By, harmless: Any, star: str) -> None:
    job, name = desk.job("in_progress"), f"{secrets.token_hex(4)}.txt"

    harmless(by("wren").call("POST", shelf(job), **told(name, star=f"; filename*={star}")).json())
