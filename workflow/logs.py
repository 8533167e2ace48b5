"""The log: one entry a line, whatever a socket, a path or a mail server says; no secret, and which request it was."""

import json
import logging
import re
import secrets
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

REQUEST: ContextVar[str] = ContextVar("request", default="")
"""The id of the request that is being answered; empty for what the clocks do."""

ENTRY = "%(asctime)s %(levelname)s %(name)s: %(message)s"

_CONTROLS = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")

_SECRETS = re.compile(
    r"""((?:\b|_)(?:key|token|password|client_id|session\w*)["']?[=:]\s?["']?|\bBearer\s|:(?=[^/@\s:]+@)
    |/unsubscribe/|/receipts/|/order/confirm/|/_nicegui/client/|/socket\.io/?\?)[^\s"'&;,/@]+|\beyJ[\w-]+\.[\w-]+\.[\w-]+""",
    re.IGNORECASE | re.VERBOSE,
)
"""Passwords, cookies, tokens and the keys of mailed links, by what stands before them or how they look."""


def reference() -> str:
    """By what somebody who was told of an error finds it in the log."""
    return REQUEST.get() or secrets.token_hex(8)


def named() -> dict[str, str]:
    """What every error carries for programs: the id of its request, where it has one."""
    return {"requestId": REQUEST.get()} if REQUEST.get() else {}


class Entries(logging.Formatter):
    """Writes line ends and escape sequences out, so that nobody forges an entry; a traceback stands indented below."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the name in the library
        about = f" [{REQUEST.get()}]" if REQUEST.get() else ""
        return _harmless(super().formatMessage(record)) + about

    def formatException(self, ei: object) -> str:  # noqa: N802 - the name in the library
        lines = super().formatException(ei).split("\n")  # pyright: ignore[reportArgumentType]
        return "\n".join(f"    {_harmless(line)}" for line in lines)


class Objects(logging.Formatter):
    """The same for machines: one JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat().replace("+00:00", "Z"),
            "level": record.levelname,
            "logger": record.name,
            "message": _hidden(record.getMessage()),
        }
        if REQUEST.get():
            entry["request"] = REQUEST.get()
        if record.exc_info:
            entry["error"] = _hidden(self.formatException(record.exc_info))
        return json.dumps(entry)


FORMATS = {"text": Entries(ENTRY), "json": Objects()}
"""By the words of DOCKET_LOG_FORMAT."""


def keep(form: str = "text") -> None:
    """Have all that is logged, by libraries too, written to standard error in this format."""
    handler = logging.StreamHandler()
    handler.setFormatter(FORMATS[form])
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    logging.getLogger("alembic").setLevel(logging.WARNING)


def _harmless(said: str) -> str:
    return _CONTROLS.sub(lambda found: found[0].encode("unicode_escape").decode(), _hidden(said))


def _hidden(said: str) -> str:
    return _SECRETS.sub(lambda found: f"{found[1] or ''}...", said)
