"""Forms and uploads: they come from our own site, and from programs that have no site."""

import pytest
from starlette.requests import HTTPConnection

import settings
from boundary import FOREIGN_SITE, from_own_site
from tests.pages.guard.site import FOREIGN, Desk, Page


def test_a_form_of_our_own_is_taken(desk: Desk) -> None:
    assert desk.post("/orders", Origin=f"http://{desk.host}", Sec_Fetch_Site="same-origin") == 200


def test_a_program_without_origin_is_served(desk: Desk) -> None:
    assert desk.post("/orders") == 200


@pytest.mark.parametrize("origin", [FOREIGN, "null"])
def test_a_foreign_form_is_refused(desk: Desk, origin: str) -> None:
    answer = desk.http.post("/orders", headers={"Origin": origin})

    assert (answer.status_code, answer.text) == (403, FOREIGN_SITE)


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_neighbours_form_is_refused(desk: Desk, site: str) -> None:
    assert desk.post("/orders", Sec_Fetch_Site=site) == 403


def test_a_foreign_link_may_lead_here(desk: Desk) -> None:
    assert desk.http.get("/page/any", headers={"Origin": FOREIGN, "Sec-Fetch-Site": "cross-site"}).status_code == 200


def test_an_upload_needs_the_pages_sign_in(desk: Desk) -> None:
    page = Page(desk, "ann")

    assert desk.post(page.upload, Cookie="docket_session=bob") == 403
    assert desk.post(page.upload, Cookie="docket_session=ann") == 200
    assert page.presses() == 1


@pytest.mark.parametrize(
    "origin, asked, public, own",
    [
        ("http://desk.example", "http://desk.example", "", True),
        ("http://desk.example:80", "ws://DESK.example", "", True),
        ("http://[::1]:8080", "ws://[::1]:8080", "", True),
        ("http://desk.example:8080", "http://desk.example", "", False),
        ("https://desk.example", "wss://desk.example:443", "", True),
        ("https://desk.example", "http://desk.example", "", True),
        ("http://desk.example", "https://desk.example", "", False),
        ("https://desk.example", "http://10.0.0.7:8080", "https://desk.example/", True),
        ("http://desk.example", "http://desk.example", "https://desk.example", False),
        ("http://localhost:8080", "http://localhost:8080", "https://desk.example", True),
        ("https://desk.example.evil.example", "http://desk.example", "https://desk.example", False),
        ("https://desk.example:x", "http://desk.example", "", False),
        ("http://", "http://", "", False),
    ],
)
def test_which_origin_is_our_own(origin: str, asked: str, public: str, own: bool) -> None:
    scheme, host = asked.split("://")
    headers = [(b"host", host.encode()), (b"origin", origin.encode())]
    settings.use(_env_file=None, base_url=public)

    request = HTTPConnection({"type": "http", "scheme": scheme, "headers": headers})

    assert from_own_site(request) is own
