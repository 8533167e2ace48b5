"""A page that a phone opens for the first time: how much comes over the line, what shifts, and Lighthouse's score.

Lighthouse itself needs Node; so Chromium is throttled as it does it for a phone (a processor four times slower, 150 ms
and 1.6 Mbit/s), its figures are read, and the score is counted by Lighthouse's published curves and weights (10 to 12).
The Speed Index is taken for the mean of the first and the largest paint.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from benchmarks.load import Others
from benchmarks.server import PASSWORD, docket
from benchmarks.table import Figure
from tests.browser.chromium import launch

PHONE = {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1638.4 * 125, "uploadThroughput": 750 * 125}
SLOWER = 4

CURVES = {
    "fcp": (0.10, 1800, 3000),
    "si": (0.10, 3387, 5800),
    "lcp": (0.25, 2500, 4000),
    "tbt": (0.30, 200, 600),
    "cls": (0.25, 0.1, 0.25),
}
"""Weight, the value of a score of 0.9, and that of 0.5."""

WATCH = """
window.seen = {fcp: 0, lcp: 0, cls: 0, tbt: 0, shifts: []}
const each = (type, take) =>
  new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({type, buffered: true})
each('paint', (e) => { if (e.name === 'first-contentful-paint') seen.fcp = e.startTime })
each('largest-contentful-paint', (e) => { seen.lcp = e.startTime; seen.largest = e.element?.className })
each('layout-shift', (e) => {
  if (!e.hadRecentInput) {
    seen.cls += e.value
    seen.shifts.push([e.value, e.startTime, ...e.sources.map((s) => s.node?.className || s.node?.nodeName)])
  }
})
each('longtask', (e) => { if (e.startTime + e.duration > seen.fcp) seen.tbt += Math.max(0, e.duration - 50) })
"""


@dataclass(frozen=True)
class Load:
    """How a page came up: milliseconds, the sum of what shifted, and the bytes that came over the line."""

    paints: dict[str, Any]
    sent: dict[str, int]

    @property
    def kilobytes(self) -> float:
        """What came over the line, headers included."""
        return sum(self.sent.values()) / 1000

    @property
    def score(self) -> float:
        """Lighthouse's score, of 100."""
        values = self.paints | {"si": (self.paints["fcp"] + self.paints["lcp"]) / 2}
        return 100 * sum(weight * _point(values[name], *at) for name, (weight, *at) in CURVES.items())


def _point(value: float, p10: float, median: float) -> float:
    """A point of the log-normal curve that is 0.9 at the first and 0.5 at the second value."""
    if value <= 0:
        return 1.0
    spread = abs(math.log(p10) - math.log(median)) / 1.2815515655446004
    return 0.5 * math.erfc((math.log(value) - math.log(median)) / (spread * math.sqrt(2)))


def load(browser: Browser, base: str, path: str, email: str = "", *, throttled: bool = True) -> Load:
    """Open a page with an empty cache; as this person, or as nobody."""
    with browser.new_context(base_url=base, **PHONE) as context:
        if email:
            context.request.post("/login", form={"email": email, "password": PASSWORD})
        page = context.new_page()
        wire, addresses, sent = context.new_cdp_session(page), dict[str, str](), dict[str, int]()
        wire.send("Network.enable")
        if throttled:
            wire.send("Network.emulateNetworkConditions", SLOW_4G)
            wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        wire.on("Network.requestWillBeSent", lambda said: addresses.update({said["requestId"]: said["request"]["url"]}))
        wire.on(
            "Network.loadingFinished",
            lambda said: sent.update({addresses[said["requestId"]]: int(said["encodedDataLength"])}),
        )
        page.add_init_script(WATCH)
        page.goto(path)
        page.wait_for_function("window.did_handshake", timeout=60_000)
        page.wait_for_timeout(1000 * (3 if throttled else 1))
        return Load(page.evaluate("seen"), sent)


PAGES = {"/login": "", "/manager": "manager1@example.com", "/client": "client1@example.com"}
"""What is opened, and by whom."""

MOST_KILOBYTES, MOST_SHIFTED, LEAST_SCORE = 350.0, 0.05, 90.0


def figures() -> Iterator[Figure]:
    """The heaviest, the most restless and the slowest of these pages, each beside its bound."""
    others = Others()
    with docket() as base, sync_playwright() as playwright:
        browser = launch(playwright)
        found = [load(browser, base, path, email) for path, email in PAGES.items()]
        browser.close()
    heaviest, restless = max(each.kilobytes for each in found), max(each.paints["cls"] for each in found)
    slowest, foreign = min(each.score for each in found), others.cores()
    yield Figure("cold load in kB", heaviest, 1.0, MOST_KILOBYTES, is_least=False, others=foreign)
    yield Figure("layout that shifts", restless, 1.0, MOST_SHIFTED, is_least=False, others=foreign)
    yield Figure("Lighthouse on a phone, as counted", slowest, 1.0, LEAST_SCORE, is_least=True, others=foreign)
