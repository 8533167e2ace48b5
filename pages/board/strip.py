"""The strip on top of the desk: five numbers that say what needs the agency now, of all orders there are.

Each leads to its orders in the table.
"""

from collections.abc import Callable

from nicegui import json
from nicegui.element import Element

from models.order_counts import Numbers
from models.status import Status
from pages.voice import Voice
from workflow.words import CONCERNS


def _at(title: str, icon: str, *statuses: Status) -> tuple[str, str, str, Callable[[Numbers], int]]:
    return title, icon, f"status={','.join(statuses)}", lambda numbers: numbers.of(statuses)


TILES = [
    _at("To approve", "thumb_up", Status.pending),
    _at("Unassigned", "person_add", Status.approved),
    _at("To check", "rate_review", Status.editing, Status.revision_pending),
    (CONCERNS["risk"], "alarm", "only=risk", lambda numbers: numbers.at_risk),
    (CONCERNS["stalled"], "hourglass_empty", "only=stalled", lambda numbers: numbers.stalled),
]
"""What waits for the agency: title, icon, what the table is asked for, and its number."""


class Strip(Element, component="strip.js"):
    """The numbers; `show` changes them in place."""

    def __init__(self, voice: Voice) -> None:
        super().__init__()
        self.voice = voice
        self._shown = [0] * len(TILES)
        self._props["tiles"] = [
            {"title": title, "icon": icon, "address": f"/all?{asked}&sort=deadline"} for title, icon, asked, _ in TILES
        ]
        self._props["numbers"] = self._shown

    def show(self, found: Numbers) -> None:
        """Show these numbers."""
        now = [number(found) for *_, number in TILES]
        if not self.voice.is_open:
            self._props["numbers"] = now
        elif now != self._shown:
            self.voice.call(self, "show", json.dumps(now))
        self._shown = now
