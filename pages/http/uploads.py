"""Files from pages: each is the whole body of one request, written to its place as it comes."""

import re
from collections.abc import AsyncIterator, Callable

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import PlainTextResponse, Response

import settings
from models import database
from models.causes import Busy
from models.file import File, Kind
from models.job import Job, find
from models.user import User
from pages import cookie
from pages.error_pages import told
from workflow import budgets, checks
from workflow.access import ENDED
from workflow.live.stay import Stay
from workflow.orders import drafts, files
from workflow.people import sign_ins
from workflow.refusals import InvalidField, Refused
from workflow.storage.incoming import Incoming

router = APIRouter(include_in_schema=False)

ADDRESS = re.compile(r"/jobs/[^/]+/files|/drafts/[^/]+/files")
"""Where files come in: the addresses whose bodies may be large."""

Keep = Callable[[Incoming, User], str]
"""Keeps what has come in for this user; returns what to say about it."""

May = Callable[[User], None]
"""Raises a refusal for a user who may not bring it."""


@router.post("/jobs/{job_id}/files")
async def to_order(request: Request, job_id: str, name: str = "", kind: str = "") -> Response:
    """A file for an order."""

    def keep(incoming: Incoming, user: User) -> str:
        file = files.bring(incoming, checks.number_in(job_id), name, _kind(kind), by=user)
        with database.reading() as session:
            job = find(session, user, job_id=file.job_id)
            version = File.versions(session, job)[file.key] if job else 1
        added = "Added." if version == 1 else f"Added as version {version}."
        return f"{added} {_whether_handed_over(file, job)}".strip()

    def may(user: User) -> None:
        files.may_bring(checks.number_in(job_id), _kind(kind), by=user)

    return await _taken(request, may, keep)


@router.post("/drafts/{key}/files")
async def to_draft(request: Request, key: str, name: str = "") -> Response:
    """A file to lie beside an order that is being written."""

    def keep(incoming: Incoming, user: User) -> str:
        drafts.bring(incoming, key, name, by=user)
        return "Added."

    def may(user: User) -> None:
        drafts.may_bring(key, by=user)

    return await _taken(request, may, keep)


def _whether_handed_over(file: File, job: Job | None) -> str:
    """Of a final file, whether the client has it."""
    if file.kind is not Kind.final or job is None:
        return ""
    return "The client has it now." if file.is_visible_to(job.client, job) else "The client gets it with the delivery."


def _kind(word: str) -> Kind:
    try:
        return Kind(word)
    except ValueError:
        raise InvalidField("kind", "There is no such kind of file.") from None


async def _taken(request: Request, may: May, keep: Keep) -> Response:
    """Take a file of somebody who may bring one; who may not hears so at once, and what they send is not looked at."""
    user = await run_in_threadpool(sign_ins.signed_in, cookie.key(request))
    if user is None:
        return _said(401, ENDED)
    body = request.stream()
    try:
        await run_in_threadpool(may, user)
        with budgets.UPLOADS.held(user.key):
            return _said(201, await _kept(body, keep, user))
    except (Refused, Busy) as error:
        mishap = told(error)
        answer = _said(mishap.status, mishap.sentence, **mishap.headers)
    return answer


async def _kept(body: AsyncIterator[bytes], keep: Keep, user: User) -> str:
    with await run_in_threadpool(Incoming) as incoming:
        async with Stay(user) as stay:
            while (chunk := await stay.during(anext(body, None))) is not None:
                await run_in_threadpool(incoming.write, chunk)
        return await run_in_threadpool(keep, incoming, user)


def _said(status: int, sentence: str, **headers: str) -> Response:
    return PlainTextResponse(sentence, status, {"Cache-Control": "no-store", "Docket-Says": "yes", **headers})


def most() -> int:
    """How much such a body may hold, in bytes; a little more than a file, so that who sends too much is told so."""
    return settings.current().max_file_bytes + 100_000
