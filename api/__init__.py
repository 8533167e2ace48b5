"""The door for programs, beside pages/: it translates, and decides nothing."""

from importlib import resources

from fastapi import FastAPI, Request, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.routing import Match

from api import (
    actions,
    bulk,
    comments,
    corrections,
    errors,
    events,
    files,
    health,
    jobs,
    lifecycle,
    logs,
    metrics,
    notifications,
    payments,
    receipts,
    reference,
    sign_in,
    users,
)
from api.reference import Described
from api.schemas import Wrong

METHODS = ("DELETE", "GET", "PATCH", "POST", "PUT")


def application() -> FastAPI:
    """The API, an app of its own, so that a wrong path or method under it answers JSON and never a page."""
    app = Described(
        title="Docket",
        description="The order desk of a small agency. Every error is a sentence and a code. "
        "Where several fields of a request are wrong, `field` names the first, and `fields` each with its sentence.\n\n"
        "Whatever changes something takes an `Idempotency-Key`: sent again within 24 hours under the same key, the "
        "same request is answered as it was the first time, with `Idempotent-Replayed: true`, and not carried out "
        "again. Another request under the key is 422 `KEY_REUSED`. Refusals 403, 404, 409 and `INVALID_TRANSITION` "
        "are answers as well; what was not understood, or failed (other 4xx and 5xx), is judged anew.",
        openapi_url=reference.ADDRESS,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        responses={
            "4XX": {"model": Wrong}
        },  # Described tells which; without any, FastAPI tells of an answer of its own
        strict_content_type=False,
    )
    every_job = (
        jobs.acting,
        bulk.router,
        bulk.asking,
        bulk.exports,
        events.router,
        events.streams,
        lifecycle.router,
        jobs.router,
    )
    every_job += (logs.router, actions.router, comments.router, files.router, payments.router, receipts.router)
    every_job += (corrections.router,)
    for router in (sign_in.router, notifications.router, users.router, health.router, metrics.router, reference.router):
        app.include_router(router)
    for router in every_job:
        app.include_router(router, prefix="/api/jobs")
        app.include_router(router, prefix="/orders", include_in_schema=False)
    app.mount(reference.ASSETS, StaticFiles(directory=str(resources.files("swagger_ui") / "static")))
    app.add_exception_handler(HTTPException, _no_such_address)
    return app


def _no_such_address(request: Request, error: Exception) -> Response:
    refusal = errors.translated(error)
    if refusal.http == 405:
        taken = [method for method in METHODS if _is_taken(request, method)]
        refusal.headers = {"Allow": ", ".join(taken or ["GET"])}  # a file's address is known to its folder alone
    return refusal.answer()


def _is_taken(request: Request, method: str) -> bool:
    scope = {**request.scope, "method": method}
    return any(route.matches(scope)[0] is Match.FULL for route in request.app.routes)


__all__ = ["application"]
