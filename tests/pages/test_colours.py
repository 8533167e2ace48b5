"""The colours: words can be read, and the edges and marks of what is pressed or filled in are told from their ground.

So it is in light and in dark, and with each colour that an agency may choose.
"""

import re
from collections.abc import Callable, Iterator

import pytest

from models.agency import COLOURS
from pages import ASSETS, palette

STYLES = (ASSETS / "theme.css").read_text()
ENOUGH, MARKED = 4.5, 3.0
"""The contrasts that WCAG asks for: of words (1.4.3, AA), and of what must be told from its ground (1.4.11)."""

WORDS, MARKS, GROUNDS = ("ink", "faint", "accent", "late"), ("line", "accent", "late", "faint"), ("paper", "sheet")


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
    papers = [[colours[ground] for ground in GROUNDS] for colours in (palette.light(), palette.dark())]
    inks = re.findall(rf'\[data-colour="{name}"\] {{ --accent: (#\w{{6}}); --on-accent: (#\w{{6}})', STYLES)

    assert len(papers) == len(inks) == len(("light", "dark"))
    for under, (accent, upon) in zip(papers, inks, strict=True):
        assert min(contrast(accent, each) for each in (*under, upon)) >= ENOUGH


def pairs(colours: dict[str, str]) -> Iterator[tuple[str, str, float]]:
    """What stands on what, and how much the two must differ at the least."""
    yield from ((mark, ground, MARKED) for mark in MARKS for ground in GROUNDS)
    yield from ((word, ground, ENOUGH) for word in WORDS for ground in GROUNDS)
    yield from ((name, name.removesuffix("-ink"), ENOUGH) for name in colours if name.endswith("-ink"))
    yield from ((f"on-{name}", name, ENOUGH) for name in ("accent", "toast"))


@pytest.mark.parametrize("theme", [palette.light, palette.dark])
def test_everything_is_told_from_its_ground(theme: Callable[[], dict[str, str]]) -> None:
    colours = theme()
    found = {(mark, ground): contrast(colours[mark], colours[ground]) / least for mark, ground, least in pairs(colours)}

    assert len(found) > 15
    assert [pair for pair, share in found.items() if share < 1] == []


def test_fields_have_the_line_that_is_measured() -> None:
    assert ".q-field--outlined .q-field__control::before { border-color: var(--line); }" in STYLES
