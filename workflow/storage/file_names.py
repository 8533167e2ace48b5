"""Names of files: what a name tells, and how files that share one which tells nothing are kept apart."""

import contextlib
import re
from collections.abc import Iterable
from pathlib import PurePath

from workflow import checks
from workflow.text import characters

_OF_A_DEVICE = re.compile(
    r"(image\d{0,3}|img|photo|picture|pic|foto|bild|video|movie|audio|voice|recording|capture|camera|scan|screenshot"
    r"|unnamed|blob|file)(\.[a-z0-9]{2,5})?",
    re.IGNORECASE,
)
"""What phones and browsers call whatever they send: that two files share it does not make them versions of one."""

_OF_A_CAMERA = re.compile(r"(img|imag|dsc[nf]?|pxl|mvi|vid|gopr|p)[_-]?\d{4,8}([_-]\w+)?\.[a-z0-9]{2,5}", re.IGNORECASE)
"""What cameras call what they count: from the same person it is the same picture, from another one it is not."""


def apart(name: str, taken: Iterable[str], by_others: Iterable[str] = ()) -> str:
    """The name under which a file is kept: `image (2).jpg` where an `image.jpg` is there already.

    Any other name stays, for who brings it again brings a new version. `by_others` are those of the names taken that
    somebody else brought.
    """
    before = {other.casefold() for other in taken}
    others = {other.casefold() for other in by_others}
    if not (_OF_A_DEVICE.fullmatch(name) or (_OF_A_CAMERA.fullmatch(name) and name.casefold() in others)):
        return name
    path = PurePath(name)
    number, free = 1, name
    while free.casefold() in before:
        number += 1
        free = f"{path.stem} ({number}){path.suffix}"
    return free


_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]")

_EDGES = re.compile(r"^[\s.]+|[\s.]+$")


def harmless(name: str) -> str:
    """A file's name as it is shown and offered: without folders, without what cannot be seen, and not too long."""
    name = characters.clean(name.encode(errors="ignore").decode())
    last = _UNSEEN.sub("", name.replace("\\", "/")).split("/")[-1]
    with contextlib.suppress(ValueError):
        return checks.storable(_EDGES.sub("", last)[-200:]) or "file"
    return "file"
