"""An installed desk: what a browser needs for it, and what it shows where there is no line; nothing else is kept."""

import io

from PIL import Image
from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.line import Line
from tests.browser.server import Server
from tests.desk import Desk

KEPT = """async () => {
  const kept = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()))
  return kept.flat().map(({ url }) => new URL(url).pathname)
}"""


def test_the_desk_can_be_installed_under_the_agencys_name(window: Opener) -> None:
    nobody = window(path="/login").page
    manifest = nobody.request.get(nobody.locator("link[rel=manifest]").get_attribute("href") or "").json()

    found = nobody.context.new_cdp_session(nobody).send("Page.getAppManifest")
    sizes = [Image.open(io.BytesIO(nobody.request.get(icon["src"]).body())).size for icon in manifest["icons"]]

    assert (manifest["name"], manifest["display"], found["errors"]) == ("Paper & Ink", "standalone", [])
    assert [f"{wide}x{high}" for wide, high in sizes] == [icon["sizes"] for icon in manifest["icons"]]
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in manifest["icons"]}


def test_without_a_line_a_page_says_so(desk: Desk, server: Server, window: Opener, mishaps: list[str]) -> None:
    line = Line(server, 0)
    cleo = window("cleo", service_workers="allow").page
    cleo.goto(f"{line.url}/client")
    cleo.evaluate("navigator.serviceWorker.ready.then(() => true)")

    line.close()
    cleo.goto(f"{line.url}/client")

    expect(cleo.get_by_role("heading", name="No connection")).to_be_visible()
    assert cleo.evaluate(KEPT) == ["/offline"]
    mishaps.clear()  # the browser tells of the lost line itself
