"""A field for a day and an hour, on the clocks of whoever fills it in."""

from datetime import datetime

from nicegui import ui

from pages.parts.times import at, local


class MomentField:
    """Two inputs side by side; an empty day is no moment at all."""

    def __init__(self, label: str, moment: datetime | None, zone: str, field: str = "deadline") -> None:
        self.zone, self.shown, self.field = zone, moment, field
        then = local(moment, zone) if moment else None
        with ui.element("div").classes("form-row"):
            self.day = ui.input(label, value=f"{then:%Y-%m-%d}" if then else "").props("outlined type=date stack-label")
            self.hour = ui.input("At", value=f"{then:%H:%M}" if then else "17:00")
            self.hour.props("outlined type=time stack-label").props["hint"] = f"Your time ({zone.replace('_', ' ')})"
        self.before = self._said()

    def _said(self) -> tuple[str, str]:
        return self.day.value or "", self.hour.value or ""

    @property
    def is_touched(self) -> bool:
        """Whether it says something else than at first."""
        return self._said() != self.before

    def moment(self) -> datetime | None:
        """The moment in UTC, to the second as it was if nobody touched it; raises InvalidField for what is none."""
        return at(*self._said(), self.zone, self.field) if self.is_touched else self.shown
