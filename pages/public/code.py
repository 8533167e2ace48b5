"""The second step of a sign-in: a code of the app or a recovery code; and setting up the app, where that is asked."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response
from nicegui import ui

from pages import building, cookie
from pages.parts.setup_code import app_setup
from pages.public import entrance
from workflow.people import accounts, guessing, second_factor
from workflow.refusals import InvalidField, SignedOut, TooOften

router = APIRouter(include_in_schema=False)

PROBLEMS = {"wrong": second_factor.WRONG, "guessing": guessing.CODE.enough}

ASKED = "Enter the code that your app shows, or one of your recovery codes."
REQUIRED = "Your agency asks for a second factor: set it up now, once. You make recovery codes on your profile."


@building.at("/login/code", "Sign in · Docket")
async def code_page(request: Request, next: str = "", problem: str = "") -> Response | None:  # noqa: A002
    """Ask for the code; who has not come as far as here begins at the sign-in."""
    key = cookie.key(request)
    if await run_in_threadpool(second_factor.waits, key) is None:
        return RedirectResponse("/login", 303)
    setup = await run_in_threadpool(second_factor.setup_at_the_door, key)
    with entrance.door(await run_in_threadpool(accounts.agency)):
        if problem in PROBLEMS:
            entrance.sentence(PROBLEMS[problem])
        ui.label(REQUIRED if setup else ASKED).classes("muted")
        if setup:
            app_setup(setup)
        with entrance.form("/login/code", next=entrance.own_path(next)):
            code = ui.input("Code").props("outlined name=code autocomplete=one-time-code required autofocus")
            code.props("autocapitalize=characters spellcheck=false maxlength=20")
            entrance.send_button("Sign in")
        ui.link("Back to the sign-in", "/login")
    return None


@router.post("/login/code")
async def give_code(
    request: Request,
    code: Annotated[str, Form(max_length=100)] = "",
    next: Annotated[str, Form(max_length=1000)] = "",  # noqa: A002
) -> Response:
    """Come in all the way, or back to the form with one sentence."""
    try:
        said = (cookie.key(request), code, entrance.remote(request))
        key = await run_in_threadpool(second_factor.complete, *said)
    except SignedOut:
        return RedirectResponse("/login?ended=1", 303)
    except (InvalidField, TooOften) as refusal:
        problem = "guessing" if isinstance(refusal, TooOften) else "wrong"
        query = urlencode({"problem": problem, "next": entrance.own_path(next)})
        return RedirectResponse(f"/login/code?{query}", 303)
    return await entrance.lead_on(request, key, next)
