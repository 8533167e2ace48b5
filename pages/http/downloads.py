"""Files for people who are signed in: plain HTTP, always as a download."""

from collections.abc import Callable
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse

from models.user import User
from pages import cookie
from workflow import checks, export
from workflow.orders import bulk_export, bundles, files
from workflow.people import sign_ins
from workflow.refusals import Forbidden

router = APIRouter(include_in_schema=False)

AS_A_FILE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


Found = Callable[[User], Response | None]
"""Looks for what was asked for, as far as this user may see it."""


def _answer(request: Request, found: Found, nothing: str) -> Response:
    """What is found for whoever is signed in, or this sentence; nobody is led to the sign-in page."""
    user = sign_ins.signed_in(cookie.key(request))
    if user is None:
        return RedirectResponse("/login", 303)
    return found(user) or PlainTextResponse(nothing, 404)


def _named(name: str) -> dict[str, str]:
    return {**AS_A_FILE, "Content-Disposition": f'attachment; filename="{name}"'}


@router.get("/files/{file_id}")
def order_file(request: Request, file_id: str) -> Response:
    """A file of an order, for who may see it; to everybody else it is not there."""

    def found(user: User) -> Response | None:
        opened = files.opened(checks.number_in(file_id), by=user)
        if opened is None:
            return None
        file, path = opened
        return FileResponse(path, media_type="application/octet-stream", filename=file.name, headers=AS_A_FILE)

    return _answer(request, found, "There is no such file.")


@router.get("/jobs/{job_id}/files.zip")
def order_files(request: Request, job_id: str) -> Response:
    """The delivered files of an order all at once, for who may see them."""

    def found(user: User) -> Response | None:
        opened = bundles.opened(checks.number_in(job_id), by=user)
        if opened is None:
            return None
        name, content = opened
        return StreamingResponse(content, media_type="application/zip", headers=_named(name))

    return _answer(request, found, "There are no such files.")


@router.get("/bulk/{bulk_id}/export")
def bulk_results(request: Request, bulk_id: str, kind: Annotated[Literal["csv", "xlsx"], Query()] = "csv") -> Response:
    """The results of a bulk operation, for staff."""

    def found(user: User) -> Response | None:
        try:
            content = bulk_export.exported(checks.number_in(bulk_id), kind, by=user)
        except Forbidden as refusal:
            return PlainTextResponse(refusal.sentence, refusal.http)
        named = _named(f"bulk-{bulk_id}.{kind}")
        return None if content is None else Response(content, media_type=export.TYPES[kind], headers=named)

    return _answer(request, found, "There is no such bulk operation.")
