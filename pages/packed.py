"""Packed: what never changes while Docket runs is compressed once, and sent from memory from then on.

By Brotli where a browser takes it (over TLS, and on this machine): a first visit is a tenth smaller than by gzip.
None of it is a page, so a few words say what it may do; the policy of pages would be a fiftieth of a first visit.
"""

import re
from http import HTTPStatus

import brotli
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from boundary import BARE

LASTING = re.compile(r"/_nicegui/[^/]+/(static|libraries|components|resources|esm)/|/assets/")
"""Where scripts, styles and fonts are: NiceGUI's, whose addresses name its version, and ours, which name their age."""


QUALITY = 9
"""Of 11: a quarter of a second for all of it; the last two would take ten times as long for a twentieth less."""

MOST = 200
"""How many answers are kept; there are fewer, unless somebody asks for one thing by ever new paths."""


class Packed:
    """Keeps the answers of an application that compresses by gzip, as it sent them, or by Brotli instead."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._kept: dict[tuple[str, str], list[Message]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory, or let the application answer, and keep that if it is whole."""
        if scope["type"] != "http" or scope["method"] != "GET" or not LASTING.match(scope["path"]):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if {"range", "if-none-match", "if-modified-since"} & set(headers.keys()):
            await self.app(scope, receive, send)
            return
        key = scope["path"], _way(headers.get("accept-encoding", ""))
        for message in self._kept.get(key) or await self._answered(key, scope, receive):
            await send({**message})  # whoever passes it on may write into it

    async def _answered(self, key: tuple[str, str], scope: Scope, receive: Receive) -> list[Message]:
        said: list[Message] = []

        async def hear(message: Message) -> None:
            said.append(message)

        if key[1] == "br":
            MutableHeaders(scope=scope)["accept-encoding"] = "identity"
        await self.app(scope, receive, hear)
        said[0]["headers"] = [*said[0]["headers"], (b"content-security-policy", BARE)]
        if key[1] == "br":
            said = await run_in_threadpool(_smaller, said)
        if said[0].get("status") == HTTPStatus.OK and len(self._kept) < MOST:
            self._kept[key] = said
        return said


def _way(accepted: str) -> str:
    """The best way of packing that a browser takes; one that it would rather not have (`q=0`) nobody names."""
    named = {each.partition(";")[0].strip() for each in accepted.split(",")}
    return next((way for way in ("br", "gzip") if way in named), "")


def _smaller(said: list[Message]) -> list[Message]:
    """The answer packed by Brotli, if that makes it smaller: a font is small already."""
    whole = b"".join(message.get("body", b"") for message in said[1:])
    packed = brotli.compress(whole, quality=QUALITY)
    headers = MutableHeaders(raw=list(said[0]["headers"]))
    if len(packed) < len(whole):
        headers["content-encoding"], headers["content-length"], whole = "br", str(len(packed)), packed
    return [{**said[0], "headers": headers.raw}, {"type": "http.response.body", "body": whole}]
