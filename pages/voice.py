"""The voice: what the server says to an open page; all that belongs to one change goes as one message.

A message costs more than what is in it, on the server and on the way. Elements that are spoken to need no update.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from nicegui import Client, json
from nicegui.element import Element


class Voice:
    """Speaks to the browser of one page. It `is_open` once the page is built; until then, props say it all."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.is_open = False
        self._parts: list[str] = []
        self._is_gathering = False

    @contextmanager
    def in_one(self) -> Iterator[None]:
        """Have all that is said in this block go as one message, also when it ends badly."""
        if self._is_gathering:
            yield
            return
        self._is_gathering = True
        try:
            yield
        finally:
            self._is_gathering = False
            self._send()

    def call(self, element: Element, method: str, *values: str) -> None:
        """Call a method of the element's component, with values that are JSON already: many pages are told the same."""
        self._say(f"runMethod({element.id}, '{method}', [{','.join(values)}])")

    def tell(self, news: list[list[str]]) -> None:
        """Show toasts; each is its message, its title, and the address that it leads to."""
        self._say(f"docket.tell({json.dumps(news)})")

    def _say(self, part: str) -> None:
        self._parts.append(part)
        if not self._is_gathering:
            self._send()

    def _send(self) -> None:
        parts, self._parts = self._parts, []
        if parts and not self.client.is_deleted:
            self.client.outbox.enqueue_message("run_javascript", {"code": ";".join(parts)}, self.client.id)
