"""What every page must be: no wider than the screen, light and dark; what can be pressed has a name and a size."""

import re
from typing import Literal

from playwright.sync_api import ViewportSize, expect

from tests.browser.window import Window

PHONE: ViewportSize = {"width": 360, "height": 740}
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")

TOO_WIDE = "document.scrollingElement.scrollWidth - innerWidth"
NAMELESS = re.compile(r'^ *- (?:button|link|textbox|combobox|checkbox|switch|spinbutton)\b(?! ["/]).*$', re.MULTILINE)
"""A line of Playwright's tree of what a screen reader finds, without a name."""

SMALL = """() => [...document.querySelectorAll('button, .content a, [role=button], [role=checkbox], [role=switch]')]
    .filter(each => each.checkVisibility({visibilityProperty: true}))
    .map(each => [each.getAttribute('aria-label') || each.innerText, each.getBoundingClientRect()])
    .filter(([_, {width, height}]) => width && Math.min(width, height) < 24).map(([name]) => name)"""
"""What a finger misses: less than 24 pixels (WCAG 2.5.8)."""


def usable(window: Window) -> None:
    """Expect the page in this window to be so."""
    expect(window.page.get_by_role("heading", level=1)).to_be_visible()
    for theme in THEMES:
        window.page.emulate_media(color_scheme=theme)
        expect(window.page.locator("body")).to_contain_class(f"body--{theme}")
        assert window.page.evaluate(TOO_WIDE) <= 0, f"{window.page.url} is too wide in {theme}"
    small = window.page.evaluate(SMALL)
    assert not small, f"{window.page.url} has what is too small to press: {small}"
    nameless = set(NAMELESS.findall(window.page.locator("body").aria_snapshot()))
    assert not nameless, f"{window.page.url} has something without a name"
