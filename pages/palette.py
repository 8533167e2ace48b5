"""The palette, read off the theme, for what stands outside of pages: a browser's own bars, an installed desk."""

import re
from pathlib import Path

THEME = Path(__file__).parent.parent / "assets" / "theme.css"

_TOKEN = re.compile(r"--([\w-]+): (#[0-9a-f]{6})\b")


def light() -> dict[str, str]:
    """Each colour of the theme by its name."""
    return dict(_TOKEN.findall(_block(":root")))


def dark() -> dict[str, str]:
    """The same for the dark one."""
    return light() | dict(_TOKEN.findall(_block(".body--dark")))


def _block(selector: str) -> str:
    return THEME.read_text().partition(f"\n{selector} {{")[2].partition("\n}")[0]
