"""Which draft an order form writes: each tab its own, also when two of them came to the same one."""

from collections.abc import Callable
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from nicegui import Client
from sqlmodel import Session

from models.draft import Draft
from pages.live import Live
from workflow.orders import drafts


@dataclass
class Opening:
    """Whose draft a page writes, and in which tab; a page that is still on its way to its tab has none."""

    user_id: int
    key: str
    tab: str | None = None


OPEN: WeakKeyDictionary[Client, Opening] = WeakKeyDictionary()
"""The pages with an order form."""


async def choose(live: Live) -> tuple[str, bool]:
    """The key of the draft to go on with, the newest that no other tab writes; and whether others write all there are.

    Then, or when there is none, the key is a fresh one.
    """

    def keys(session: Session) -> list[str]:
        return [draft.key for draft in Draft.of(session, live.user.key)]

    left = await live.read(keys)
    if any(_is_elsewhere(live, key) for key in left):
        await live.client.connected()  # only now it shows which of them this tab has just left
    free = [key for key in left if not _is_elsewhere(live, key)]
    return free[0] if free else drafts.fresh_key(), bool(left) and not free


def hold(live: Live, key: str, give_way: Callable[[], str]) -> None:
    """Have this page write the draft. When another tab does so already, it gives way, to another key."""
    opening = OPEN[live.client] = Opening(live.user.key, key)

    def connect() -> None:
        opening.tab = live.client.tab_id
        if _is_elsewhere(live, opening.key):
            opening.key = give_way()

    live.client.on_connect(connect)
    if live.client.has_socket_connection:
        connect()


def _is_elsewhere(live: Live, key: str) -> bool:
    """Whether a page that is there writes this draft in another tab."""
    return any(
        page.has_socket_connection
        and (opening.user_id, opening.key) == (live.user.key, key)
        and opening.tab not in (None, live.client.tab_id)
        for page, opening in list(OPEN.items())
    )
