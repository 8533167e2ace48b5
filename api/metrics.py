"""Figures for Prometheus: to this machine itself, or to an admin."""

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from api import access_tokens
from api.door import OpenRoute
from boundary import is_from_here
from models import database
from models.letter import Letter
from workflow import access, metrics


class MetricsRoute(OpenRoute):
    """For who asks from this machine, and for admins."""

    async def admit(self, request: Request) -> None:
        """Let in a program on this machine without, and everybody else with an admin's token."""
        if is_from_here(request):
            return
        caller = await run_in_threadpool(access_tokens.bearer, request.headers.get("authorization", ""))
        access.only_admins(caller, "read the figures")


router = APIRouter(route_class=MetricsRoute, tags=["Operations"])


@router.get("/metrics", response_class=PlainTextResponse, openapi_extra={"security": [{}, {"HTTPBearer": []}]})
def exposed() -> Response:
    """Changes by action and result, seconds per change and per bulk, pages, streams, letters waiting."""
    with database.reading() as session:
        metrics.LETTERS_WAITING.set(Letter.waiting(session))
    return Response(generate_latest(metrics.REGISTRY), media_type=CONTENT_TYPE_LATEST)
