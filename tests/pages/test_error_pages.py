"""Mishaps: a busy database, a full disk and what nobody foresaw are told in a sentence, on every plain route."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from models import causes, database
from pages import building, error_pages
from pages.admin import agency
from pages.http import downloads, uploads
from pages.public import by_mail, login, public_order, receipt, unsubscribe
from tests.desk import Desk, on_sqlite
from workflow.mail.unsubscribe import _token

ROUTERS = (agency, by_mail, downloads, login, public_order, receipt, unsubscribe, uploads)
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture(scope="module")
def site() -> Iterator[httpx.Client]:
    """The plain routes for people, called in memory."""
    web = FastAPI()
    for module in ROUTERS:
        web.include_router(module.router)

    @web.get("/broken")
    def broken() -> None:
        raise ValueError("a secret of the inside")

    error_pages.answer_all(web)
    with TestClient(web, follow_redirects=False) as client:
        yield client


@on_sqlite
@pytest.mark.parametrize(
    "method, path",
    [
        ("GET", "/"),
        ("POST", "/login"),
        ("POST", "/logout"),
        ("POST", "/login/with"),
        ("POST", "/order/confirm"),
        ("POST", "/unsubscribe/{token}"),
        ("GET", "/files/1"),
        ("GET", "/bulk/1/export"),
        ("GET", "/agency/logo"),
        ("GET", "/receipts/code.pdf"),
        ("POST", "/jobs/1/files?name=a&kind=final"),
        ("POST", "/drafts/some/files?name=a"),
    ],
)
def test_a_database_that_is_away_is_a_calm_answer(
    desk: Desk, site: httpx.Client, tmp_path: Path, method: str, path: str
) -> None:
    token = _token(desk.who("cleo"), "comment_added") if "{token}" in path else ""
    database.use(f"sqlite:///{tmp_path}/gone/docket.db")

    answer = site.request(method, path.format(token=token), headers={"Cookie": "docket_session=key"})

    assert (answer.status_code, int(answer.headers["Retry-After"])) == (503, 2)
    assert causes.AWAY.sentence in answer.text
    is_file = bool(error_pages.FILES.match(path))
    assert answer.headers["content-type"].startswith("text/plain" if is_file else "text/html")


def test_what_nobody_foresaw_has_a_reference(site: httpx.Client, caplog: pytest.LogCaptureFixture) -> None:
    answer = site.get("/broken", headers=BROWSER)

    assert answer.status_code == 500
    assert "secret" not in answer.text
    (line,) = [record.getMessage() for record in caplog.records if record.name == "docket.pages"]
    assert line.removeprefix("Reference ") in answer.text


@pytest.mark.parametrize(
    "method, path, status",
    [
        ("GET", "/nowhere", 404),
        ("DELETE", "/login", 405),
        ("GET", "/logout", 405),
        ("GET", "/bulk/1/export?kind=doc", 422),
    ],
)
def test_a_wrong_way_is_told_in_a_sentence(site: httpx.Client, method: str, path: str, status: int) -> None:
    answer = site.request(method, path, headers=BROWSER)

    assert answer.status_code == status
    assert error_pages.SENTENCES[status] in answer.text
    assert "Back to the start" in answer.text


def test_an_address_that_is_too_long_is_a_sentence(site: httpx.Client) -> None:
    answer = site.post("/login", data={"email": "x" * 1001, "password": "y"})

    assert answer.status_code == 422
    assert error_pages.SENTENCES[422] in answer.text


def test_a_full_disk_is_told_as_such() -> None:
    mishap = error_pages.told(database.Busy(causes.FULL))

    assert (mishap.status, "room" in mishap.sentence) == (507, True)


def test_a_page_that_takes_too_long_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "SECONDS", 0.05)

    @building.in_time
    async def never() -> None:
        await asyncio.sleep(600)

    with pytest.raises(building.TooSlow) as late:
        asyncio.run(never())  # pyright: ignore[reportArgumentType]

    mishap = error_pages.told(late.value)
    assert (mishap.status, mishap.sentence) == (503, building.SLOW)
