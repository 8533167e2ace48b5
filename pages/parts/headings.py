"""Headings: one title a page, and the sections below it."""

from nicegui import ui


def title(words: str) -> ui.label:
    """What the page is called."""
    return ui.label(words).classes("page-title").props("role=heading aria-level=1")


def section(words: str) -> ui.label:
    """What a part of it is called."""
    return ui.label(words).classes("section-title").props("role=heading aria-level=2")
