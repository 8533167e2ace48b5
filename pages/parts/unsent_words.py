"""What somebody types and has not sent: the tab keeps it for them in these places, and drops it once it was sent.

It comes back in the same place of the same page, to the same person; `assets/keep.js` has the other half.
"""

import json
from urllib.parse import urlencode

from nicegui import Client
from nicegui.element import Element


def keep(place: Element, name: str) -> None:
    """Keep what is typed in this field, or in the fields inside; the name tells the places of a page apart."""
    place.props["data-keep"] = name


def keep_for_nobody(place: Element, name: str) -> None:
    """The same where nobody is signed in; whoever signs in next in that tab finds none of it."""
    keep(place, name)
    place.props["data-person"] = "nobody"


def drop(client: Client, name: str) -> None:
    """What was typed in the place of this name, or in those whose names go on on a new line, was sent."""
    client.run_javascript(f"docket.drop({json.dumps(name)})")


def ask_again_for(client: Client, **query: str) -> str:
    """Have a reload of this page ask for this behind its `?`, which is returned; nothing is loaded now."""
    asked = f"?{urlencode(query, errors='replace')}"
    client.run_javascript(f"history.replaceState(history.state, '', {json.dumps(asked)})")
    return asked
