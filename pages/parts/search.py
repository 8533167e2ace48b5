"""A search: its words as a database can take them, and its place in the address, so that *Back* gives it back."""

from urllib.parse import urlencode

from nicegui import ui

LONGEST = 200
"""The most characters of a search."""


def plain(words: str | None) -> str:
    """What was typed, or came in an address, without what no database takes."""
    return (words or "").replace("\x00", "").encode(errors="ignore").decode()[:LONGEST]


def said(**asked: object) -> str:
    """What is asked for, as it stands in an address, without what is empty."""
    return urlencode({name: str(value) for name, value in asked.items() if value})


def remember(path: str, **asked: object) -> None:
    """Put into the address what is asked for here."""
    words = said(**asked)
    ui.navigate.history.replace(f"{path}?{words}" if words else path)
