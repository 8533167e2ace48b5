"""The cookie of a sign-in, named after the installation: cookies know no ports, and one host may have two agencies."""

import hmac

from starlette.requests import HTTPConnection

import settings

EARLIER = "docket_session"
"""What all installations called theirs once: who came in under it stays in, until that sign-in ends."""


def name() -> str:
    """How this installation calls its cookie."""
    return f"{EARLIER}_{hmac.new(settings.current().secret, b'cookie', 'sha256').hexdigest()[:8]}"


def key(request: HTTPConnection) -> str:
    """The key that the browser holds; empty when it has none."""
    return request.cookies.get(name()) or request.cookies.get(EARLIER, "")
