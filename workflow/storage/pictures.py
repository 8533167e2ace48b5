"""Pictures: how large they are, read from their first words; nothing of them is unpacked."""

import struct

PNG = b"\x89PNG\r\n\x1a\n"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The marks of a JPEG after which its size is said."""


def fits(content: bytes, most: int) -> bool:
    """Whether this PNG or JPEG is at most so many pixels wide and high; False for one that does not say."""
    size = _size(content)
    return size is not None and all(0 < side <= most for side in size)


def _size(content: bytes) -> tuple[int, int] | None:
    try:
        if content.startswith(PNG):
            width, height = struct.unpack_from(">II", content, 16)
            return width, height
        return _size_of_jpeg(content)
    except (struct.error, IndexError):
        return None


def _size_of_jpeg(content: bytes) -> tuple[int, int] | None:
    """From mark to mark, each of which says how long it is, until one says the size."""
    place = 2
    while content[place] == 0xFF:
        mark = content[place + 1]
        if mark == 0xFF:  # a mark may be filled up
            place += 1
        elif mark in _FRAMES:
            height, width = struct.unpack_from(">HH", content, place + 5)
            return width, height
        else:
            place += 2 + struct.unpack_from(">H", content, place + 2)[0]
    return None
