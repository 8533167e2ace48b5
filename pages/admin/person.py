"""Putting an account right: name, address and role, and a password where no letter reaches anybody."""

import secrets

from fastapi.concurrency import run_in_threadpool
from nicegui import ui

from models.user import Role, User
from pages.admin.departure import Heirs, ask_who_takes_over
from pages.frame import once, refusals_shown
from pages.live import Live
from pages.parts.dialogs import answer
from workflow.orders import departures
from workflow.people import administration
from workflow.people.passwords import SHORTEST
from workflow.text import characters

STOPS_WRITING = "Only writers have orders in hand, so somebody has to take these."
ENDS = "A new address or role ends every sign-in of this account."
HAND_OVER = f"At least {SHORTEST} characters. Hand it over in person or by phone. Every sign-in of this account ends."


async def ask_for_change(live: Live, user: User) -> bool:
    """Ask what is to change, and change it; returns whether that was done."""
    with ui.dialog() as dialog, ui.card().classes("dialog"):
        ui.label(f"Edit {characters.isolated(user.name)}").classes("dialog-title")
        name = ui.input("Name", value=user.name).props("outlined autofocus maxlength=100").classes("full")
        email = ui.input("E-mail", value=user.email).props("outlined type=email maxlength=254").classes("full")
        roles = {role.value: role.capitalize() for role in Role}
        role = ui.select(roles, value=user.role.value, label="Role").props("outlined").classes("full")
        ui.label(ENDS).classes("muted")

        async def save() -> None:
            with refusals_shown(name=name, email=email, role=role):
                changes = {"name": name.value, "email": email.value, "role": role.value}
                heirs = Heirs() if role.value == user.role else await _heirs(live, user, Role(role.value))
                if heirs is not None:
                    actor = await live.actor()
                    await run_in_threadpool(departures.change, user.key, changes, by=actor, **vars(heirs))
                    dialog.submit(True)

        with ui.row().classes("dialog-buttons"):
            ui.button("Not now", on_click=dialog.close).props("flat no-caps color=ink")
            once(ui.button("Save"), save).props("no-caps unelevated data-confirm")
    return bool(await answer(dialog))


async def _heirs(live: Live, user: User, role: Role) -> Heirs | None:
    """Who takes the orders of a writer who is to be none any more; nobody's are asked about where there are none."""
    await live.actor()
    if user.role is not Role.writer or not (await live.read(lambda found: departures.in_hand(found, user))).written:
        return Heirs()
    question = f"Change the role of {characters.isolated(user.name)} to {role}?"
    return await ask_who_takes_over(live, user, question, STOPS_WRITING, "Hand over and save")


async def ask_for_password(live: Live, user: User) -> bool:
    """Ask for a password for somebody, and set it; returns whether that was done."""
    with ui.dialog() as dialog, ui.card().classes("dialog"):
        ui.label(f"A new password for {characters.isolated(user.name)}").classes("dialog-title")
        password = ui.input("New password", value=secrets.token_urlsafe(9))
        password.props("outlined autocomplete=new-password").classes("full")
        ui.label(HAND_OVER).classes("muted")

        async def save() -> None:
            with refusals_shown(password=password):
                await run_in_threadpool(administration.set_password, user.key, password.value, by=await live.actor())
                dialog.submit(True)

        with ui.row().classes("dialog-buttons"):
            ui.button("Not now", on_click=dialog.close).props("flat no-caps color=ink")
            once(ui.button("Set it"), save).props("no-caps unelevated data-confirm")
    return bool(await answer(dialog))
