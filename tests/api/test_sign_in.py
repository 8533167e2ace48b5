"""Tokens: how a program says who it acts for."""

import httpx

import settings
from tests.api.caller import By, Caller, said
from tests.desk import PASSWORD, Desk, on_sqlite
from tests.workflow.people.test_second_factor import App


def sign_in(stranger: Caller, name: str, password: str = PASSWORD) -> httpx.Response:
    """Ask for a token."""
    return stranger.send("/api/auth/token", {"email": f"{name}@example.com", "password": password})


def test_the_right_password_gets_a_token(desk: Desk, stranger: Caller) -> None:
    answer = sign_in(stranger, "wren")

    token = answer.json().pop("accessToken")
    assert answer.json() == {
        "accessToken": token,
        "tokenType": "bearer",
        "expiresIn": 12 * 60 * 60,
        "user": {"id": desk.who("wren").id, "email": "wren@example.com", "name": "Wren Walsh", "role": "writer"},
    }
    assert said(Caller(stranger.client, token).get("/api/jobs")) == (200, None)


def test_the_address_may_be_shouted(desk: Desk, stranger: Caller) -> None:
    assert sign_in(stranger, "  WREN").json()["user"]["id"] == desk.who("wren").id


@on_sqlite
def test_a_second_factor_is_asked_for_here_too(desk: Desk, stranger: Caller) -> None:
    app, said_so = App(desk), {"email": "bea@example.com", "password": PASSWORD}

    assert said(sign_in(stranger, "bea")) == (422, "INVALID_FIELD")
    assert said(stranger.send("/api/auth/token", said_so | {"code": "000000"})) == (422, "INVALID_FIELD")
    assert said(stranger.send("/api/auth/token", said_so | {"code": app.shown()})) == (200, None)


def test_its_life_can_be_set(desk: Desk, stranger: Caller) -> None:
    settings.use(_env_file=None, data_dir=desk.folder, database_url=desk.url, token_hours=1)

    assert sign_in(stranger, "wren").json()["expiresIn"] == 3600


def test_nothing_tells_who_has_an_account(desk: Desk, stranger: Caller) -> None:
    wrong_password = sign_in(stranger, "wren", "docket-dem0")
    nobody = sign_in(stranger, "nobody")
    closed = sign_in(stranger, "ivy")

    assert said(closed) == (401, "INVALID_CREDENTIALS")
    assert closed.json() == nobody.json() == wrong_password.json()
    assert closed.headers == nobody.headers == wrong_password.headers


def test_odd_credentials_are_just_wrong(desk: Desk, stranger: Caller) -> None:
    for email, password in [("", ""), ("wren@example.com", ""), ("wren@example.com'--", "x" * 5000), ("a\tb", "😀")]:
        answer = stranger.send("/api/auth/token", {"email": email, "password": password})

        assert said(answer) == (401, "INVALID_CREDENTIALS")


def test_half_a_form_is_refused(stranger: Caller) -> None:
    for form, field in [({"email": "wren@example.com"}, "password"), ({"email": 5, "password": PASSWORD}, "email")]:
        answer = stranger.send("/api/auth/token", form)

        assert said(answer) == (422, "INVALID_FIELD")
        assert answer.json()["field"] == field


def test_without_a_token_nobody_comes_in(desk: Desk, by: By) -> None:
    genuine = by("wren").headers["Authorization"]
    headers = [
        "",
        "Bearer",
        "Bearer ",
        "Bearer a.b.c",
        f"Basic {genuine[7:]}",
        f"{genuine}x",
        genuine[7:],
        b"Bearer \xff",
    ]

    for header in headers:
        answer = by("wren").call("GET", "/api/jobs", headers={"Authorization": header})

        assert said(answer) == (401, "UNAUTHENTICATED")
        assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_who_guesses_is_slowed_down(desk: Desk, stranger: Caller) -> None:
    guesses = [sign_in(stranger, "wren", f"guess {number}") for number in range(10)]

    answer = sign_in(stranger, "wren")

    assert {said(each) for each in guesses} == {(401, "INVALID_CREDENTIALS")}
    assert said(answer) == (429, "RATE_LIMITED")
    assert 0 < int(answer.headers["Retry-After"]) <= 15 * 60
    assert said(sign_in(stranger, "wolf")) == (200, None)
