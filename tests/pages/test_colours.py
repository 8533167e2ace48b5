"""The colours that an agency may choose: each can be read, on paper and on a button, in light and in dark."""

import re

import pytest

from models.agency import COLOURS
from pages import ASSETS

STYLES = (ASSETS / "theme.css").read_text()
ENOUGH = 4.5
"""The contrast that WCAG asks for (1.4.3, AA)."""


def light(colour: str) -> float:
    """How bright it is, as WCAG counts."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    brighter, darker = sorted((light(one), light(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("name", COLOURS)
def test_each_colour_can_be_read(name: str) -> None:
    papers = re.findall(r"--paper: (#\w{6}); --sheet: (#\w{6})", STYLES)
    inks = re.findall(rf'\[data-colour="{name}"\] {{ --accent: (#\w{{6}}); --on-accent: (#\w{{6}})', STYLES)

    assert len(papers) == len(inks) == len(("light", "dark"))
    for under, (accent, upon) in zip(papers, inks, strict=True):
        assert min(contrast(accent, each) for each in (*under, upon)) >= ENOUGH
