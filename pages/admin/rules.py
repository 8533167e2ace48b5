"""The agency's rules: switches and numbers, in force as soon as they are changed, and who changed what."""

from typing import Any

from fastapi.concurrency import run_in_threadpool
from nicegui import ui
from sqlmodel import Session

from models import known
from models.rule_change import RuleChange
from models.rules import Rules
from models.user import Role
from pages.frame import frame, page, refusals_shown
from pages.live import Live
from pages.parts import headings
from pages.parts.times import when
from workflow import rules, today
from workflow.rules import RULES, Rule

SHOWN = 30
"""How many changes the log on the page goes back."""


@page("/admin/rules", Role.admin)
async def rules_page(live: Live) -> None:
    """Rules."""
    with frame(live, "Rules"):
        headings.title("Rules")
        ui.label("A rule tightens what may happen to an order, for everybody, as soon as it is on.").classes("muted")
        settings = RuleSettings(live)
        await settings.refresh()
        live.refreshers.append(settings.refresh)


class RuleSettings:
    """The rules as they are set, and the log of their changes."""

    def __init__(self, live: Live) -> None:
        self.live = live
        self.showing = False
        self.known: dict[str, object] = {}
        self.today: dict[str, ui.label] = {}
        with ui.element("div").classes("rules"):
            self.fields = {name: self._row(name, rule) for name, rule in RULES.items()}
        headings.section("Changes")
        self.log = ui.element("ul").classes("news")

    def _row(self, name: str, rule: Rule) -> ui.switch | ui.input:
        with ui.element("div").classes("rule panel") as row:
            row.props["data-rule"] = name
            with ui.element("div").classes("news-text"):
                ui.label(rule.title).classes("person-name")
                ui.label(rule.effect).classes("muted")
                self.today[name] = ui.label().classes("today").props("role=status")
            if rule.least is None:
                field = ui.switch()
            else:
                field = ui.input(placeholder="none")
                field.props("inputmode=numeric outlined dense debounce=600")
            field.props["aria-label"] = rule.title
            field.on_value_change(lambda event: None if self.showing else self._set(name, event.value))
            return field

    async def _set(self, name: str, value: bool | str | None) -> None:
        field = self.fields[name]
        with refusals_shown(**{name: field} if isinstance(field, ui.input) else {}):
            wanted = value if isinstance(value, bool) else rules.typed(name, value)
            await run_in_threadpool(rules.change, {name: wanted}, by=await self.live.actor())
        await self.refresh()

    async def refresh(self) -> None:
        """Show the rules as they are in force."""

        def look(session: Session) -> tuple[Rules, dict[str, str], list[RuleChange]]:
            return known.of(session).rules, today.told(session), RuleChange.newest(session, SHOWN)

        in_force, effects, changes = await self.live.read(look)
        for name, label in self.today.items():
            label.set_text(effects.get(name, ""))
        self.showing = True
        for name, field in self.fields.items():
            if self.known.get(name, ...) != getattr(in_force, name):  # what somebody is typing elsewhere stays
                field.set_value(_as_typed(getattr(in_force, name)))
        self.showing = False
        self.known = in_force.model_dump()
        self.log.clear()
        with self.log:
            for change in changes:
                self._change(change)

    def _change(self, change: RuleChange) -> None:
        with ui.element("li").props('data-read="true"'):
            title = RULES[change.rule].title
            ui.label(f"{change.actor.first_name} changed “{title}” from {change.old} to {change.new}")
            ui.label(when(change.created_at, self.live.user)).classes("muted")


def _as_typed(value: bool | int | None) -> Any:
    """A rule's value as its field holds it: a switch is on or off, a number is written out, or left empty."""
    return value if isinstance(value, bool) else "" if value is None else str(value)
