"""Icons: our font has each that a page shows, and a style draws."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from fontTools.ttLib import TTFont

from assets.icons import FONT, ROOT, glyphs
from workflow.words import ACTIONS


def in_pages() -> Iterator[str]:
    """The icons that pages name: `ui.icon("lock")`, `icon="lock"`."""
    for path in (ROOT / "pages").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            yield from icons_of(node) if isinstance(node, ast.Call) else ()
    for path in (ROOT / "pages").rglob("*.js"):
        yield from re.findall(r'(?:icon|<q-icon name)="([a-z_]+)"', path.read_text())


def icons_of(call: ast.Call) -> Iterator[str]:
    given = [word.value for word in call.keywords if word.arg == "icon"]
    given += call.args[:1] if isinstance(call.func, ast.Attribute) and call.func.attr == "icon" else []
    given += [branch for value in given if isinstance(value, ast.IfExp) for branch in (value.body, value.orelse)]
    yield from (value.value for value in given if isinstance(value, ast.Constant) and isinstance(value.value, str))


def in_styles() -> list[str]:
    return re.findall(r'content: "([a-z_]+)" / ""', (ROOT / "assets" / "theme.css").read_text())


def test_each_icon_is_in_the_font() -> None:
    there = glyphs(TTFont(FONT))
    shown = {*in_pages(), *in_styles(), *(words.icon for words in ACTIONS.values())}

    assert len(shown) > 40
    assert shown - there.keys() == set()


def test_quasars_own_are_there_too() -> None:
    there = glyphs(TTFont(FONT))

    assert {"arrow_drop_down", "check", "cancel", "chevron_left", "first_page", "warning"} <= there.keys()


def test_the_font_is_small() -> None:
    assert Path(FONT).stat().st_size < 20_000
