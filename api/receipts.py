"""The receipt of a job that its client has signed off, and whether it is unchanged."""

from typing import Any

from fastapi import APIRouter

from api.door import Actor, SignedInRoute
from api.errors import Refusal
from api.schemas import Id, Shape
from models import database
from workflow import access
from workflow.history import receipts

router = APIRouter(route_class=SignedInRoute, tags=["Jobs"])


class PartOut(Shape):
    """One part that was looked at just now."""

    fits: bool
    sentence: str


class ReceiptOut(Shape):
    """What was signed off, word for word; `unchanged` says whether every part fits.

    `url` is the page for whoever has the link.
    """

    content: Any
    seal: str
    url: str
    unchanged: bool
    findings: list[PartOut]


@router.get("/{jobId}/receipt")
def receipt(jobId: Id, actor: Actor) -> ReceiptOut:  # noqa: N803 - the name in the address
    """The receipt, for the client and staff; there is one once the client has completed the order."""
    job = access.seen(jobId, actor)
    with database.reading() as session:
        found = receipts.of_job(session, job, actor)
        if found is None:
            raise Refusal(404, "NOT_FOUND", "This order has no receipt.")
        findings = receipts.verify(session, found)
    return ReceiptOut(
        content=found.content,
        seal=found.seal,
        url=receipts.address(found),
        unchanged=all(finding.fits for finding in findings),
        findings=[PartOut.model_validate(finding) for finding in findings],
    )
