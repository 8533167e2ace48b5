"""Toasts: news on the page for a moment, each the way to its order; what they look like, `assets/toasts.js` says."""

from functools import lru_cache

from nicegui import ui

from models.notification import Notification
from pages.voice import Voice
from workflow.text import characters

SUMMARY_SECONDS = 1.0
"""How long the news of a bulk operation waits for more of it, so that many can be one toast at once."""

_told = lru_cache(64)(characters.titled)
"""Many pages are told the same at once."""


class Toasts:
    """The toasts of one page."""

    def __init__(self, voice: Voice) -> None:
        self.voice = voice
        self._waiting: list[Notification] = []

    def show(self, lines: list[Notification]) -> None:
        """Show what is new, at once unless it is part of a bulk operation."""
        if any(line.bulk_id for line in lines):
            self._wait(lines)
        elif lines:
            self._say(lines)

    def _wait(self, lines: list[Notification]) -> None:
        if not self._waiting:
            ui.timer(SUMMARY_SECONDS, self._say_all, once=True)
        self._waiting += lines

    def _say_all(self) -> None:
        lines, self._waiting = self._waiting, []
        self._say(lines)

    def _say(self, lines: list[Notification]) -> None:
        self.voice.tell([[_told(line.message), line.title, f"/jobs/{line.number}"] for line in lines])
