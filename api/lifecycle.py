"""The lifecycle's documentation, for admins."""

from typing import Any

from fastapi import APIRouter

from api.door import Actor, SignedInRoute
from models import database, known
from workflow import access, documentation

router = APIRouter(route_class=SignedInRoute, tags=["Lifecycle"])


@router.get("/state-machine/documentation")
def described(actor: Actor) -> dict[str, Any]:
    """Every status and arrow of the lifecycle, the rules as they are set, and the diagram."""
    access.only_admins(actor, "read the documentation of the lifecycle")
    with database.reading() as session:
        rules = documentation.rules_in_force(known.of(session).rules)
    return {
        "states": documentation.states(),
        "transitions": documentation.transitions(),
        "rules": rules,
        "diagram": documentation.diagram(),
    }
