"""The bell in the header: the way to the news, with the number that nobody has read."""

from nicegui.element import Element

from pages.live import Live


class Bell(Element, component="bell.js"):
    """Shows how many are unread, and goes on doing so."""

    def __init__(self, live: Live) -> None:
        super().__init__()
        self._props["unread"] = self._shown = live.unread

        def show(_new: object) -> None:
            if live.unread != self._shown:
                self._shown = live.unread
                live.voice.call(self, "show", str(live.unread))

        live.news_handlers.append(show)
