"""What is done from the menu of a card beside the order's lifecycle, by staff: a hold, a payment."""

from typing import Any

from models.job import find
from pages.board.cards import Press
from pages.frame import refusals_shown
from pages.live import Live
from pages.parts import holding, payment
from workflow.refusals import NotFound
from workflow.words import ACTIONS

WAYS = {"hold": holding.turn, "pay": payment.record}
"""By what a card says of itself when it was pressed."""

MENU: list[dict[str, Any]] = [
    {"what": "pay", "name": payment.BUTTON},
    {"what": "hold", "name": ACTIONS["hold"].button, "held": False},
    {"what": "hold", "name": ACTIONS["release"].button, "held": True},
]
"""The lines of the menu, the same for every card; `held` is on which alone one stands."""


async def press(live: Live, pressed: Press) -> None:
    """Ask what is needed, and do it; any other press does nothing. What a payment is about, only staff may read."""
    if pressed.what not in WAYS:
        return
    with live.client, refusals_shown():
        actor = await live.actor()
        job = await live.read(lambda session: find(session, actor, job_id=pressed.key))
        if job is None or not actor.is_staff:
            raise NotFound
        await WAYS[pressed.what](live, job)
