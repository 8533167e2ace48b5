"""What is wrong with a form, said together above it: each sentence is the way to its field."""

from collections.abc import Sequence
from typing import Any

from nicegui import ui
from nicegui.elements.mixins.validation_element import ValidationElement

WORDS = "Please look at this again:"


class Summary:
    """Stands first in a form, and is not to be seen while nothing is wrong."""

    def __init__(self) -> None:
        with ui.element("div").classes("wrong").props("tabindex=-1") as self.box, ui.element("div").props("role=alert"):
            ui.label(WORDS).classes("timeline-what")
            self.lines = ui.element("ul")
        self.box.set_visibility(False)

    def clear(self) -> None:
        """Say nothing."""
        self.lines.clear()
        self.box.set_visibility(False)

    def show(self, wrong: Sequence[tuple[ValidationElement[Any] | None, str]]) -> None:
        """Say this of these fields, or of none that stands here, and have the focus come here."""
        with self.lines:
            for field, sentence in wrong:
                with ui.element("li"):
                    _way(field, sentence) if field else ui.label(sentence)
        self.box.set_visibility(True)
        self.box.client.run_javascript(f"getHtmlElement({self.box.id}).focus()")


def _way(field: ValidationElement[Any], sentence: str) -> None:
    go = f"(event) => {{ event.preventDefault(); runMethod({field.id}, 'focus', []) }}"
    ui.link(sentence, f"#{field.html_id}").on("click", js_handler=go)
