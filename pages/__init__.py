"""The door for people: the site map."""

import contextlib
from pathlib import Path

from fastapi import FastAPI
from nicegui import Client, app, ui
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Receive, Scope, Send

import doors
import settings
from pages import (  # noqa: F401 - the site map: importing a module puts its pages up
    client,
    connection,
    desk,
    error_pages,
    frame,
    guard,
    leaving,
    live,
    new_order,
    nonces,
    notifications,
    orders,
    profile,
    writer,
)
from pages.admin import agency, desk_log, lifecycle, mail, people, records, rules, work_types  # noqa: F401
from pages.budgeted import Budgeted
from pages.http import downloads, find, uploads
from pages.job import page  # noqa: F401
from pages.packed import Packed
from pages.public import (  # noqa: F401
    address,
    by_mail,
    code,
    installing,
    invited,
    login,
    outbox,
    public_order,
    receipt,
    setup,
    unsubscribe,
)
from pages.rush import Rush
from workflow.live.bell import bell

ASSETS = Path(__file__).parent.parent / "assets"
YEAR = 365 * 24 * 3600
"""How long browsers keep our assets, in seconds; the address of what has changed is another one."""

ICONS = """
<link rel="preload" href="ADDRESS" as="font" type="font/woff" crossorigin>
<style>@font-face { font-family: "Material Icons"; src: url(ADDRESS) format("woff"); font-display: block; }</style>
"""
"""Our font of icons stands in for NiceGUI's (see assets/icons.py); it comes along with the page."""

RECONNECT_SECONDS = 15
"""How long a page is kept for a browser that lost its connection; the default of 3 drops pages under load."""


def application() -> ASGIApp:
    """The pages, with their guard in front."""
    web = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    web.include_router(login.router)
    web.include_router(installing.router)
    web.include_router(by_mail.router)
    web.include_router(invited.router)
    web.include_router(address.router)
    web.include_router(code.router)
    web.include_router(public_order.router)
    web.include_router(downloads.router)
    web.include_router(find.router)
    web.include_router(unsubscribe.router)
    web.include_router(uploads.router)
    web.include_router(receipt.router)
    web.include_router(agency.router)
    web.include_router(desk_log.router)
    web.include_router(outbox.router)
    app.add_static_files("/assets", ASSETS, max_cache_age=YEAR)
    for field in (ui.input, ui.textarea):
        field.default_props("dir=auto")
    connection.install()
    guard.install()
    nonces.install(_head())
    ui.run_with(
        web,
        title="Docket",
        favicon=ASSETS / "logo.svg",
        dark=None,
        language="en-US",
        tailwind=False,
        reconnect_timeout=RECONNECT_SECONDS,
        binding_refresh_interval=None,
        show_welcome_message=False,
    )
    app.on_delete(leaving.part)
    app._exception_handlers[:] = [frame.mishap_shown]
    app.on_startup(lambda: bell.listen(live.hand_over))
    error_pages.answer_all(web, app)
    return Packed(guard.OwnPages(connection.Beats(Budgeted(Rush(Glanced(Bounded(web)))))))


def _head() -> str:
    """What every page has in its head."""
    scripts = [f'<script defer src="{_fresh(name)}"></script>' for name in ("line.js", "keep.js")]
    modules = [
        ("press.js",),
        ("translated.js",),
        ("toasts.js",),
        ("steady.js",),
        ("focus.js",),
        ("keys.js", "doing.js", "palette.js"),
    ]
    scripts += [f'<script type="module" src="{_fresh(*names)}"></script>' for names in modules]
    icons = ICONS.replace("ADDRESS", _fresh("fonts/icons.woff"))
    style = f'<link rel="stylesheet" href="{_fresh("theme.css")}">'
    return "\n".join([icons, style, installing.head(), *scripts, ""])


def _fresh(name: str, *brings: str) -> str:
    """The address of one of our assets, which changes when it does, or what it brings: browsers keep what they know."""
    return f"/assets/{name}?{max(int((ASSETS / each).stat().st_mtime) for each in (name, *brings))}"


class Glanced:
    """A page that was asked for with HEAD has no browser that would ever leave it: it is given back at once."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, and put away what was built for a glance."""
        try:
            await self.app(scope, receive, send)
        finally:
            if scope.get(doors.ASKED):
                _give_back(scope[doors.ASKED])


def _give_back(asked: object) -> None:
    for built in list(Client.instances.values()):
        if built.request.scope.get(doors.ASKED) is asked:
            built.delete()


class Bounded:
    """The body limit: small for forms, and for the addresses of uploads as large as a file may be."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.forms = RequestBodyLimitMiddleware(app, settings.current().max_body_bytes)
        self.uploads = RequestBodyLimitMiddleware(app, uploads.most())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send a request through the limit that is its own; who hangs up in the middle of one is no error of ours."""
        path = scope.get("path", "")
        is_upload = guard.UPLOAD.search(path) or uploads.ADDRESS.fullmatch(path)
        limited = self.uploads if is_upload else self.forms
        length = Headers(scope=scope).get("content-length", "") if scope["type"] == "http" else ""
        if length.isdigit() and int(length) > limited.max_body_size:
            await error_pages.told(HTTPException(413)).answer(Request(scope))(scope, receive, send)
            return
        with contextlib.suppress(ClientDisconnect):
            await limited(scope, receive, send)
