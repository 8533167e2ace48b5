"""Files for people who are signed in: plain HTTP, always as a download."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import PlainTextResponse, RedirectResponse, Response

from pages.guard import COOKIE
from workflow import accounts, bulk_export, export
from workflow.refusals import Forbidden

router = APIRouter(include_in_schema=False)


@router.get("/bulk/{bulk_id}/export")
def bulk_results(request: Request, bulk_id: int, kind: Annotated[Literal["csv", "xlsx"], Query()] = "csv") -> Response:
    """The results of a bulk operation, for staff."""
    user = accounts.signed_in(request.cookies.get(COOKIE, ""))
    if user is None:
        return RedirectResponse("/login", 303)
    try:
        content = bulk_export.exported(bulk_id, kind, by=user)
    except Forbidden as refusal:
        return PlainTextResponse(refusal.sentence, 403)
    if content is None:
        return PlainTextResponse("There is no such bulk operation.", 404)
    headers = {"Content-Disposition": f'attachment; filename="bulk-{bulk_id}.{kind}"', "Cache-Control": "no-store"}
    return Response(content, media_type=export.TYPES[kind], headers={**headers, "X-Content-Type-Options": "nosniff"})
