"""An order on paper: what that leaves out is marked `print-hide`, and the rest stands in the theme."""

from nicegui import ui

from pages.parts.more_menu import item


def print_button() -> ui.button:
    """A line of the menu."""
    return item(ui.button("Print", icon="print")).on("click", js_handler="() => print()")
