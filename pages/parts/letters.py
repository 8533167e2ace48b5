"""A letter in a list: what it is about and to whom, folded."""

from nicegui import ui

from models.letter import Letter


def fold(letter: Letter) -> ui.expansion:
    """The letter's fold; its name is what it reads, and not Quasar's."""
    folded = ui.expansion(letter.subject, caption=f"to {letter.recipient}").classes("news-text")
    folded.props["toggle-aria-label"] = ""
    return folded
