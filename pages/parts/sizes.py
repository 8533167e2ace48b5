"""Sizes as people say them."""

UNITS = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")]


def size(number: int) -> str:
    """Bytes in words: `3.4 MB`."""
    for unit, name in UNITS:
        if number >= unit:
            return f"{number / unit:.1f} {name}".replace(".0 ", " ")
    return f"{number} bytes"
