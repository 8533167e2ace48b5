"""Pictures of the demo: the README's, and each page by role, theme and width in build: `make screenshots`."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

from tests.browser import moving_picture
from tests.browser.chromium import launch
from tests.browser.every_page import PAGES
from tests.browser.server import ROOT, Server
from tests.browser.usable import THEMES, Theme
from tests.browser.window import Window
from workflow.demo.sample import DOORS, PASSWORD

README = ROOT / "docs" / "screenshots"
EVERY = ROOT / "build" / "screenshots"

ADDRESSES: dict[str, str] = dict(zip(("ada", "bea", "wren", "cleo"), (address for _, address in DOORS), strict=True))
"""Who is called what in the demo."""

WIDTHS = {360: 740, 768: 1024, 1600: 900}
"""How wide a screen is, and how high."""

ORDER = "DK-*"
"""Stands for the first order on somebody's own page."""


@dataclass(frozen=True)
class Picture:
    """A page as somebody sees it; `whole` goes beyond the screen."""

    path: Path
    of: str
    page: str
    width: int = 1600
    theme: Theme = "light"
    whole: bool = False


BEST = (
    Picture(README / "desk.png", "bea", "/manager"),
    Picture(README / "client.png", "cleo", "/client"),
    Picture(README / "writer-dark.png", "wren", "/writer", theme="dark"),
    Picture(README / "order.png", "cleo", f"/jobs/{ORDER}"),
    Picture(README / "client-phone.png", "cleo", "/client", 360),
)


def every() -> Iterator[Picture]:
    """Every page, by whoever opens it."""
    for name, pages in PAGES.items():
        for page in pages:
            called = page.partition("?")[0].format(number="order").strip("/").replace("/", "-")
            for theme in THEMES:
                for width in WIDTHS:
                    path = EVERY / (name or "nobody") / f"{called}-{theme}-{width}.png"
                    yield Picture(path, name, page.format(number=ORDER), width, theme, whole=True)


class Album:
    """Takes pictures, with a window for each person, theme and width."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser, self.url = browser, url
        self._windows: dict[object, Window] = {}

    def take(self, picture: Picture) -> None:
        """Take one picture."""
        window = self.window(picture)
        window.page.goto(_address(window, picture.page))
        window.page.wait_for_function("document.readyState === 'complete'")
        window.page.evaluate("document.fonts.ready")
        picture.path.parent.mkdir(parents=True, exist_ok=True)
        window.page.screenshot(path=picture.path, animations="disabled", full_page=picture.whole)

    def window(self, picture: Picture) -> Window:
        """The window in which this picture is taken."""
        kind = (picture.of, picture.theme, picture.width)
        if kind not in self._windows:
            width, height = picture.width, WIDTHS[picture.width]
            context = self.browser.new_context(
                base_url=self.url, color_scheme=picture.theme, viewport={"width": width, "height": height}
            )
            if picture.of:
                context.request.post("/login", form={"email": ADDRESSES[picture.of], "password": PASSWORD})
            self._windows[kind] = Window(context)
        return self._windows[kind]


def _address(window: Window, page: str) -> str:
    if ORDER not in page:
        return page
    number = window.go("/").page.locator("[data-job]").first.get_attribute("data-job") or ""
    return page.replace(ORDER, number)


def main() -> None:
    """Take them all, and leave nothing else behind."""
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder), command="demo")
        try:
            server.start()
            album = Album(launch(playwright), server.url)
            for picture in (*BEST, *every()):
                album.take(picture)
            moving_picture.take(album.browser, server.url, README / "badge.gif")
        finally:
            server.stop()


if __name__ == "__main__":
    main()
