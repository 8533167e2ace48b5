"""The cookie of a sign-in, named after the installation: cookies know no ports, and one host may have two agencies.

Another one holds for a few minutes the address that was typed beside a wrong password: in the address bar it would
stand in the browser's history, and in the logs of every proxy.
"""

from urllib.parse import quote, unquote

from starlette.requests import HTTPConnection
from starlette.responses import Response

import settings
from workflow.history import signatures

EARLIER = "docket_session"
"""What all installations called theirs once: who came in under it stays in, until that sign-in ends."""

TYPED_SECONDS = 300
"""How long a mistyped password leaves its address in the browser."""


def name() -> str:
    """How this installation calls its cookie."""
    return f"{EARLIER}_{signatures.sealed('cookie')[:8]}"


def key(request: HTTPConnection) -> str:
    """The key that the browser holds; empty when it has none."""
    return request.cookies.get(name()) or request.cookies.get(EARLIER, "")


def keep_typed(answer: Response, email: str) -> None:
    """Have the browser bring this address back to the sign-in page, soon and to no other."""
    secure = settings.current().public_url.startswith("https:")
    said = quote(email, safe="@", errors="replace")
    answer.set_cookie(
        _typed(), said, max_age=TYPED_SECONDS, path="/login", httponly=True, samesite="lax", secure=secure
    )


def typed(request: HTTPConnection) -> str:
    """The address that was typed a moment ago; empty when there was none."""
    return unquote(request.cookies.get(_typed(), ""))


def forget_typed(answer: Response) -> None:
    """Have the browser forget it."""
    answer.delete_cookie(_typed(), path="/login")


def _typed() -> str:
    return f"{name()}_typed"
