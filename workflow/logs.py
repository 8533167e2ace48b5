"""The log: one entry a line, whatever a socket, a path or a mail server says."""

import logging
import re

ENTRY = "%(asctime)s %(levelname)s %(name)s: %(message)s"

_CONTROLS = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class Entries(logging.Formatter):
    """Writes line ends and escape sequences out, so that nobody forges an entry; a traceback stands indented below."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the name in the library
        return _written_out(super().formatMessage(record))

    def formatException(self, ei: object) -> str:  # noqa: N802 - the name in the library
        lines = super().formatException(ei).split("\n")  # pyright: ignore[reportArgumentType]
        return "\n".join(f"    {_written_out(line)}" for line in lines)


def keep() -> None:
    """Have all that is logged, by libraries too, written to standard error so."""
    handler = logging.StreamHandler()
    handler.setFormatter(Entries(ENTRY))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    logging.getLogger("alembic").setLevel(logging.WARNING)


def _written_out(said: str) -> str:
    return _CONTROLS.sub(lambda found: found[0].encode("unicode_escape").decode(), said)
