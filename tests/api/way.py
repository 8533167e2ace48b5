"""The usual way of an order, taken by REST, one step a day."""

from datetime import UTC, datetime

from models import clock
from tests.api.caller import By, said
from tests.desk import Desk

WAY = [
    ("bea", "approved", "Welcome"),
    ("bea", "assigned", "One for Wren"),
    ("wren", "in_progress", None),
    ("wren", "delivered", "Here it is"),
    ("cleo", "completed", "Thank you"),
]
BACK = [*WAY[:4], ("cleo", "revision", "Shorter, please"), ("wren", "in_progress", "On it")]


def walk(desk: Desk, by: By, way: list[tuple[str, str, str | None]]) -> int:
    """Have Cleo place an order on the first of January, and each step taken on the next day."""
    with clock.at(datetime(2030, 1, 1, 9, 30, tzinfo=UTC)):
        job = by("cleo").place("Research Paper").json()["id"]
    for day, (name, status, note) in enumerate(way, 2):
        with clock.at(datetime(2030, 1, day, 9, 30, tzinfo=UTC)):
            writer = {"writerId": desk.who("wren").id} if status == "assigned" else {}
            assert said(by(name).move(job, status, note=note, **writer)) == (200, None)
    return job
