"""What is shown once and never again: links and keys, to be copied and handed over."""

from nicegui import ui

COPY = """() => {
  const field = getHtmlElement(%d);
  field.focus();
  field.select();
  const asEver = () => document.execCommand("copy");
  if (navigator.clipboard) navigator.clipboard.writeText(field.value).catch(asEver); else asEver();
}"""
"""Where a page did not come by https, or somebody forbade it, browsers have the old way alone."""


async def show_once(title: str, words: str, label: str, lines: list[str]) -> None:
    """Show these lines until somebody has taken them; the tab keeps none of it."""
    with ui.dialog().props("persistent") as dialog, ui.card().classes("dialog wide"):
        dialog.props["aria-label"] = title
        ui.label(title).classes("dialog-title")
        ui.label(words)
        field = ui.textarea(label, value="\n".join(lines)).props("outlined readonly autogrow").classes("full")
        with ui.row().classes("dialog-buttons"):
            copy = ui.button("Copy", icon="content_copy").props("no-caps outline color=ink")
            copy.on("click", js_handler=COPY % field.id)
            ui.button("Done", on_click=dialog.close).props("no-caps unelevated data-confirm")
    await dialog
    if not dialog.is_deleted:
        dialog.delete()
