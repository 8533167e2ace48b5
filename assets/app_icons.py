"""The icons of the installed desk, drawn from the logo: `make icons` draws them anew."""

from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.chromium import launch

ROOT = Path(__file__).parent.parent
LOGO = ROOT / "assets" / "logo.svg"
APP = ROOT / "assets" / "app"

SIZES = {"any": (192, 512), "maskable": (512,)}
"""What an icon is for -> its sizes in pixels. A maskable one is cut to whatever shape a device likes."""


def drawn(purpose: str) -> str:
    """The logo for this purpose: one that is cut has no corners of its own."""
    svg = LOGO.read_text()
    return svg.replace('rx="14"', 'rx="0"') if purpose == "maskable" else svg


def main() -> None:
    """Draw them."""
    APP.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for purpose, sizes in SIZES.items():
            for size in sizes:
                page = browser.new_page(viewport={"width": size, "height": size})
                page.set_content(f"<style>body {{ margin: 0 }} svg {{ display: block }}</style>{drawn(purpose)}")
                page.screenshot(path=APP / f"{purpose}-{size}.png", omit_background=True)
        browser.close()


if __name__ == "__main__":
    main()
