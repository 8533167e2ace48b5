"""The moving picture of the README: a writer delivers on the left, and the client's badge turns on the right."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Locator

from tests.browser.window import Window
from workflow.demo.sample import PASSWORD

SIZE = {"width": 520, "height": 400}
GAP, COLOURS = 12, 96
STEPS = 8
"""In how many pictures the mouse comes to the button."""

AWAY = (60, 360)
"""Where it comes from."""

ARROW = [(0, 0), (0, 17), (4, 13), (7, 20), (10, 19), (7, 12), (12, 12)]

Frame = tuple[Image.Image, int]
"""A picture, and for how many milliseconds it stands."""


def take(browser: Browser, url: str, path: Path) -> None:
    """Take it of the demo."""
    wren, cleo = (_opened(browser, url, f"{who}@example.com") for who in ("writer1", "client1"))
    button = wren.page.locator('button[data-action="deliver"]').first
    number = wren.page.locator("[data-job]", has=button).first.get_attribute("data-job")
    for window in (wren, cleo):
        window.go(f"/jobs/{number}").page.evaluate("document.fonts.ready")
    pictures, times = zip(*_frames(wren, cleo, button), strict=True)
    few = [picture.quantize(COLOURS, dither=Image.Dither.NONE) for picture in pictures]
    few[0].save(path, save_all=True, append_images=few[1:], duration=times, loop=0, optimize=True)


def _opened(browser: Browser, url: str, email: str) -> Window:
    context = browser.new_context(base_url=url, viewport=SIZE, device_scale_factor=1)  # pyright: ignore[reportArgumentType]
    context.request.post("/login", form={"email": email, "password": PASSWORD})
    return Window(context).go("/")


def _frames(wren: Window, cleo: Window, button: Locator) -> Iterator[Frame]:
    still = _both(wren, cleo)
    end = _middle(button)
    for step in range(STEPS + 1):
        part = step / STEPS
        here = tuple(round(a + (b - a) * part * (2 - part)) for a, b in zip(AWAY, end, strict=True))
        yield _with_mouse(still, here), 1200 if step in {0, STEPS} else 60
    button.click()
    for _ in range(6):
        yield _with_mouse(_both(wren, cleo), end), 90
    wren.page.wait_for_timeout(700)
    yield _with_mouse(_both(wren, cleo), end), 3000


def _middle(place: Locator) -> tuple[int, int]:
    box = place.bounding_box()
    assert box
    return round(box["x"] + box["width"] / 2), round(box["y"] + box["height"] / 2)


def _both(*windows: Window) -> Image.Image:
    width, height = SIZE["width"], SIZE["height"]
    both = Image.new("RGB", (2 * width + GAP, height), "white")
    for place, window in enumerate(windows):
        both.paste(Image.open(BytesIO(window.page.screenshot())), (place * (width + GAP), 0))
    return both


def _with_mouse(picture: Image.Image, where: tuple[int, ...]) -> Image.Image:
    drawn = picture.copy()
    arrow = [(x + where[0], y + where[1]) for x, y in ARROW]
    ImageDraw.Draw(drawn).polygon(arrow, fill="black", outline="white")
    return drawn
