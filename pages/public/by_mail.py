"""Signing in by mail: ask for a letter, open its link, press its button."""

import logging
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response
from nicegui import ui
from starlette.background import BackgroundTask

from models.causes import Busy
from pages import building
from pages.public import entrance
from workflow.people import accounts, guessing, mailed_links
from workflow.refusals import DeadLink

router = APIRouter(include_in_schema=False)

log = logging.getLogger("docket.mail")


@building.at("/login/link", "Sign in by mail · Docket")
async def link_page(next: str = "", sent: str = "", dead: str = "") -> None:  # noqa: A002
    """Ask for a link that signs in."""
    with entrance.door(await run_in_threadpool(accounts.agency), "Sign in by mail"):
        if sent or dead:
            entrance.sentence(mailed_links.SENT if sent else mailed_links.DEAD)
        ui.label("We mail you a link that signs you in once, without a password.").classes("muted")
        _ask(entrance.own_path(next))


@building.at("/forgot", "New password · Docket")
async def forgot_page() -> None:
    """Ask for a link after which a new password can be set."""
    with entrance.door(await run_in_threadpool(accounts.agency), "Forgot your password?"):
        ui.label("We mail you a link that signs you in. Then you can set a new password.").classes("muted")
        _ask(mailed_links.NEW_PASSWORD)


def _ask(onwards: str) -> None:
    with entrance.form("/login/link", next=onwards):
        ui.input("E-mail").props("outlined name=email type=email autocomplete=username required autofocus")
        entrance.send_button("Mail me a link")
    ui.link("Back to the sign-in", "/login")


@building.at("/login/with", "Sign in · Docket")
async def with_page(key: str = "", next: str = "") -> None:  # noqa: A002
    """Where the letter's link leads. It does nothing by itself, for mail scanners open links too."""
    with entrance.door(await run_in_threadpool(accounts.agency)), entrance.form("/login/with", key=key, next=next):
        entrance.send_button("Sign in")


@router.post("/login/link")
async def send_link(
    email: Annotated[str, Form(max_length=1000)] = "",
    next: Annotated[str, Form(max_length=1000)] = "",  # noqa: A002
) -> Response:
    """Have the letter written, after the answer: how long that takes would tell whether there is an account."""
    task = BackgroundTask(_send, email, entrance.own_path(next))
    return RedirectResponse(_again("sent", next), 303, background=task)


def _again(how: str, onwards: str) -> str:
    """Back to the form, which goes on where it was to lead."""
    own = entrance.own_path(onwards)
    return f"/login/link?{urlencode({how: 1} | ({'next': own} if own else {}))}"


def _send(email: str, onwards: str) -> None:
    try:
        mailed_links.send(email, onwards)
    except Busy:
        log.warning("The database is busy or away: a letter with a link was not written.")


@router.post("/login/with")
async def sign_in_with(
    request: Request,
    key: Annotated[str, Form(max_length=1000)] = "",
    next: Annotated[str, Form(max_length=1000)] = "",  # noqa: A002
) -> Response:
    """Use the key up, and sign in: as `POST /login` does."""
    try:
        remote, browser = entrance.remote(request), entrance.browser(request)
        session_key = await run_in_threadpool(guessing.with_key, remote, mailed_links.use, key, browser)
    except DeadLink:
        return RedirectResponse(_again("dead", next), 303)
    return await entrance.let_in(request, session_key, next)
