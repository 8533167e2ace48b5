"""The boundary: foreign names and foreign sites are refused, and every answer tells a browser its limits."""

import re
import socket
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from boundary import FOREIGN_SITE
from pages import cookie
from tests.browser.conftest import Opener
from tests.browser.server import Server
from tests.desk import PASSWORD, Desk
from workflow.people import sign_ins

SOCKET = "/_nicegui_ws/socket.io/?EIO=4&transport={}&client_id=any"
PAGES = [
    "/",
    "/login",
    "/setup",
    "/nowhere",
    "/api/jobs",
    "/healthz",
    "/metrics",
    "/api/nothing",
]
EVERYWHERE = [*PAGES, "/assets/press.js"]
FORM = {"email": "bea@example.com", "password": PASSWORD}
OVER_TLS = {"X-Forwarded-Proto": "https"}


def ask(server: Server, path: str, method: str = "GET", headers: Any = None, **parts: Any) -> httpx.Response:
    return httpx.request(method, server.url + path, headers=headers, trust_env=False, timeout=20, **parts)


def socket_is_refused(server: Server, **headers: str) -> bool:
    address = server.url.replace("http", "ws") + SOCKET.format("websocket")
    with pytest.raises(InvalidStatus) as refusal:
        connect(address, additional_headers=headers, proxy=None, open_timeout=20)
    return refusal.value.response.status_code == 403


def test_a_foreign_name_finds_nobody(server: Server) -> None:
    for host in ("evil.example", f"evil.example:{server.port}", "localhost.evil.example", "192.168.1.5", "0.0.0.0"):
        answers = [ask(server, path, headers={"Host": host}) for path in (*EVERYWHERE, SOCKET.format("polling"))]
        answers.append(ask(server, "/login", "POST", {"Host": host}, data=FORM))

        assert {answer.status_code for answer in answers} == {421}
        assert all(f"DOCKET_HOSTS={host.split(':')[0]} " in answer.text for answer in answers)
    assert ask(server, "/api/jobs", headers={"Host": "evil.example"}).json()["code"] == "WRONG_HOST"


@pytest.mark.parametrize("hosts", [["evil.example", "localhost"], ["evil@localhost"], ["[::::]"], ["a b"], [""], []])
def test_what_is_no_name_is_refused(server: Server, hosts: list[str]) -> None:
    lines = ["GET /setup HTTP/1.1", *(f"Host: {host}" for host in hosts), "Connection: close", "", ""]

    with socket.create_connection(("127.0.0.1", server.port), 20) as line:
        line.sendall("\r\n".join(lines).encode())
        assert line.recv(100).startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1", "127.8.9.1:8080", "[::1]:8080"])
def test_this_machine_has_its_names(server: Server, host: str) -> None:
    assert ask(server, "/healthz", headers={"Host": host}).status_code == 200


def test_a_setting_names_more(own_server: Callable[..., Server]) -> None:
    server = own_server("run", HOSTS="Desk.local, 192.168.1.5", BASE_URL="https://örders.example")

    for host in ("desk.local", "192.168.1.5:8080", "xn--rders-iua.example"):
        answer = ask(server, "/login", headers={"Host": host})
        assert (answer.status_code, answer.headers["location"]) == (303, "/setup")
        assert answer.headers["strict-transport-security"].startswith("max-age=")
    assert ask(server, "/login", headers={"Host": "desk.local.evil.example"}).status_code == 421


def test_a_foreign_site_changes_nothing(server: Server, desk: Desk) -> None:
    header = {"Cookie": f"{cookie.name()}={sign_ins.sign_in(desk.who('bea'))}"}
    for foreign in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "same-site"}):
        doors = [
            ("/login", "POST"),
            ("/logout", "POST"),
            ("/jobs/1/files?name=a", "POST"),
            (SOCKET.format("polling"), "GET"),
        ]
        doors += [("/api/auth/token", "POST"), ("/api/jobs/1/status", "PATCH"), ("/orders/1/hold", "DELETE")]
        answers = [ask(server, path, method, header | foreign) for path, method in doors]

        assert {answer.status_code for answer in answers} == {403}
        assert all(FOREIGN_SITE in answer.text for answer in answers)
        assert socket_is_refused(server, **header, **foreign)
    assert ask(server, "/", headers=header).headers["location"] == "/manager"


def test_a_foreign_name_gets_no_socket(server: Server) -> None:
    assert socket_is_refused(server, Host="evil.example")


@pytest.mark.parametrize("path", [*PAGES, "/files/1", "/api/docs", "/api/openapi.json", "/receipts/none.pdf"])
def test_every_answer_tells_a_browser_its_limits(server: Server, desk: Desk, path: str) -> None:
    one, other = (ask(server, path) for _ in range(2))
    policy = one.headers["content-security-policy"]
    (nonce,) = re.findall(r"script-src 'self' 'nonce-([\w-]{22})' 'unsafe-eval';", policy)

    for part in (
        "default-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ):
        assert part in policy.split("; ")
    assert nonce not in other.headers["content-security-policy"]
    assert one.headers["x-content-type-options"] == "nosniff"
    assert {"referrer-policy", "permissions-policy"} <= set(one.headers)
    assert "strict-transport-security" not in one.headers
    if one.headers.get("content-type", "").startswith("text/html"):
        assert one.text.count("<script") == one.text.count(f'<script nonce="{nonce}"')


@pytest.mark.parametrize("path", ["/assets/line.js", "/assets/theme.css"])
def test_what_is_no_page_may_load_nothing(server: Server, path: str) -> None:
    for _ in range(2):
        assert ask(server, path).headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"


def test_a_refusal_tells_it_too(server: Server) -> None:
    for answer in (
        ask(server, "/", headers={"Host": "evil.example"}),
        ask(server, "/login", "POST", {"Origin": "null"}),
    ):
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("sent", [b"nonsense\r\n\r\n", b"GET / HTTP/1.1\r\nX: " + b"x" * 100_000 + b"\r\n\r\n"])
def test_so_does_one_that_no_application_sees(server: Server, sent: bytes) -> None:
    with socket.create_connection(("127.0.0.1", server.port), 20) as line:
        line.sendall(sent)
        answer = line.recv(10_000).lower()

    assert answer.startswith((b"http/1.1 400 ", b"http/1.1 431 "))
    assert b"\r\ncontent-security-policy: default-src 'none'; frame-ancestors 'none'\r\n" in answer
    assert b"\r\nx-content-type-options: nosniff\r\n" in answer


def test_over_https_the_cookie_is_this_hosts_alone(server: Server, desk: Desk) -> None:
    answer = ask(server, "/login", "POST", OVER_TLS, data=FORM)

    said, device = sorted(answer.headers.get_list("set-cookie"))
    key = re.match(rf"__Host-{cookie.name()}=([^;]+); ", said)
    assert key
    for each in (said, device):
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=lax"} <= set(each.split("; "))
    assert "strict-transport-security" in answer.headers
    for name, home in ((f"__Host-{cookie.name()}", "/manager"), (cookie.name(), "/login"), (cookie.EARLIER, "/login")):
        sent = OVER_TLS | {"Cookie": f"{name}={key[1]}"}
        assert ask(server, "/", headers=sent).headers["location"] == home


def test_a_mistyped_password_leaves_no_other_cookie(server: Server, desk: Desk) -> None:
    answer = ask(server, "/login", "POST", OVER_TLS, data=FORM | {"password": "wrong"})

    (said,) = answer.headers.get_list("set-cookie")
    assert said.startswith(f"__Host-{cookie.name()}_typed=")
    assert {"Secure", "HttpOnly", "Path=/"} <= set(said.split("; "))


@pytest.mark.parametrize(
    "onwards",
    ["/\t/evil.example", "/\\evil.example", "/a\\b", "//evil.example", "/all\n", "/\x01", "https://evil.example"],
)
def test_the_way_leads_nowhere_else(server: Server, desk: Desk, onwards: str) -> None:
    assert ask(server, "/login", "POST", data=FORM | {"next": onwards}).headers["location"] == "/manager"


@pytest.mark.parametrize("name", ["X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Forwarded", "Via"])
def test_figures_are_not_for_whom_a_proxy_brings(server: Server, name: str) -> None:
    assert ask(server, "/metrics").status_code == 200

    assert ask(server, "/metrics", headers={name: "127.0.0.1"}).status_code == 401


def test_a_smuggled_script_does_not_run(server: Server, window: Opener, mishaps: list[str]) -> None:
    cleo = window("cleo", "/client")

    cleo.page.evaluate(
        """const script = Object.assign(document.createElement('script'), {textContent: 'window.smuggled = 1'})
           document.body.append(script)
           document.body.insertAdjacentHTML('beforeend', '<img src="data:," onerror="window.smuggled = 1">')"""
    )
    cleo.page.wait_for_timeout(300)

    assert cleo.page.evaluate("window.smuggled") is None
    assert len(mishaps) == 2
    assert all("Content Security Policy" in line for line in mishaps)
    mishaps.clear()
