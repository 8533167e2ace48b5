"""What every page must be: no wider than the screen; what is pressed has a name and a size; axe finds nothing."""

import re
from typing import Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import ViewportSize, expect

from tests.browser.window import Window

DESK: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 360, "height": 740}
Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")

TOO_WIDE = "document.scrollingElement.scrollWidth - innerWidth"
NAMELESS = re.compile(r'^ *- (?:button|link|textbox|combobox|checkbox|switch|spinbutton)\b(?! ["/]).*$', re.MULTILINE)
"""A line of Playwright's tree of what a screen reader finds, without a name."""

SMALL = """() => [...document.querySelectorAll('button, .content a, [role=button], [role=checkbox], [role=switch]')]
    .filter(each => each.checkVisibility({visibilityProperty: true}))
    .map(each => [each.getAttribute('aria-label') || each.innerText, each.getBoundingClientRect()])
    .filter(([_, {width, height}]) => width && Math.min(width, height) < 24).map(([name]) => name)"""
"""What a finger misses: less than 24 pixels (WCAG 2.5.8)."""

AXE = """async ([colours, place]) => {
    const wanted = ({tags, ruleId}) => !tags.includes("deprecated") && ruleId !== "color-contrast-enhanced"
    const all = axe.getRules().filter(wanted).map(({ruleId}) => ruleId)
    const runOnly = colours ? ["color-contrast"] : all
    const {violations} = await axe.run(place, {runOnly, resultTypes: ["violations"]})
    return violations.flatMap(({id, nodes}) => nodes.map(({html}) => `${id}: ${html}`))
}"""
"""Every rule of axe's, best practice and experimental too, but the contrast of AAA; or that of colours alone."""

AT_ONCE = "*, *::before, *::after { transition: none !important; animation: none !important }"
STILL = """document.getAnimations().every(each => each.effect.getComputedTiming().endTime === Infinity)
    && !document.querySelector("[class*='-enter-'], [class*='-leave-']")"""
"""A colour on its way to the other theme is neither, nor is one that fades in."""


def usable(window: Window) -> None:
    """Expect the page in this window to be so."""
    expect(window.page.get_by_role("heading", level=1)).to_be_visible()
    for theme in THEMES:
        window.page.emulate_media(color_scheme=theme)
        expect(window.page.locator("body")).to_contain_class(f"body--{theme}")
        assert window.page.evaluate(TOO_WIDE) <= 0, f"{window.page.url} is too wide in {theme}"
        accessible(window, colours=theme == THEMES[1])
    small = window.page.evaluate(SMALL)
    assert not small, f"{window.page.url} has what is too small to press: {small}"
    nameless = set(NAMELESS.findall(window.page.locator("body").aria_snapshot()))
    assert not nameless, f"{window.page.url} has something without a name"


def accessible(window: Window, *, colours: bool = False, place: str = "html") -> None:
    """Expect axe to find nothing in this place; or nothing about `colours`, where another theme has shown the rest."""
    if not window.page.evaluate("Boolean(window.axe)"):
        window.page.evaluate(AXE_SCRIPT)
        window.page.add_style_tag(content=AT_ONCE)
    window.page.wait_for_function(STILL)
    found = window.page.evaluate(AXE, [colours, place])
    assert not found, "\n".join([f"axe finds in {window.page.url}:", *found])
