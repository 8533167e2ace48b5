"""Installing: what makes the desk an app on a phone or a desk, and the page that is shown while there is no line."""

from string import Template

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, Response

import boundary
from pages import palette
from workflow.people import accounts

router = APIRouter(include_in_schema=False)

WORKER = palette.THEME.with_name("offline.js")
UNKEPT = {"Cache-Control": "no-cache"}

HEAD = """<link rel="manifest" href="/manifest.webmanifest">
<link rel="apple-touch-icon" href="/assets/app/maskable-512.png">
<meta name="theme-color" content="{light}" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="{dark}" media="(prefers-color-scheme: dark)">"""

OFFLINE = Template("""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>No connection</title><style>:root { color-scheme: light dark; font: 1.1rem/1.5 system-ui, sans-serif }
main { max-width: 30rem; margin: 20vh auto; padding: 1rem }</style></head>
<body><main><h1>No connection</h1>
<p>This page cannot be reached at the moment. It opens by itself once the connection is back.</p>
<p><a href="">Try again</a></p></main>
<script nonce="$nonce">addEventListener("online", () => location.reload())</script></body></html>
""")


def head() -> str:
    """What every page has in its head for that."""
    return HEAD.format(light=palette.light()["sheet"], dark=palette.dark()["sheet"])


@router.get("/manifest.webmanifest")
def manifest() -> Response:
    """The desk as an app, under the agency's name; who installs it may not be signed in yet."""
    agency, colours = accounts.agency(), palette.light()
    said = {
        "name": agency.name if agency else "Docket",
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": colours["paper"],
        "theme_color": colours["sheet"],
        "icons": [_icon("any", 192), _icon("any", 512), _icon("maskable", 512)],
    }
    return JSONResponse(said, headers=UNKEPT, media_type="application/manifest+json")


def _icon(purpose: str, size: int) -> dict[str, str]:
    return {
        "src": f"/assets/app/{purpose}-{size}.png",
        "sizes": f"{size}x{size}",
        "type": "image/png",
        "purpose": purpose,
    }


@router.get("/offline.js")
def worker() -> Response:
    """The worker, at the top so that it may answer for every page."""
    return FileResponse(WORKER, media_type="text/javascript", headers=UNKEPT)


@router.get("/offline")
def offline(request: Request) -> Response:
    """What the worker keeps for when there is no line; the same for everybody."""
    return HTMLResponse(OFFLINE.substitute(nonce=boundary.nonce(request)), headers=UNKEPT)
