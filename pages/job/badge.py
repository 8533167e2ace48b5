"""The status badge: a word, a colour and an icon; it turns with a short movement when the status does."""

from nicegui import ui

from models.status import Status
from models.user import User
from workflow.words import label


class Badge:
    """A status as one reader calls it; colour and icon come from the theme, by `data-status`."""

    def __init__(self, status: Status, reader: User) -> None:
        self.reader = reader
        self.status = status
        self.element = ui.label(label(status, reader.role)).classes("badge").props(f'data-status="{status}"')

    def show(self, status: Status) -> None:
        """Turn to this status, if it is another."""
        if status is self.status:
            return
        self.status = status
        self.element.set_text(label(status, self.reader.role))
        self.element.props(f'data-status="{status}"')
        once = "turned-once" in self.element.classes
        self.element.classes(remove="turned-once turned-again", add="turned-again" if once else "turned-once")
