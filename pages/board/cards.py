"""The lists of a board on the screen: one component that is fed with data, for an element tree a card costs six times.

It is built with the cards that the page begins with. From then on the browser has them, and is told what changes.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from nicegui import json
from nicegui.element import Element
from nicegui.events import GenericEventArguments

from pages.voice import Voice
from workflow.words import STEPS


@dataclass(frozen=True)
class Press:
    """What was pressed: an action of an order as it was seen, or what belongs to it. Anybody can send anything here."""

    what: str
    key: int
    version: int = 0
    action: str = ""
    words: str = ""

    @classmethod
    def heard(cls, said: Any) -> "Press | None":
        """A press as the browser tells of it; None for what is none."""
        try:
            press = cls(**said)
        except TypeError:
            return None
        kinds = {"what": str, "key": int, "version": int, "action": str, "words": str}
        return press if all(type(vars(press)[name]) is kind for name, kind in kinds.items()) else None


class Cards(
    Element, component="cards.js", dependencies=["moving.js", "sliding.js", "inside.js", "../parts/upload_field.js"]
):
    """Sections of cards; `pressed` hears what was pressed there.

    With `ways` they are columns, and say which action leads to which, and why none does. With `work`, the cards of what
    the reader has in hand hold its brief and files, and this place to drop work.
    """

    def __init__(
        self,
        voice: Voice,
        sections: list[dict[str, Any]],
        pressed: Callable[[Press], Awaitable[None]],
        ways: dict[str, Any] | None = None,
        work: dict[str, Any] | None = None,
    ) -> None:
        super().__init__()
        self.voice = voice
        self._props.update(sections=sections, cards=[], numbers=[], ways=ways, work=work, steps=STEPS)

        async def hear(event: GenericEventArguments) -> None:
            if press := Press.heard(event.args):
                await pressed(press)

        self.on("press", hear)
        self.client.on_connect(self._forget)

    def _forget(self) -> None:
        """Keep no copy of what the browser has: it is never sent again."""
        with self._props.suspend_updates():
            self._props.pop("cards", None)

    def fill(self, cards: list[Any]) -> None:
        """Show exactly these cards, each with what is its reader's own."""
        self._begin_or_say("cards", "fill", cards)

    def count(self, numbers: list[int | None]) -> None:
        """Say how many orders there are to each section; None is as many as are shown."""
        self._begin_or_say("numbers", "count", numbers)

    def put(self, card: str, place: str) -> None:
        """Show this card in this place; both are JSON already."""
        self.voice.call(self, "put", card, place)

    def place(self, key: int, place: str) -> None:
        """Show the card in this place, and what is its reader's own."""
        self.voice.call(self, "place", str(key), place)

    def drop(self, key: int) -> None:
        """Show this card no more."""
        self.voice.call(self, "drop", str(key))

    def _begin_or_say(self, name: str, method: str, value: list[Any]) -> None:
        if self.voice.is_open:
            self.voice.call(self, method, json.dumps(value))
        else:
            self._props[name] = value
