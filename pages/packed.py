"""Packed: what never changes while Docket runs is compressed once, and sent from memory from then on.

None of it is a page, so a few words say what it may do; the policy of pages would be a fiftieth of a first visit.
"""

import re
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from boundary import BARE

LASTING = re.compile(r"/_nicegui/[^/]+/(static|libraries|components|resources|esm)/|/assets/")
"""Where scripts, styles and fonts are: NiceGUI's, whose addresses name its version, and ours, which name their age."""


MOST = 200
"""How many answers are kept; there are fewer, unless somebody asks for one thing by ever new paths."""


class Packed:
    """Keeps the answers of an application that compresses, as it sent them."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._kept: dict[tuple[str, bool], list[Message]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory, or let the application answer, and keep that if it is whole."""
        if scope["type"] != "http" or scope["method"] != "GET" or not LASTING.match(scope["path"]):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if {"range", "if-none-match", "if-modified-since"} & set(headers.keys()):
            await self.app(scope, receive, send)
            return
        key = scope["path"], "gzip" in headers.get("accept-encoding", "")
        for message in self._kept.get(key) or await self._answered(key, scope, receive):
            await send({**message})  # whoever passes it on may write into it

    async def _answered(self, key: tuple[str, bool], scope: Scope, receive: Receive) -> list[Message]:
        said: list[Message] = []

        async def hear(message: Message) -> None:
            said.append(message)

        await self.app(scope, receive, hear)
        said[0]["headers"] = [*said[0]["headers"], (b"content-security-policy", BARE)]
        if said[0].get("status") == HTTPStatus.OK and len(self._kept) < MOST:
            self._kept[key] = said
        return said
