"""Where a job can stand."""

from enum import StrEnum


class Status(StrEnum):
    """The ten statuses; how they lead to each other stands in workflow/lifecycle.py."""

    pending = "pending"
    approved = "approved"
    assigned = "assigned"
    in_progress = "in_progress"
    editing = "editing"
    delivered = "delivered"
    revision = "revision"
    revision_pending = "revision_pending"
    completed = "completed"
    cancelled = "cancelled"


class Turn(StrEnum):
    """Who is waited for: the agency, the writer or the client."""

    agency = "agency"
    writer = "writer"
    client = "client"


FINAL = frozenset({Status.completed, Status.cancelled})

AWAITED = frozenset(Status) - FINAL - {Status.delivered}
"""The statuses in which the client waits for the agency and its writers."""

WITH_WRITER = frozenset({Status.assigned, Status.in_progress, Status.revision})
"""The statuses in which the writer has yet to hand in."""

IN_HAND = frozenset({Status.assigned, Status.in_progress, Status.editing, Status.revision})
"""The statuses that count against a writer's capacity."""
