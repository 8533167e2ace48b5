"""The door for programs, beside pages/: it translates, and decides nothing."""

from importlib import resources

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse
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
    sign_in,
    users,
)
from api.schemas import Wrong
from boundary import nonce

METHODS = ("DELETE", "GET", "PATCH", "POST", "PUT")


def application() -> FastAPI:
    """The API, an app of its own, so that a wrong path or method under it answers JSON and never a page."""
    app = FastAPI(
        title="Docket",
        description="The order desk of a small agency. Every error is a sentence and a code. "
        "Where several fields of a request are wrong, `field` names the first, and `fields` each with its sentence.",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        responses={"4XX": {"model": Wrong, "description": "Refused"}, "5XX": {"model": Wrong, "description": "Failed"}},
        strict_content_type=False,
    )
    every_job = (jobs.acting, bulk.router, bulk.exports, events.router, events.streams, lifecycle.router, jobs.router)
    every_job += (logs.router, actions.router, comments.router, files.router, payments.router, receipts.router)
    every_job += (corrections.router,)
    for router in (sign_in.router, notifications.router, users.router, health.router, metrics.router, _reference()):
        app.include_router(router)
    for router in every_job:
        app.include_router(router, prefix="/api/jobs")
        app.include_router(router, prefix="/orders", include_in_schema=False)
    app.mount("/api/docs/assets", StaticFiles(directory=str(resources.files("swagger_ui") / "static")))
    app.add_exception_handler(HTTPException, _no_such_address)
    return app


def _reference() -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/api/docs")
    def reference(request: Request) -> Response:
        """The reference for people who write programs; its scripts carry the nonce of the answer."""
        assets = "/api/docs/assets"
        page = get_swagger_ui_html(
            openapi_url="/api/openapi.json",
            title="Docket API",
            swagger_js_url=f"{assets}/swagger-ui-bundle.js",
            swagger_css_url=f"{assets}/swagger-ui.css",
            swagger_favicon_url=f"{assets}/favicon-32x32.png",
        )
        return HTMLResponse(bytes(page.body).decode().replace("<script", f'<script nonce="{nonce(request)}"'))

    return router


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
