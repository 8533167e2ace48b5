"""Health: whether this process is there, and whether it can read and write."""

from fastapi import APIRouter, Response
from sqlalchemy import text

from api.door import OpenRoute
from api.errors import translated
from models import database
from workflow.storage import probe

router = APIRouter(route_class=OpenRoute, tags=["Operations"])


@router.get("/healthz")
def health() -> dict[str, str]:
    """Answers `ok` when the database answers; 503 otherwise."""
    with database.reading() as session:
        session.execute(text("SELECT 1"))
    return {"status": "ok"}


@router.get("/readyz", response_model=dict[str, bool])
def ready() -> Response | dict[str, bool]:
    """Whether it can read and write, found out by doing so; where it cannot, 503 or 507 with the cause."""
    found = probe.recent()
    can = {"reads": found.reads, "writes": found.writes}
    if found.why is None:
        return can
    refusal = translated(found.why)
    refusal.more |= can
    return refusal.answer()
