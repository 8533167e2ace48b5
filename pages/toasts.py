"""Toasts: news in a corner of the page, for a moment; many at once are one toast that says how many."""

from functools import lru_cache

from nicegui import ui

from models.notification import Notification
from pages.voice import Voice
from workflow.text import characters

MANY = 4
"""From so many new notifications on, one toast sums them up."""

SUMMARY_SECONDS = 1.0
"""How long that toast waits for more to come in."""

LOOK = {"color": "toast", "timeout": 6000, "position": "bottom"}

_told = lru_cache(64)(characters.titled)
"""Many pages are told the same at once."""


class Toasts:
    """The toasts of one page."""

    def __init__(self, voice: Voice) -> None:
        self.voice = voice
        self._to_sum_up: list[Notification] = []

    def show(self, lines: list[Notification]) -> None:
        """Show what is new, each for itself unless there are many, or many will be."""
        if len(lines) >= MANY or any(line.bulk_id for line in lines):
            self._sum_up(lines)
        else:
            self._show_each(lines)

    def _show_each(self, lines: list[Notification]) -> None:
        for line in lines:
            self.voice.toast(message=_told(line.message), caption=line.title, multiLine=True, **LOOK)

    def _sum_up(self, lines: list[Notification]) -> None:
        """Wait a moment for the rest of a bulk operation, so that one toast can stand for many."""
        if not self._to_sum_up:
            ui.timer(SUMMARY_SECONDS, self._show_sum, once=True)
        self._to_sum_up += lines

    def _show_sum(self) -> None:
        lines, self._to_sum_up = self._to_sum_up, []
        if len(lines) < MANY:
            self._show_each(lines)
        else:
            self.voice.toast(message=f"{len(lines)} new notifications", **LOOK)
