"""Many orders at once: a hundred of them, each in another state of affairs, and what is wished for them."""

import random
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import text

from models import Job, clock, database
from models.status import Status
from tests.desk import Desk
from workflow.orders.bulk_wish import Wish

STRICT = {
    "deposit_first": True,
    "paid_before_completion": True,
    "editing_is_required": True,
    "file_before_delivery": True,
    "writer_capacity": 14,
}
"""Rules that close every way which a rule can close, for some of the hundred."""


def hundred(desk: Desk, number: int = 100) -> list[int]:
    """So many orders, the same at every call but all different; returns their ids."""
    dice, now = random.Random(7), clock.now()
    people = {name: desk.who(name).id for name in ("cleo", "carl", "wren", "wolf", "ivy", "bea", "bob")}
    moments = [None, now, now - timedelta(hours=1), now + timedelta(hours=1)]

    def order(index: int) -> Job:
        status = list(Status)[index % len(Status)]
        writer = None if status in ("pending", "approved") else people[dice.choice(["wren", "wolf", "ivy"])]
        job = Job(display_id=f"DK-2026-{index + 1:04}", year=2026, number=index + 1, title=f"Order {index + 1}",
                  client_id=people[dice.choice(["cleo", "carl"])] or 0)  # fmt: skip
        job.status, job.writer_id, job.manager_id = status, writer, dice.choice([None, people["bea"], people["bob"]])
        job.amount, job.amount_paid = 1000, dice.choice([0, 499, 500, 1000])
        job.hold_reason = dice.choice([None, None, None, "holidays"])
        job.included_revisions, job.revision_count = dice.choice([None, 1, 2]), dice.choice([0, 1, 2])
        job.final_file_at, job.revision_requested_at = dice.choice(moments), dice.choice(moments)
        return job

    with database.writing() as session:
        session.add_all(jobs := [order(index) for index in range(number)])
    return [job.key for job in jobs]


def rows(*tables: str) -> list[Sequence[object]]:
    """Every row of these tables."""
    with database.reading() as session:
        return [session.execute(text(f"SELECT * FROM {table} ORDER BY id")).all() for table in tables]


def wish(status: str, *orders: Job | int, reason: str | None = None) -> Wish:
    """These orders to that status."""
    ids = tuple(order if isinstance(order, int) else order.key for order in orders)
    return Wish(ids, Status(status), reason=reason)
