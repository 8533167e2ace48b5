"""The way out of optional letters: a page for people, and a plain POST for their mail program (RFC 8058)."""

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import PlainTextResponse, RedirectResponse, Response
from nicegui import ui

from pages import building
from pages.parts import headings
from workflow.mail import unsubscribe as letters

router = APIRouter(include_in_schema=False)

UNKNOWN = "This link is not one of ours; it may have been cut in two by your mail program."


@building.at("/unsubscribe/{token}", "No more letters · Docket")
async def unsubscribe_page(token: str, done: str = "") -> None:
    """Say which letters would end; only the button ends them, for mail programs open links by themselves."""
    called = letters.called(token)
    with ui.element("div").classes("door"):
        ui.element("span").classes("logo-mark big")
        headings.title("Letters")
        if called is None:
            ui.label(UNKNOWN).classes("sentence").props("role=alert")
        elif done:
            ui.label(f"No more letters of this kind: {called}. The news itself still waits for you on screen.")
        else:
            ui.label(f"You get letters of this kind: {called}.")
            with ui.element("form").props(f'method="post" action="/unsubscribe/{token}"').classes("door-form"):
                ui.button("No more of them").props("type=submit no-caps unelevated size=lg").classes("full")
        ui.link("Choose in your profile what comes how", "/profile")


@router.post("/unsubscribe/{token}")
async def end_letters(token: str) -> Response:
    """End the letters; mail programs post here without any cookie, so the token is the permission."""
    if not await run_in_threadpool(letters.unsubscribe, token):
        return PlainTextResponse(UNKNOWN, 404)
    return RedirectResponse(f"/unsubscribe/{token}?done=1", 303)
