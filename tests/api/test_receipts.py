"""The receipt, by program and as a PDF: for the client and staff, and by its link for whoever has it."""

import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from pages.public import receipt
from tests.api.caller import By, Caller, address, said
from tests.desk import Desk
from tests.workflow.history.test_chain import behind
from tests.workflow.history.test_receipts import given, signed_off


@pytest.fixture(scope="session")
def site() -> Iterator[httpx.Client]:
    """The addresses of PDFs, called in memory."""
    web = FastAPI()
    web.include_router(receipt.router)
    with TestClient(web, follow_redirects=False) as client:
        yield client


def read(caller: Caller, job: Any) -> httpx.Response:
    """Ask for the receipt of a job."""
    return caller.get(f"{address(job)}/receipt")


def test_its_client_and_staff_have_it(desk: Desk, by: By) -> None:
    job = signed_off(desk, "final")

    answer = read(by("cleo"), job)

    assert said(answer) == (200, None)
    told = answer.json()
    assert (told["content"], told["seal"]) == (given(job).content, given(job).seal)
    assert told["url"].endswith(f"/receipts/{given(job).code}")
    assert (told["unchanged"], len(told["findings"])) == (True, 3)
    assert told["content"]["completedAt"] == by("cleo").read(job)["completedAt"]
    assert {read(by(name), job).text for name in ("cleo", "bea", "bob", "ada")} == {answer.text}


def test_nobody_else_has(desk: Desk, by: By, stranger: Caller) -> None:
    job = signed_off(desk, "final")

    assert said(read(by("wren"), job)) == (404, "NOT_FOUND")
    assert {said(read(by(name), job)) for name in ("carl", "wolf")} == {(404, "JOB_NOT_FOUND")}
    assert said(read(stranger, job)) == (401, "UNAUTHENTICATED")


@pytest.mark.parametrize("status", ["pending", "delivered", "cancelled"])
def test_before_the_completion_there_is_none(desk: Desk, by: By, status: str) -> None:
    assert said(read(by("cleo"), desk.job(status))) == (404, "NOT_FOUND")


def test_a_program_completes_for_its_client(desk: Desk, by: By) -> None:
    job, other = desk.job("delivered"), desk.job("delivered")

    by("cleo").move(job, "completed")
    by("bea").move(other, "completed", clientApproved=True)

    assert read(by("cleo"), job).json()["unchanged"] is True
    assert said(read(by("cleo"), other)) == (404, "NOT_FOUND")


def test_a_changed_one_says_so(desk: Desk, by: By, site: httpx.Client) -> None:
    job = signed_off(desk, "final")

    behind(desk, "UPDATE receipts SET content = '[]'")

    answer = read(by("cleo"), job)
    assert (answer.status_code, answer.json()["unchanged"], answer.json()["content"]) == (200, False, [])
    assert site.get(f"/receipts/{given(job).code}.pdf").status_code == 404


def test_the_link_alone_brings_the_pdf(desk: Desk, site: httpx.Client) -> None:
    job = signed_off(desk, "final", "final")

    answer = site.get(f"/receipts/{given(job).code}.pdf")

    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.headers["content-disposition"] == f'attachment; filename="receipt-{job.display_id}.pdf"'
    assert (answer.headers["cache-control"], answer.headers["referrer-policy"]) == ("no-store", "no-referrer")
    assert "noindex" in answer.headers["x-robots-tag"]
    hashed = given(job).content["files"][0]["sha256"]
    for words in (job.display_id, "Cleo Clark", hashed[:32], hashed[32:], given(job).code, given(job).seal):
        assert words in words_in(answer.content)


@pytest.mark.parametrize("code", ["x", "%00", "é", "a" * 3000])
def test_a_guess_brings_nothing(desk: Desk, site: httpx.Client, code: str) -> None:
    signed_off(desk, "final")

    answer = site.get(f"/receipts/{code}.pdf")

    assert (answer.status_code, answer.text) == (404, "There is no such receipt.")


def words_in(pdf: bytes) -> str:
    """The text of a PDF, in the letters of each of its fonts in turn."""
    streams = [_inflated(each) for each in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)]
    drawn = b"".join(_glyphs(each) for each in streams if b" Tf " in each)
    codes = [drawn[at : at + 2].hex().upper() for at in range(0, len(drawn), 2)]
    return "".join(letters.get(code, "") for each in streams if (letters := _letters(each)) for code in codes)


def _inflated(stream: bytes) -> bytes:
    with suppress(zlib.error):
        return zlib.decompressobj().decompress(stream)  # its last byte may look like a line's end
    return stream


def _glyphs(page: bytes) -> bytes:
    """What is drawn on a page: two bytes a glyph."""
    escaped = b"".join(re.findall(rb"\(((?:[^\\)]|\\.)*)\) Tj", page, re.DOTALL))
    return re.sub(rb"\\(.)", lambda found: {b"r": b"\r", b"n": b"\n"}.get(found[1], found[1]), escaped, flags=re.DOTALL)


def _letters(mapping: bytes) -> dict[str, str]:
    """Which letter each glyph of a font is."""
    pairs = re.findall(rb"^<([0-9A-F]{4})> <([0-9A-F]{4})>$", mapping.split(b"beginbfchar")[-1], re.MULTILINE)
    return {glyph.decode(): chr(int(letter, 16)) for glyph, letter in pairs}
