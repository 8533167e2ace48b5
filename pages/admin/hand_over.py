"""Links that no letter brings: shown once, to be handed over."""

from nicegui import ui

from workflow.people.invitations import Invitation

ONCE = "Each link lets its person in once, within seven days. It is shown only now; a new one can be made at any time."

COPY = """() => {
  const field = getHtmlElement(%d).querySelector("textarea");
  field.select();
  if (navigator.clipboard) navigator.clipboard.writeText(field.value); else document.execCommand("copy");
}"""
"""Where a page did not come by https, browsers have the old way alone."""


async def hand_over(invited: list[Invitation]) -> None:
    """Say that the letters go, or show the links until they are handed over."""
    links = [_line(each, len(invited)) for each in invited if each.link]
    if links:
        await _show(links)
    else:
        ui.notify(_on_the_way(len(invited)), type="positive")


def _line(invitation: Invitation, of: int) -> str:
    return invitation.link if of == 1 else f"{invitation.user.name}, {invitation.user.email}: {invitation.link}"


def _on_the_way(number: int) -> str:
    return "The letter is on its way." if number == 1 else f"{number} letters are on their way."


async def _show(links: list[str]) -> None:
    with ui.dialog().props("persistent") as dialog, ui.card().classes("dialog wide"):
        title = "Hand over this link" if len(links) == 1 else f"Hand over these {len(links)} links"
        dialog.props["aria-label"] = title
        ui.label(title).classes("dialog-title")
        ui.label(ONCE)
        field = ui.textarea("Link" if len(links) == 1 else "Links", value="\n".join(links))
        field.props("outlined readonly autogrow").classes("full")
        with ui.row().classes("dialog-buttons"):
            copy = ui.button("Copy", icon="content_copy").props("no-caps outline color=ink")
            copy.on("click", js_handler=COPY % field.id)
            ui.button("Done", on_click=dialog.close).props("no-caps unelevated data-confirm")
    await dialog
    if not dialog.is_deleted:
        dialog.delete()
