"""Signing in and out: plain HTTP forms, for a socket cannot set cookies."""

import re
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response
from nicegui import ui

import settings
from pages.frame import HOMES, logo
from pages.guard import COOKIE
from workflow import accounts, demo
from workflow.refusals import WrongCredentials

router = APIRouter(include_in_schema=False)

_OWN_PATH = re.compile(r"^/(?![/\\])[\x21-\x7e]*$")
"""Where a sign-in may lead: a path of this site, never another one."""

SENTENCES = {
    "wrong": WrongCredentials().sentence,
    "ended": accounts.ENDED,
    "ready": "Your agency is set up. Please sign in.",
}


@ui.page("/login", title="Sign in · Docket")
async def login_page(next: str = "", problem: str = "", ended: str = "", ready: str = "") -> Response | None:  # noqa: A002
    """The sign-in page."""
    agency = await run_in_threadpool(accounts.agency)
    if agency is None:
        return RedirectResponse("/setup", 303)
    with ui.element("div").classes("door"):
        logo(agency.name, agency.logo is not None, "big")
        ui.label(agency.name).classes("page-title").props("role=heading aria-level=1")
        code = problem or ("ended" if ended else "") or ("ready" if ready else "")
        if code in SENTENCES:
            ui.label(SENTENCES[code]).classes("sentence").props("role=alert")
        with _form(next):
            ui.input("E-mail").props("outlined name=email type=email autocomplete=username required autofocus")
            ui.input("Password", password=True, password_toggle_button=True).props(
                "outlined name=password autocomplete=current-password required"
            )
            ui.button("Sign in").props("type=submit no-caps unelevated size=lg").classes("full")
        if settings.current().demo:
            _demo_accounts(next)
    return None


def _form(next_path: str) -> ui.element:
    form = ui.element("form").props('method="post" action="/login"').classes("door-form")
    with form:
        _hidden("next", next_path if _OWN_PATH.match(next_path) else "")
    return form


def _hidden(name: str, value: str) -> None:
    field = ui.element("input").props(f'type=hidden name="{name}"')
    field._props["value"] = value


def _demo_accounts(next_path: str) -> None:
    ui.label("Look around as").classes("muted")
    with ui.element("div").classes("demo-accounts"):
        for name, email in demo.DOORS:
            with _form(next_path):
                _hidden("email", email)
                _hidden("password", demo.PASSWORD)
                ui.button(name).props("type=submit no-caps outline color=ink").classes("full")
    ui.link("Letters that the demo would have sent", "/outbox")


@router.get("/")
async def start(request: Request) -> Response:
    """The front door: to one's own page, or to the sign-in."""
    user = await run_in_threadpool(accounts.signed_in, request.cookies.get(COOKIE, ""))
    return RedirectResponse(HOMES[user.role] if user else "/login", 303)


@router.post("/login")
async def login(
    request: Request,
    email: Annotated[str, Form(max_length=1000)] = "",
    password: Annotated[str, Form(max_length=1000)] = "",
    next: Annotated[str, Form(max_length=1000)] = "",  # noqa: A002
) -> Response:
    """Sign in: to the role's page (or `next`) with a fresh cookie, or back to the form with one sentence."""
    try:
        user = await accounts.authenticate_in_turn(email, password)
    except WrongCredentials:
        return RedirectResponse(f"/login?problem=wrong&next={quote(next)}", 303)
    await run_in_threadpool(_end, request)
    key = await run_in_threadpool(accounts.sign_in, user, request.headers.get("user-agent", ""))
    answer = RedirectResponse(next if _OWN_PATH.match(next) else HOMES[user.role], 303)
    answer.set_cookie(
        COOKIE,
        key,
        max_age=settings.current().signin_days * 86400,
        httponly=True,
        samesite="lax",
        secure=settings.current().public_url.startswith("https:"),
    )
    return answer


@router.post("/logout")
async def logout(request: Request) -> Response:
    """Sign out: the cookie's key is worth nothing from now on, and its open pages end."""
    await run_in_threadpool(_end, request)
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(COOKIE)
    return answer


def _end(request: Request) -> None:
    if key := request.cookies.get(COOKIE):
        accounts.sign_out(key)
