"""How much one browser and one network may ask of the pages; told at the door, before anything is built or taken."""

from contextlib import ExitStack

from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from models import keys
from pages import cookie
from pages.error_pages import told
from pages.guard import UPLOAD
from pages.public.entrance import remote
from workflow import budgets
from workflow.people.networks import network
from workflow.refusals import TooOften

FREE = ("/assets/", "/_nicegui", "/offline")
"""What a page brings along, and what it says: that is counted elsewhere, or costs nothing."""


class Budgeted:
    """ASGI middleware: so many pages a minute, and so many sockets at once."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through that is within its limits; the others are told so."""
        if scope["type"] == "lifespan":
            return await self.app(scope, receive, send)
        try:
            with ExitStack() as counted:
                _count(HTTPConnection(scope), counted)
                return await self.app(scope, receive, send)
        except TooOften as refusal:
            await _tell(refusal, scope, receive, send)


def _count(request: HTTPConnection, counted: ExitStack) -> None:
    """Count this request; raises TooOften."""
    path, session, source = request.scope["path"], keys.hashed(cookie.key(request)), network(remote(request))
    has_key = bool(cookie.key(request))
    if request.scope["type"] == "websocket":
        counted.enter_context(budgets.SOCKETS_FROM.held(source))
        if has_key:
            counted.enter_context(budgets.SOCKETS.held(session))
    elif UPLOAD.search(path):
        budgets.COMPARISONS.spend(source)
    elif not path.startswith(FREE):
        budgets.VISITS_FROM.spend(source)
        if has_key:
            budgets.VISITS.spend(session)


async def _tell(refusal: TooOften, scope: Scope, receive: Receive, send: Send) -> None:
    mishap = told(refusal)
    if scope["type"] == "http":
        return await mishap.answer(Request(scope))(scope, receive, send)
    return await PlainTextResponse(mishap.sentence, mishap.status, mishap.headers)(scope, receive, send)
