"""The figures for Prometheus: to this machine itself, or to an admin."""

import re

import httpx
import pytest
from starlette.testclient import TestClient

import api
from api import access_tokens
from tests.api.caller import By, Caller, said
from tests.desk import Desk


def test_changes_are_counted_by_result(desk: Desk, by: By) -> None:
    job = desk.job("in_progress")
    before = figures(by("ada"))

    by("cleo").move(job, "delivered")
    by("wren").move(job, "delivered")

    after = figures(by("ada"))
    for result in ("ok", "forbidden"):
        name = f'docket_changes_total{{action="deliver",result="{result}"}}'
        assert after[name] == before.get(name, 0) + 1
    assert after["docket_change_seconds_count"] == before["docket_change_seconds_count"] + 2
    assert after["docket_letters_waiting"] == len(desk.letters()) == 1


def test_every_figure_is_there(desk: Desk, by: By) -> None:
    answer = by("ada").get("/metrics")

    assert answer.headers["content-type"].startswith("text/plain")
    for name in ("docket_bulk_seconds_count", "docket_open_pages", "docket_sse_connections", "docket_letters_waiting"):
        assert name in figures(by("ada"))
    assert 'le="' in answer.text


@pytest.mark.parametrize("loopback", ["127.0.0.1", "::1"])
def test_this_machine_needs_no_token(desk: Desk, loopback: str) -> None:
    with TestClient(api.application(), client=(loopback, 50000)) as here:
        assert "docket_changes_total" in here.get("/metrics").text


def test_elsewhere_an_admins_token_is_needed(desk: Desk, by: By, stranger: Caller) -> None:
    assert said(stranger.get("/metrics")) == (401, "UNAUTHENTICATED")
    assert said(Caller(stranger.client, "wrong").get("/metrics")) == (401, "UNAUTHENTICATED")
    for name in ("cleo", "wren", "bea"):
        assert said(by(name).get("/metrics")) == (403, "FORBIDDEN")


def test_behind_a_proxy_the_caller_counts(desk: Desk, street: httpx.Client) -> None:
    from_afar = {"X-Forwarded-For": "203.0.113.7"}
    admin = {"Authorization": f"Bearer {access_tokens.issued(desk.who('ada'))}"}

    assert street.get("/metrics").status_code == 200
    assert said(street.get("/metrics", headers=from_afar)) == (401, "UNAUTHENTICATED")
    assert street.get("/metrics", headers=from_afar | admin).status_code == 200


def figures(caller: Caller) -> dict[str, float]:
    """Every figure, by its name and labels."""
    lines = caller.get("/metrics").text.splitlines()
    found = [re.fullmatch(r"(\S+) (\S+)", line) for line in lines if not line.startswith("#")]
    return {match[1]: float(match[2]) for match in found if match}
