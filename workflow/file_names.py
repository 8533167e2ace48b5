"""Names of files: what a name tells, and how files that share one which tells nothing are kept apart."""

import re
from collections.abc import Iterable
from pathlib import PurePath

_OF_A_DEVICE = re.compile(
    r"(image|img|photo|picture|pic|foto|bild|video|movie|audio|voice|recording|capture|camera|scan|screenshot"
    r"|unnamed|blob|file)\.[a-z0-9]{2,5}",
    re.IGNORECASE,
)
"""What phones and browsers call whatever they send: that two files share it does not make them versions of one."""


def apart(name: str, taken: Iterable[str]) -> str:
    """The name under which a file is kept: `image (2).jpg` where an `image.jpg` is there already.

    Any other name stays, for who brings it again brings a new version.
    """
    if not _OF_A_DEVICE.fullmatch(name):
        return name
    path, before = PurePath(name), {other.casefold() for other in taken}
    number, free = 1, name
    while free.casefold() in before:
        number += 1
        free = f"{path.stem} ({number}){path.suffix}"
    return free
