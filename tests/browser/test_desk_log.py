"""The desk's own log, through the front door: what people do stands on its page and in its file, and verifies."""

import csv
import io
import sqlite3
import subprocess
from collections.abc import Callable

import httpx
import pytest
from playwright.sync_api import expect

from pages import cookie
from tests.browser.conftest import Opener, staffed
from tests.browser.server import Server
from tests.desk import PASSWORD, Desk
from tests.workflow.orders.test_files import bring
from workflow.people import sign_ins


def lines(server: Server, desk: Desk, name: str = "ada") -> list[list[str]]:
    """The log as a file, oldest of its lines last."""
    header = {"Cookie": f"{cookie.name()}={sign_ins.sign_in(desk.who(name))}"}
    answer = httpx.get(f"{server.url}/admin/log.csv", headers=header, trust_env=False).raise_for_status()
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_each_door_leaves_its_line(server: Server, desk: Desk) -> None:
    job = desk.job("in_progress")
    file = bring(desk, job, "draft", by="wren", name="notes.txt")
    with httpx.Client(base_url=server.url, trust_env=False, timeout=20) as street:
        street.post("/login", data={"email": "bea@example.com", "password": "a guess"})
        street.post("/login", data={"email": "bea@example.com", "password": PASSWORD})
        assert street.get(f"/files/{file.key}").status_code == 200
        street.post("/api/auth/token", json={"email": "wren@example.com", "password": PASSWORD}).raise_for_status()

    head, *said = lines(server, desk)

    assert head == ["Line", "Time (UTC)", "Kind", "What happened", "Seal"]
    newest = [line[3] for line in said[:7]]
    for sentence in (
        "Ada Adler exported the desk's log.",
        "1 sign-in failed, from 127.0.0.1, for Bea Baker.",
        "Wren Walsh was given a token for programs.",
        f"Bea Baker downloaded “notes.txt” of {job.display_id}.",
        "Bea Baker signed in by password from 127.0.0.1.",
    ):
        assert sentence in newest


@pytest.mark.parametrize("name", ["cleo", "wren", "bea"])
def test_nobody_else_reads_it(server: Server, desk: Desk, name: str) -> None:
    with pytest.raises(httpx.HTTPStatusError, match="403"):
        lines(server, desk, name)


def test_an_admin_reads_it_page_by_page(server: Server, desk: Desk, window: Opener) -> None:
    for _ in range(60):
        sign_ins.sign_in(desk.who("cleo"), remote="192.0.2.77")
    ada = window("ada", "/admin/log?kind=sign_in")
    shown = ada.page.locator("[data-line]")
    expect(shown).to_have_count(50)
    expect(shown.nth(1)).to_contain_text("Cleo Clark signed in by password from 192.0.2.77.")

    ada.button("Older lines").click()

    expect(shown.nth(59)).to_contain_text("Cleo Clark")
    numbers = [int(line.get_attribute("data-line") or 0) for line in shown.all()]
    assert numbers == sorted(set(numbers), reverse=True)
    expect(ada.page.get_by_role("link", name="Export")).to_have_attribute("href", "/admin/log.csv?kind=sign_in")


def test_verify_walks_it(own_server: Callable[[str], Server]) -> None:
    server = own_server("run")
    with staffed(server) as desk:
        desk.job()
        sign_ins.sign_in(desk.who("cleo"))
    assert "whole" in server.says("verify")

    with sqlite3.connect(server.data / "docket.db") as owner:
        owner.execute("UPDATE desk_log_end SET hash = ''")
    owner.close()

    with pytest.raises(subprocess.CalledProcessError) as found:
        server.says("verify")
    assert found.value.output == "the desk's log: its last lines were cut off\n"
