"""A question that is asked once, before what is hardly meant."""

from nicegui import ui

from pages.parts.dialogs import answer


async def sure(question: str, consequence: str, button: str) -> bool:
    """Ask; whether the answer was yes."""
    with ui.dialog() as dialog, ui.card().classes("dialog"):
        ui.label(question).classes("dialog-title")
        ui.label(consequence)
        with ui.row().classes("dialog-buttons"):
            ui.button("Not now", on_click=dialog.close).props("flat no-caps color=ink")
            ui.button(button, on_click=lambda: dialog.submit(True)).props("no-caps unelevated data-confirm")
    return bool(await answer(dialog))
