"""Words that people typed, as pages show them: from the side that their own script begins at, and never as our HTML."""

from nicegui import ui

from workflow.text import prose


def typed(words: str = "") -> ui.label:
    """A line that somebody typed: a title, a name, a note."""
    return ui.label(words).props("dir=auto")


class Prose(ui.html):
    """A text that somebody typed, with its links and its emphasis.

    The page has it rendered off the event loop first (`prose.rendered` remembers); here it is only looked up.
    """

    def __init__(self, words: str = "") -> None:
        super().__init__(words, sanitize=prose.rendered)
        self.classes("prose").props("dir=auto")

    def show(self, words: str) -> None:
        """Show another text."""
        self.set_content(words)
