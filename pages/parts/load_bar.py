"""How much of their room a writer has filled, as a bar and in words."""

from nicegui import ui

ROOMY = 5
"""What fills the bar of who has no limit."""


def in_hand(number: int, limit: int | None) -> str:
    """How much somebody has in hand, and of how much."""
    return f"{number} of {limit} in hand" if limit is not None else f"{number} in hand"


def share(number: int, limit: int | None) -> int:
    """How much of the bar is filled, in percent."""
    most = ROOMY if limit is None else limit
    return 100 if number >= most else round(100 * number / most)


def load_bar(number: int, limit: int | None) -> ui.element:
    """The bar; the words beside it say the same to who does not see it."""
    bar = ui.element("div").classes("load-bar").props("aria-hidden=true").style(f"--full: {share(number, limit)}%")
    bar.props["data-full"] = str(limit is not None and number >= limit).lower()
    return bar
