"""Signing in and out: plain HTTP forms, for a socket cannot set cookies."""

from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Form, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response
from nicegui import ui

import settings
from pages import building, cookie
from pages.frame import HOMES
from pages.public import entrance
from workflow import access
from workflow.demo import sample
from workflow.orders import public_orders
from workflow.people import accounts, guessing, profiles, sign_ins
from workflow.refusals import TooOften, WrongCredentials

router = APIRouter(include_in_schema=False)

SENTENCES = {
    "wrong": WrongCredentials().sentence,
    "guessing": guessing.ENOUGH,
    "crowded": sign_ins.CROWDED,
    "ended": access.ENDED,
}


TYPED = 254
"""How much of an address is given back after a mistake, in characters."""

PROBLEMS = {sentence: code for code, sentence in SENTENCES.items()}


@building.at("/login", "Sign in · Docket")
async def login_page(
    request: Request,
    next: str = "",  # noqa: A002
    problem: str = "",
    ended: str = "",
) -> Response | None:
    """The sign-in page; after a mistake it has the address that was typed."""
    agency = await run_in_threadpool(accounts.agency)
    if agency is None:
        return RedirectResponse("/setup", 303)
    strangers = await run_in_threadpool(public_orders.are_open)
    with entrance.door(agency):
        code = problem or ("ended" if ended else "")
        if code in SENTENCES:
            entrance.sentence(SENTENCES[code])
        with entrance.form("/login", next=entrance.own_path(next), zone=""):
            email = cookie.typed(request) if problem else ""
            typed = ui.input("E-mail", value=email[:TYPED])
            typed.props("outlined name=email type=email autocomplete=username required")
            secret = ui.input("Password", password=True, password_toggle_button=True)
            secret.props("outlined name=password autocomplete=current-password required")
            (secret if email else typed).props("autofocus")
            entrance.send_button("Sign in")
        _other_ways(entrance.own_path(next), strangers)
        if settings.current().demo:
            _demo_accounts(entrance.own_path(next))
    return None


def _other_ways(onwards: str, strangers: bool) -> None:
    with ui.element("div").classes("other-ways"):
        ui.link("Mail me a link instead", f"/login/link?next={quote(onwards)}" if onwards else "/login/link")
        ui.link("Forgot your password?", "/forgot")
        if strangers:
            ui.link("Order without an account", "/order")


def _demo_accounts(next_path: str) -> None:
    ui.label("Look around as").classes("muted")
    with ui.element("div").classes("demo-accounts"):
        for name, email in sample.DOORS:
            with entrance.form("/login", next=next_path, email=email, password=sample.PASSWORD):
                ui.button(name).props("type=submit no-caps outline color=ink").classes("full")
    ui.link("Letters that the demo would have sent", "/outbox")


@router.get("/")
async def start(request: Request) -> Response:
    """The front door: to one's own page, or to the sign-in."""
    user = await run_in_threadpool(sign_ins.signed_in, cookie.key(request))
    return RedirectResponse(HOMES[user.role] if user else "/login", 303)


@router.post("/login")
async def login(
    request: Request,
    email: Annotated[str, Form(max_length=1000)] = "",
    password: Annotated[str, Form(max_length=1000)] = "",
    next: Annotated[str, Form(max_length=1000)] = "",  # noqa: A002
    zone: Annotated[str, Form(max_length=64)] = "",
) -> Response:
    """Sign in: to the role's page (or `next`) with a fresh cookie, or back to the form with one sentence.

    Programs, which look at no page, are told by the status that they try too often.
    """
    try:
        remote = entrance.remote(request)
        user = await sign_ins.authenticate_in_turn(email, password, remote)
        key = await run_in_threadpool(sign_ins.sign_in, user, entrance.browser(request), remote)
    except (WrongCredentials, TooOften) as refusal:
        if isinstance(refusal, TooOften) and "text/html" not in request.headers.get("accept", ""):
            raise
        again = {"problem": PROBLEMS[refusal.sentence], "next": entrance.own_path(next)}
        answer = RedirectResponse(f"/login?{urlencode(again)}", 303)
        cookie.keep_typed(request, answer, email[:TYPED])
        return answer
    await run_in_threadpool(profiles.learn, zone, entrance.languages(request), by=user)
    return await entrance.let_in(request, key, next)


@router.post("/logout")
async def logout(request: Request) -> Response:
    """Sign out: the cookie's key is worth nothing from now on, and its open pages end."""
    await run_in_threadpool(entrance.end, request)
    answer = RedirectResponse("/login", 303)
    cookie.forget_key(request, answer)
    return answer
