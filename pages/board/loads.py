"""The load of each writer as a picture, under the board."""

import operator
from typing import Any
from urllib.parse import urlencode

from nicegui import json
from nicegui.element import Element

from models.order_counts import Numbers
from models.status import IN_HAND
from models.user import Role, User
from pages.live import Live
from pages.parts.load_bar import in_hand, share

IN_HANDS = ",".join(sorted(IN_HAND))


class Loads(Element, component="loads.js"):
    """The picture; `show` changes it in place."""

    def __init__(self, live: Live) -> None:
        super().__init__()
        self.live = live
        self.writers: list[User] = []
        self._rows: list[dict[str, Any]] = []
        self._of: tuple[Any, Any, Any] = None, None, None
        self._props["rows"] = self._rows

    async def refresh(self) -> None:
        """Read who the writers are."""
        self.writers = await self.live.read(lambda session: User.active_with(session, [Role.writer]))

    def show(self, found: Numbers) -> None:
        """Show how much each has in hand now."""
        of = found.loads, self.writers, self.live.rules
        if all(map(operator.is_, of, self._of)):  # an order that moves changes nobody's load by itself
            return
        self._of = of
        now = [self._row(writer, found.loads.get(writer.key, 0)) for writer in self.writers]
        if not self.live.voice.is_open:
            self._props["rows"] = now
        elif now != self._rows:
            self.live.voice.call(self, "show", json.dumps(now))
        self._rows = now

    def _row(self, writer: User, number: int) -> dict[str, Any]:
        limit = self.live.rules.limit_of(writer)
        return {
            "name": writer.name,
            "words": in_hand(number, limit),
            "share": share(number, limit),
            "full": limit is not None and number >= limit,
            "address": f"/all?{urlencode({'q': writer.name, 'status': IN_HANDS})}",
        }
