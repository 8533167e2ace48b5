"""What is under way and can still be taken back: how long there is, and the button."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from nicegui import ui

from models import clock
from models.intention import Intention
from pages.frame import once
from workflow.orders.intentions import TAKEN_BACK


def under_way(wish: Intention, take_back: Callable[[], Awaitable[object]]) -> None:
    """Show in place of the buttons what was pressed, its seconds, and the way back."""
    with ui.element("div").classes("under-way").props(f'data-under-way="{wish.action}"'):
        ui.label(f"{TAKEN_BACK[wish.action].doing} …").props("role=status")
        seconds = ui.label().classes("muted").props("aria-hidden=true")
        once(ui.button("Take back", icon="undo"), take_back).props("no-caps outline color=ink data-take-back")

    def count() -> None:
        left = (wish.due_at - clock.now()) // timedelta(seconds=1)
        seconds.set_text(f"{left} s" if left > 0 else "now")

    count()
    ui.timer(1.0, count)
