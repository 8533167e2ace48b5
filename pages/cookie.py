"""The cookie of a sign-in, named after the installation: cookies know no ports, and one host may have two agencies.

Another one holds for a few minutes the address that was typed beside a wrong password: in the address bar it would
stand in the browser's history, and in the logs of every proxy.
"""

from urllib.parse import quote, unquote

from starlette.requests import HTTPConnection
from starlette.responses import Response

import settings
from boundary import is_https
from models import device
from workflow.history import signatures

EARLIER = "docket_session"
"""What all installations called theirs once: who came in under it stays in, until that sign-in ends."""

TYPED_SECONDS = 300
"""How long a mistyped password leaves its address in the browser."""


def name(request: HTTPConnection | None = None) -> str:
    """How this installation calls its cookie; over HTTPS so that no neighbour of our host can have set it."""
    own = f"{EARLIER}_{signatures.sealed('cookie')[:8]}"
    return f"__Host-{own}" if request is not None and is_https(request) else own


def key(request: HTTPConnection) -> str:
    """The key that the browser holds; empty when it has none."""
    given = request.cookies.get(name(request), "")
    return given if given or is_https(request) else request.cookies.get(EARLIER, "")


def keep_key(request: HTTPConnection, answer: Response, key: str) -> None:
    """Have the browser hold this key for as long as a sign-in lasts."""
    _keep(request, answer, name(request), key, settings.current().signin_days * 86400)


def forget_key(request: HTTPConnection, answer: Response) -> None:
    """Have the browser forget it."""
    _keep(request, answer, name(request), "", 0)


def keep_device(request: HTTPConnection, answer: Response, key: str) -> None:
    """Have the browser know itself again by this key, which opens nothing."""
    _keep(request, answer, _device(request), key, round(device.KEPT.total_seconds()))


def device_key(request: HTTPConnection) -> str:
    """The key by which we know this browser; empty when we do not."""
    return request.cookies.get(_device(request), "")[:100]


def _device(request: HTTPConnection) -> str:
    return f"{name(request)}_device"


def keep_typed(request: HTTPConnection, answer: Response, email: str) -> None:
    """Have the browser bring this address back to the sign-in page, for a while."""
    _keep(request, answer, _typed(request), quote(email, safe="@", errors="replace"), TYPED_SECONDS)


def typed(request: HTTPConnection) -> str:
    """The address that was typed a moment ago; empty when there was none."""
    return unquote(request.cookies.get(_typed(request), ""))


def forget_typed(request: HTTPConnection, answer: Response) -> None:
    """Have the browser forget it."""
    _keep(request, answer, _typed(request), "", 0)


def _typed(request: HTTPConnection) -> str:
    return f"{name(request)}_typed"


def _keep(request: HTTPConnection, answer: Response, called: str, value: str, seconds: int) -> None:
    answer.set_cookie(called, value, max_age=seconds, httponly=True, samesite="lax", secure=is_https(request))
