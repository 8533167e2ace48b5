"""The strip on top of the desk: four numbers that say what needs the agency now, of all orders there are."""

from nicegui import json
from nicegui.element import Element

from models.order_counts import Numbers
from models.status import Status
from pages.voice import Voice

TILES = [
    ("To approve", "thumb_up", lambda numbers: numbers.of([Status.pending])),
    ("Unassigned", "person_add", lambda numbers: numbers.of([Status.approved])),
    ("To check", "rate_review", lambda numbers: numbers.of([Status.editing, Status.revision_pending])),
    ("At risk", "alarm", lambda numbers: numbers.at_risk),
]
"""What waits for the agency: title, icon, and its number."""


class Strip(Element, component="strip.js"):
    """The numbers; `show` changes them in place."""

    def __init__(self, voice: Voice) -> None:
        super().__init__()
        self.voice = voice
        self._shown = [0] * len(TILES)
        self._props["tiles"] = [{"title": title, "icon": icon} for title, icon, _ in TILES]
        self._props["numbers"] = self._shown

    def show(self, found: Numbers) -> None:
        """Show these numbers."""
        now = [number(found) for _, _, number in TILES]
        if not self.voice.is_open:
            self._props["numbers"] = now
        elif now != self._shown:
            self.voice.call(self, "show", json.dumps(now))
        self._shown = now
