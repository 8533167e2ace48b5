"""Records: the walk along every order's history that proves it whole."""

from nicegui import ui
from sqlmodel import Session

from models.user import Role
from pages.frame import frame, page, refusals_shown
from pages.live import Live
from pages.parts import headings
from workflow.history import verification


@page("/admin/records", Role.admin)
async def records_page(live: Live) -> None:
    """Records."""
    with frame(live, "Records"):
        headings.title("Records")
        ui.label(
            "Every line of an order's history is sealed with the line before it. The walk checks each seal and names "
            "what was changed, removed, inserted or cut off."
        ).classes("muted measure")
        button = ui.button("Verify every history", icon="verified").props("no-caps unelevated").classes("alone")
        busy = ui.linear_progress(show_value=False).props("indeterminate")
        busy.set_visibility(False)
        result = ui.element("div").classes("panel").props("role=status")
        result.set_visibility(False)

    def walk(session: Session) -> tuple[list[str], str]:
        return list(verification.faults(session)), verification.all_is_whole(session)

    async def verify() -> None:
        button.disable()
        busy.set_visibility(True)
        with refusals_shown():
            await live.actor()
            faults, whole = await live.read(walk)
            result.clear()
            with result:
                ui.label(whole if not faults else f"{len(faults)} do not fit:")
                for fault in faults[:100]:
                    ui.label(fault)
            result.set_visibility(True)
        busy.set_visibility(False)
        button.enable()

    button.on_click(verify)
