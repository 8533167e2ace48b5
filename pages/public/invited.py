"""Invited: the page to which an invitation's link leads, where its person comes in for the first time."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response
from nicegui import ui

from models.agency import Agency
from models.user import User
from pages import building
from pages.public import entrance
from workflow.people import accounts, guessable, guessing, invitations, passwords, profiles, sign_ins
from workflow.refusals import DeadLink, InvalidField

router = APIRouter(include_in_schema=False)

PROBLEMS = {passwords.LENGTH: "length", guessable.EASY: "easy", guessable.OWN: "own"}
"""What may be wrong with a password, and how the address says so."""

LATER = "You can choose a password later. Until then, the sign-in page mails you a link each time."


@building.at("/invite/with", "Welcome · Docket")
async def invited_page(request: Request, key: str = "", problem: str = "") -> None:
    """Where the link leads. It does nothing by itself, for mail scanners open links too."""
    agency = await run_in_threadpool(accounts.agency)
    try:
        user = await run_in_threadpool(guessing.with_key, entrance.remote(request), invitations.look, key)
    except DeadLink as refusal:
        with entrance.door(agency):
            entrance.sentence(refusal.sentence)
            ui.link("To the sign-in", "/login")
        return
    with entrance.door(agency, f"Welcome, {user.first_name}"):
        _choice(agency, user, key, problem)


def _choice(agency: Agency | None, user: User, key: str, problem: str) -> None:
    """A password, or none for now."""
    for sentence, code in PROBLEMS.items():
        if code == problem:
            entrance.sentence(sentence)
    ui.label(f"This is your account at {agency.name if agency else 'Docket'}.").props("dir=auto").classes("muted")
    with entrance.form("/invite/with", key=key, zone=""):
        ui.input("E-mail", value=user.email).props("outlined readonly name=email autocomplete=username")
        secret = ui.input("Choose a password", password=True, password_toggle_button=True)
        secret.props("outlined name=password autocomplete=new-password required autofocus")
        secret.props(f'hint="At least {passwords.SHORTEST} characters"')
        entrance.send_button("Come in")
    if invitations.by_mail():
        with entrance.form("/invite/with", key=key, zone=""):
            ui.button("Come in without a password").props("type=submit flat no-caps color=ink").classes("full")
        ui.label(LATER).classes("muted")


@router.post("/invite/with")
async def come_in(
    request: Request,
    key: Annotated[str, Form(max_length=1000)] = "",
    password: Annotated[str, Form(max_length=1000)] = "",
    zone: Annotated[str, Form(max_length=64)] = "",
) -> Response:
    """Use the link up and sign in, to the role's page; or back to the form, with what is wrong with the password."""
    remote, browser = entrance.remote(request), entrance.browser(request)
    try:
        session_key = await run_in_threadpool(guessing.with_key, remote, invitations.accept, key, password, browser)
    except DeadLink:
        return _again(key)
    except InvalidField as refusal:
        return _again(key, problem=PROBLEMS.get(refusal.sentence, "length"))
    if user := await run_in_threadpool(sign_ins.signed_in, session_key):
        await run_in_threadpool(profiles.learn, zone, entrance.languages(request), by=user)
    return await entrance.let_in(request, session_key, "")


def _again(key: str, **more: str) -> Response:
    return RedirectResponse(f"/invite/with?{urlencode({'key': key, **more}, errors='replace')}", 303)
