"""Health: whether this process can serve."""

from fastapi import APIRouter
from sqlalchemy import text

from api.door import OpenRoute
from models import database

router = APIRouter(route_class=OpenRoute, tags=["Operations"])


@router.get("/healthz")
def health() -> dict[str, str]:
    """Answers `ok` when the database answers; 503 otherwise."""
    with database.reading() as session:
        session.execute(text("SELECT 1"))
    return {"status": "ok"}
