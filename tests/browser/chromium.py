"""The browser: the system's Chromium, in the order of .ci/browser, else Playwright's own."""

import shutil
import subprocess

from playwright.sync_api import Browser, Playwright

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")

UNUSED = "WebUIOmniboxPopup,WebUIOmniboxAimPopup,MediaRouter,OptimizationHints,HttpsUpgrades,PaintHolding"
"""The pages behind the address bar cost more than ours, in every new window; the rest is what Playwright leaves out."""

SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={UNUSED}",
)


def launch(playwright: Playwright) -> Browser:
    """Start it, without a window on the screen."""
    return playwright.chromium.launch(executable_path=_system(), args=SWITCHES)


def _system() -> str | None:
    found = (shutil.which(name) for name in NAMES)
    return next((path for path in found if path and _works(path)), None)


def _works(path: str) -> bool:
    return subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0
