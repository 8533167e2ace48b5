"""Two agencies on one host: cookies know no ports, and yet nobody is signed out of one by coming to the other."""

import secrets

import httpx

from pages import cookie
from tests.browser.conftest import Opener
from tests.browser.server import Server
from tests.desk import Desk
from workflow.people import sign_ins


def test_who_comes_to_the_other_agency_stays_in_this_one(desk: Desk, window: Opener) -> None:
    bea = window("bea")
    others = f"docket_session_{secrets.token_hex(4)}"

    bea.context.add_cookies([{"name": others, "value": "the key of another agency", "url": bea.page.url}])
    bea.go("/manager")

    bea.is_at("/manager")
    assert {each.get("name") for each in bea.context.cookies()} == {cookie.name(), others}


def test_who_came_in_before_the_name_changed_stays_in_and_can_leave(desk: Desk, server: Server) -> None:
    before = {cookie.EARLIER: sign_ins.sign_in(desk.who("bea"))}
    with httpx.Client(base_url=server.url, cookies=before, trust_env=False) as browser:
        assert browser.get("/").headers["location"] == "/manager"

        browser.post("/logout")

        assert browser.get("/").headers["location"] == "/login"
