"""The way out of optional letters: a page for people, and a plain POST for their mail program (RFC 8058)."""

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response
from nicegui import ui

from pages import building
from pages.parts import headings
from pages.public import entrance
from workflow.mail import unsubscribe as letters
from workflow.people import guessing

router = APIRouter(include_in_schema=False)


@building.at("/unsubscribe/{token}", "No more letters · Docket")
async def unsubscribe_page(request: Request, token: str, done: str = "") -> None:
    """Say which letters would end; only the button ends them, for mail programs open links by themselves."""
    called = await run_in_threadpool(guessing.with_key, entrance.remote(request), letters.called, token)
    with ui.element("div").classes("door"):
        ui.element("span").classes("logo-mark big")
        headings.title("Letters")
        if done:
            ui.label(f"No more letters of this kind: {called}. The news itself still waits for you on screen.")
        else:
            ui.label(f"You get letters of this kind: {called}.")
            with ui.element("form").props(f'method="post" action="/unsubscribe/{token}"').classes("door-form"):
                ui.button("No more of them").props("type=submit no-caps unelevated size=lg").classes("full")
        ui.link("Choose in your profile what comes how", "/profile")


@router.post("/unsubscribe/{token}")
async def end_letters(request: Request, token: str) -> Response:
    """End the letters; mail programs post here without any cookie, so the token is the permission."""
    await run_in_threadpool(guessing.with_key, entrance.remote(request), letters.unsubscribe, token)
    return RedirectResponse(f"/unsubscribe/{token}?done=1", 303)
