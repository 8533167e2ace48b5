"""The icons: a font of those that pages and Quasar show, cut out of NiceGUI's, which holds two thousand.

`make icons` draws it anew; tests tell when a page has come to show one that is missing.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nicegui
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

ROOT = Path(__file__).parent.parent
FONT = ROOT / "assets" / "fonts" / "icons.woff"
WHOLE = Path(nicegui.__file__).parent / "static"
WORD = re.compile(r"""["'=: ]([a-z0-9]+(?:_[a-z0-9]+)*)["' ]""")
PLACES = ("pages/**/*.py", "pages/**/*.js", "workflow/words.py", "assets/*.css", "assets/*.js")


def source() -> TTFont:
    """NiceGUI's font of icons."""
    [address] = re.findall(
        r'"Material Icons";.*?url\((fonts/\w+\.woff2)\)', (WHOLE / "fonts.css").read_text(), re.DOTALL
    )[:1]
    return TTFont(WHOLE / address)


def glyphs(font: TTFont) -> dict[str, str]:
    """The icons of a font: how each is called, and its glyph."""
    letters = {glyph: chr(code) for code, glyph in (font.getBestCmap() or {}).items()}
    found = {}
    for table in _ligatures(font):
        for first, ways in table.ligatures.items():
            for way in ways:
                found["".join(letters[glyph] for glyph in (first, *way.Component))] = way.LigGlyph
    return found


def _ligatures(font: TTFont) -> Iterator[Any]:
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            real = getattr(table, "ExtSubTable", table)
            if hasattr(real, "ligatures"):
                yield real


def named() -> set[str]:
    """Every word in quotes that might be an icon's, in our pages and in Quasar."""
    ours = [path.read_text() for place in PLACES for path in ROOT.glob(place)]
    quasars = re.findall(r'name:"material-icons".*?\}\}', (WHOLE / "quasar.umd.prod.js").read_text(), re.DOTALL)
    return {word for text in (*ours, *quasars) for word in WORD.findall(text)}


def main() -> None:
    """Draw the font."""
    font = source()
    known = glyphs(font)
    wanted = sorted(named() & known.keys())
    options = Options(flavor="woff", layout_features=["*"], name_IDs=["*"], hinting=False, layout_closure=False)
    subsetter = Subsetter(options)
    subsetter.populate(glyphs=[known[name] for name in wanted], text="".join(wanted))
    subsetter.subset(font)
    font.flavor = "woff"
    font.save(FONT)
    print(f"{len(wanted)} icons, {FONT.stat().st_size} bytes: {' '.join(wanted)}")  # noqa: T201


if __name__ == "__main__":
    main()
