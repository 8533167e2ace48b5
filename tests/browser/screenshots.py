"""The README's pictures, taken anew from the demo: `make screenshots`."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from playwright.sync_api import Browser, ViewportSize, sync_playwright

from tests.browser.chromium import launch
from tests.browser.server import ROOT, Server
from tests.browser.window import Window
from workflow.demo.sample import PASSWORD

FOLDER = ROOT / "docs" / "screenshots"

WIDE = (1600, 900)
USUAL = (1280, 800)
PHONE = (360, 740)


@dataclass(frozen=True)
class Picture:
    """Somebody's own page, or the first order under `section` there."""

    name: str
    of: str
    size: tuple[int, int] = USUAL
    theme: Literal["light", "dark"] = "light"
    section: str = ""


PICTURES = (
    Picture("desk", of="manager1", size=WIDE),
    Picture("client", of="client1"),
    Picture("client-dark", of="client1", theme="dark"),
    Picture("client-phone", of="client1", size=PHONE),
    Picture("writer", of="writer1"),
    Picture("writer-dark", of="writer1", theme="dark"),
    Picture("writer-phone", of="writer1", size=PHONE),
    Picture("order", of="manager1", section="In work"),
)


def take(picture: Picture, browser: Browser, url: str) -> None:
    """Take one picture."""
    width, height = picture.size
    size: ViewportSize = {"width": width, "height": height}
    with browser.new_context(base_url=url, viewport=size, color_scheme=picture.theme) as context:
        context.request.post("/login", form={"email": f"{picture.of}@example.com", "password": PASSWORD})
        window = Window(context).go("/")
        if picture.section:
            window.section(picture.section).locator(".card-title").first.click()
            window.page.wait_for_url("**/jobs/*")
            window.is_live()
        window.page.evaluate("document.fonts.ready")
        window.page.screenshot(path=FOLDER / f"{picture.name}.png", animations="disabled")


def main() -> None:
    """Take them all, and leave nothing else behind."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder), command="demo")
        try:
            server.start()
            browser = launch(playwright)
            for picture in PICTURES:
                take(picture, browser, server.url)
        finally:
            server.stop()


if __name__ == "__main__":
    main()
