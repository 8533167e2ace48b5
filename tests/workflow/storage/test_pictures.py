"""Pictures: their size is read before anything of them is unpacked."""

import struct
from collections.abc import Callable

import pytest

from workflow.storage import pictures


def png(width: int, height: int) -> bytes:
    """The beginning of a PNG that says it is so large."""
    return pictures.PNG + struct.pack(">I4sII", 13, b"IHDR", width, height) + b"rest"


def jpeg(width: int, height: int, mark: int = 0xC2) -> bytes:
    """The beginning of a JPEG that says it is so large, after a thumbnail that says something else."""
    thumbnail = b"\xff\xc0\x00\x11\x08\x00\x01\x00\x01"
    head = b"\xff\xd8\xff\xe1" + struct.pack(">H", 2 + len(thumbnail)) + thumbnail + b"\xff"
    return head + struct.pack(">BBHBHH", 0xFF, mark, 17, 8, height, width) + b"rest"


@pytest.mark.parametrize("picture", [png, jpeg])
@pytest.mark.parametrize("width, height, fits", [(64, 2000, True), (2001, 1, False), (1, 60000, False), (0, 0, False)])
def test_the_size_decides(picture: Callable[[int, int], bytes], width: int, height: int, fits: bool) -> None:
    assert pictures.fits(picture(width, height), 2000) is fits


@pytest.mark.parametrize("cut", [png(1, 1)[:20], jpeg(1, 1)[:12], b"\xff\xd8\xff\xff\xff", b"\xff\xd8GIF", b""])
def test_one_that_does_not_say_fits_nowhere(cut: bytes) -> None:
    assert not pictures.fits(cut, 2000)
