"""The entrance: what all pages before the sign-in share, and the one way in through which a fresh cookie is handed."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response
from nicegui import ui
from starlette.requests import HTTPConnection

from models.agency import Agency
from pages import cookie
from pages.frame import AWAY, HOMES, colour, logo
from pages.parts import headings
from workflow.people import devices, sign_ins

_OWN_PATH = re.compile(r"/(?!/)[\x21-\x5b\x5d-\x7e]*")
"""Where a sign-in may lead: a path of this site, no other one. Browsers drop tabs and line ends, and take \\ for /."""


def own_path(given: str) -> str:
    """The path itself when it is one of this site, else nothing."""
    return given if _OWN_PATH.fullmatch(given) else ""


@contextmanager
def door(agency: Agency | None, title: str = "", classes: str = "") -> Iterator[None]:
    """The narrow page with the agency's face, and its name unless there is another title."""
    name = agency.name if agency else "Docket"
    if agency:
        colour(agency.colour)
    with ui.element("div").classes(f"door {classes}"):
        ui.label(AWAY).classes("away").props("role=alert")
        logo(name, agency is not None and agency.logo is not None, "big")
        headings.title(title or name)
        yield


def form(action: str, **values: str) -> ui.element:
    """A plain HTTP form that sends these values too."""
    element = ui.element("form").props(f'method="post" action="{action}"').classes("door-form")
    with element:
        for name, value in values.items():
            ui.element("input").props("type=hidden").props.update(name=name, value=value)
    return element


def send_button(name: str) -> ui.button:
    """The button that sends a plain form."""
    return ui.button(name).props("type=submit no-caps unelevated size=lg").classes("full")


def sentence(words: str) -> None:
    """What the page has to say first."""
    ui.label(words).classes("sentence").props("role=alert")


def browser(request: Request) -> str:
    """How the browser calls itself."""
    return request.headers.get("user-agent", "")


def languages(request: Request) -> str:
    """Which languages the browser says that it accepts."""
    return request.headers.get("accept-language", "")


def remote(request: HTTPConnection) -> str:
    """Where the request comes from, as a trusted proxy says if there is one; nothing when nobody knows."""
    return request.client.host if request.client else ""


async def let_in(request: Request, key: str, onwards: str) -> Response:
    """Lead on with a fresh cookie; what was signed in before ends."""
    await run_in_threadpool(end, request)
    return await lead_on(request, key, onwards)


async def lead_on(request: Request, key: str, onwards: str) -> Response:
    """Lead on with this cookie, to a path of ours or the role's page; or first to where a code is asked for."""
    user = await run_in_threadpool(sign_ins.signed_in, key)
    if user is None:
        answer = RedirectResponse(f"/login/code?{urlencode({'next': own_path(onwards)})}", 303)
        cookie.keep_key(request, answer, key)
        return answer
    known_by = (key, cookie.device_key(request), browser(request), remote(request))
    device = await run_in_threadpool(devices.meet, *known_by)
    answer = RedirectResponse(own_path(onwards) or HOMES[user.role], 303)
    cookie.keep_key(request, answer, key)
    cookie.keep_device(request, answer, device)
    if cookie.typed(request):
        cookie.forget_typed(request, answer)
    return answer


def end(request: Request) -> None:
    """End the sign-in that the browser came with."""
    if key := cookie.key(request):
        sign_ins.sign_out(key)
