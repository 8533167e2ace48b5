"""A menu behind "⋯": what is rarely done with a thing, out of the way of what comes next."""

from nicegui import ui
from nicegui.element import Element


class MoreMenu(Element, component="more_menu.js"):
    """The button with its menu; what is made inside by `item` is one line of it each."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self._props["label"] = label


def item(button: ui.button) -> ui.button:
    """Have this button be a line of the menu in which it stands."""
    return button.props("flat no-caps align=left color=ink role=menuitem tabindex=-1")
