"""Mishaps: whatever goes wrong on the way to a page or a file is answered with a sentence, here and nowhere else."""

import logging
import re
from dataclasses import dataclass, field
from html import escape
from string import Template

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from models import trouble
from pages.building import TooSlow
from workflow import logs
from workflow.logs import REQUEST
from workflow.refusals import Refused, TooOften

log = logging.getLogger("docket.pages")

SENTENCES = {
    404: "There is nothing at this address.",
    405: "This address cannot be used in this way.",
    413: "What was sent is too large.",
    422: "What was sent does not fit here.",
}
TITLES = {
    404: "Not found",
    413: "Too large",
    422: "That does not fit",
    503: "Please wait a moment",
    507: "No room left",
}
UNFORESEEN = "Nothing was lost. Please try again in a moment. If it happens again, tell the agency the reference {}."

FILES = re.compile(
    r"/(jobs/[^/]+/files|drafts/[^/]+/files|files/|bulk/|agency/logo|assets/|_nicegui|receipts/[^/]+\.pdf)"
)
"""Addresses that answer with a file, or take one: there nobody looks at a page."""

PAGE = Template("""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title · Docket</title><link rel="stylesheet" href="/assets/theme.css"></head>
<body><main class="door"><span class="logo-mark big"></span><h1 class="page-title">$title</h1>
<p role="alert">$sentence</p>$request<a href="/">Back to the start</a></main></body></html>
""")


@dataclass
class Mishap:
    """What is said of it."""

    status: int
    sentence: str
    headers: dict[str, str] = field(default_factory=dict)

    def answer(self, request: Request) -> Response:
        """A page for people; a plain sentence where files go, unless a browser has opened the address."""
        headers = {"Cache-Control": "no-store", **self.headers}
        if FILES.match(request.url.path) and "text/html" not in request.headers.get("accept", ""):
            return PlainTextResponse(self.sentence, self.status, {**headers, "Docket-Says": "yes"})
        title = TITLES.get(self.status, "Something went wrong.")
        page = PAGE.substitute(title=title, sentence=escape(self.sentence), request=_request())
        return HTMLResponse(page, self.status, headers)


def _request() -> str:
    """By what the log knows it."""
    return f'<p class="muted">Request {REQUEST.get()}</p>' if REQUEST.get() else ""


def told(error: Exception) -> Mishap:
    """What people are told of an error; what nobody foresaw is logged under the reference that they read."""
    if cause := trouble.behind(error):
        return Mishap(cause.http, cause.sentence, {"Retry-After": str(cause.wait)})
    match error:
        case HTTPException(status_code=status, headers=headers):
            return Mishap(status, SENTENCES.get(status, "This is not possible."), dict(headers or {}))
        case RequestValidationError():
            return Mishap(422, SENTENCES[422])
        case TooSlow():
            return Mishap(503, str(error), {"Retry-After": "1"})
        case TooOften(wait=wait):
            return Mishap(429, error.sentence, {"Retry-After": str(wait)})
        case Refused():
            return Mishap(error.http, error.sentence)
    reference = logs.reference()
    log.error("Reference %s", reference, exc_info=error)
    return Mishap(500, UNFORESEEN.format(reference))


class Answered:
    """ASGI middleware: an error that leaves the application becomes an answer, unless one has begun."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        has_begun = False

        async def begin(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self.app(scope, receive, begin)
        except Exception as error:
            if has_begun or scope["type"] != "http" or isinstance(error, ClientDisconnect):
                raise
            await told(error).answer(Request(scope))(scope, receive, send)


def answer_all(*apps: FastAPI) -> None:
    """Have every error of these applications answered here."""

    async def answer(request: Request, error: Exception) -> Response:
        return told(error).answer(request)

    for app in apps:
        for kind in (404, HTTPException, RequestValidationError):
            app.add_exception_handler(kind, answer)
        app.add_middleware(Answered)
