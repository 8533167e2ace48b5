"""Files for people who are signed in: plain HTTP, always as a download."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse

from pages import cookie
from workflow import checks, export
from workflow.orders import bulk_export, bundles, files
from workflow.people import sign_ins
from workflow.refusals import Forbidden

router = APIRouter(include_in_schema=False)

AS_A_FILE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


@router.get("/files/{file_id}")
def order_file(request: Request, file_id: str) -> Response:
    """A file of an order, for who may see it; to everybody else it is not there."""
    user = sign_ins.signed_in(cookie.key(request))
    if user is None:
        return RedirectResponse("/login", 303)
    found = files.opened(checks.number_in(file_id), by=user)
    if found is None:
        return PlainTextResponse("There is no such file.", 404)
    file, path = found
    return FileResponse(path, media_type="application/octet-stream", filename=file.name, headers=AS_A_FILE)


@router.get("/jobs/{job_id}/files.zip")
def order_files(request: Request, job_id: str) -> Response:
    """The delivered files of an order all at once, for who may see them."""
    user = sign_ins.signed_in(cookie.key(request))
    if user is None:
        return RedirectResponse("/login", 303)
    found = bundles.opened(checks.number_in(job_id), by=user)
    if found is None:
        return PlainTextResponse("There are no such files.", 404)
    name, content = found
    headers = {**AS_A_FILE, "Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(content, media_type="application/zip", headers=headers)


@router.get("/bulk/{bulk_id}/export")
def bulk_results(request: Request, bulk_id: str, kind: Annotated[Literal["csv", "xlsx"], Query()] = "csv") -> Response:
    """The results of a bulk operation, for staff."""
    user = sign_ins.signed_in(cookie.key(request))
    if user is None:
        return RedirectResponse("/login", 303)
    try:
        content = bulk_export.exported(checks.number_in(bulk_id), kind, by=user)
    except Forbidden as refusal:
        return PlainTextResponse(refusal.sentence, refusal.http)
    if content is None:
        return PlainTextResponse("There is no such bulk operation.", 404)
    name = f'attachment; filename="bulk-{bulk_id}.{kind}"'
    return Response(content, media_type=export.TYPES[kind], headers={**AS_A_FILE, "Content-Disposition": name})
