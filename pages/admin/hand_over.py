"""Invitations that no letter brings: their links are shown once, to be handed over."""

from nicegui import ui

from pages.parts.shown_once import show_once
from workflow.people.invitations import Invitation

ONCE = "Each link lets its person in once, within seven days. It is shown only now; a new one can be made at any time."


async def hand_over(invited: list[Invitation]) -> None:
    """Say that the letters go, or show the links until they are handed over."""
    links = [_line(each, len(invited)) for each in invited if each.link]
    if len(links) == 1:
        await show_once("Hand over this link", ONCE, "Link", links)
    elif links:
        await show_once(f"Hand over these {len(links)} links", ONCE, "Links", links)
    else:
        ui.notify(_on_the_way(len(invited)), type="positive")


def _line(invitation: Invitation, of: int) -> str:
    return invitation.link if of == 1 else f"{invitation.user.name}, {invitation.user.email}: {invitation.link}"


def _on_the_way(number: int) -> str:
    return "The letter is on its way." if number == 1 else f"{number} letters are on their way."
