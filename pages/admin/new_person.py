"""The dialog that opens an account for somebody."""

import secrets

from fastapi.concurrency import run_in_threadpool
from nicegui import ui

from models.user import Role
from pages.frame import once, refusals_shown
from pages.live import Live
from pages.parts.dialogs import answer
from pages.summary import Summary
from workflow.people import accounts
from workflow.people.passwords import SHORTEST


async def ask_for_person(live: Live) -> bool:
    """Ask who is new, and open their account; returns whether that was done."""
    with ui.dialog() as dialog, ui.card().classes("dialog"):
        ui.label("Add somebody").classes("dialog-title")
        summary = Summary()
        name = ui.input("Name").props("outlined autofocus").classes("full")
        email = ui.input("E-mail").props("outlined type=email").classes("full")
        roles = {role.value: role.capitalize() for role in Role}
        role = ui.select(roles, value=Role.client.value, label="Role").props("outlined").classes("full")
        password = ui.input("First password", value=secrets.token_urlsafe(9))
        password.props("outlined autocomplete=new-password").classes("full")
        ui.label(f"At least {SHORTEST} characters. Hand it over in person or by phone.").classes("muted")

        async def save() -> None:
            with refusals_shown(summary, name=name, email=email, password=password):
                actor = await live.actor()
                chosen = Role(role.value)
                await run_in_threadpool(accounts.add, name.value, email.value, chosen, password.value, by=actor)
                dialog.submit(True)

        with ui.row().classes("dialog-buttons"):
            ui.button("Not now", on_click=dialog.close).props("flat no-caps color=ink")
            once(ui.button("Add"), save).props("no-caps unelevated data-confirm")
    return bool(await answer(dialog))
