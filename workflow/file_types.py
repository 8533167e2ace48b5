"""File types: what a file is, as its content says, whatever its name or its sender claim."""

from pathlib import Path

import puremagic

UNKNOWN = "application/octet-stream"
LOOKED_AT = 4096
"""How much of a file is looked at to tell a text from anything else, in bytes."""


def detected(path: Path) -> str:
    """The media type of the file on disk; `application/octet-stream` for what nothing knows."""
    try:
        found = puremagic.from_file(str(path), mime=True)
    except (puremagic.PureError, ValueError, OSError):
        found = ""
    return (found or _text(path))[:100]


def _text(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(LOOKED_AT)
    if b"\x00" in start:
        return UNKNOWN
    try:
        start.decode()
    except UnicodeDecodeError as error:
        if error.start < len(start) - 4:  # the last letter may be cut in two, the others may not
            return UNKNOWN
    return "text/plain"
