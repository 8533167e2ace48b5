"""Kinds of work: what can be ordered, for which price, in how many days, and what clients are asked."""

from dataclasses import replace
from typing import Any

from fastapi.concurrency import run_in_threadpool
from nicegui import ui
from nicegui.elements.mixins.validation_element import ValidationElement
from sqlmodel import Session

from models.agency import Agency
from models.user import Role
from models.work_type import WorkType
from pages.frame import frame, once, page, refusals_shown
from pages.live import Live
from pages.parts import headings, job_facts
from pages.parts.dialogs import answer
from pages.summary import Summary
from workflow import checks, money
from workflow.orders import work_types
from workflow.orders.work_types import Offer

UNITS = ["words", "pages", "hours", "pieces"]


@page("/admin/work", Role.admin)
async def kinds_page(live: Live) -> None:
    """Kinds of work."""
    with frame(live, "Kinds of work"):
        with ui.element("div").classes("page-head"):
            headings.title("Kinds of work")
            add = ui.button("Add a kind of work", icon="add").props("no-caps unelevated")
        ui.label("Clients choose one of these, and see its price as they type how much they need.").classes("muted")
        listed = Kinds(live)
        await listed.refresh()
        add.on_click(lambda: listed.ask(None))
        live.refreshers.append(listed.refresh)


class Kinds:
    """The list; each row can be changed, or taken off the form."""

    def __init__(self, live: Live) -> None:
        self.live, self.currency = live, ""
        self._shown: object = None
        self.box = ui.element("ul").classes("news")

    async def refresh(self) -> None:
        """Read what there is, and show it."""

        def look(session: Session) -> tuple[list[WorkType], str]:
            return WorkType.everything(session), Agency.currency_in_force(session)

        found, self.currency = await self.live.read(look)
        state = [kind.model_dump() for kind in found], self.currency
        if state == self._shown:  # a list that is built anew swallows the click that is on its way to it
            return
        self._shown = state
        self.box.clear()
        with self.box:
            if not found:
                with ui.element("li").classes("empty"):
                    ui.label("No kind of work yet: clients describe in their own words what they need.")
            for kind in found:
                self._row(kind)

    def _row(self, kind: WorkType) -> None:
        with ui.element("li").props(f'data-kind-of-work="{kind.id}" data-read="true"'):
            with ui.element("div").classes("news-text"):
                ui.label(kind.name if kind.active else f"{kind.name} (no longer offered)").classes("person-name")
                asked = f", {len(kind.questions)} questions" if kind.questions else ""
                ui.label(f"{job_facts.list_price(kind, self.currency, self.live.user.locale)}{asked}").classes("muted")
            change = ui.button("Change", on_click=lambda: self.ask(kind))
            change.props("flat dense no-caps color=ink")
            change.props["aria-label"] = f"Change {kind.name}"
            word = "Offer no more" if kind.active else "Offer again"
            offer = once(ui.button(word), lambda: self._offer(kind))
            offer.props("flat dense no-caps color=ink")
            offer.props["aria-label"] = f"{word}: {kind.name}"

    async def _offer(self, kind: WorkType) -> None:
        with refusals_shown():
            await run_in_threadpool(work_types.set_offered, kind.key, not kind.active, by=await self.live.actor())
            await self.refresh()

    async def ask(self, kind: WorkType | None) -> None:
        """Ask what a kind of work is, and keep it."""
        with self.live.client, ui.dialog() as dialog, ui.card().classes("dialog"):
            ui.label("Change a kind of work" if kind else "Add a kind of work").classes("dialog-title")
            summary = Summary()
            form = KindForm(kind or WorkType(name=""), self.currency)

            async def save() -> None:
                with refusals_shown(summary, **form.named):
                    actor = await self.live.actor()
                    await run_in_threadpool(work_types.save, form.said(), kind.key if kind else None, by=actor)
                    dialog.submit(True)

            with ui.row().classes("dialog-buttons"):
                ui.button("Not now", on_click=dialog.close).props("flat no-caps color=ink")
                once(ui.button("Save"), save).props("no-caps unelevated data-confirm")
        await answer(dialog, kind.name if kind else "")
        await self.refresh()


class KindForm:
    """The fields of a kind of work."""

    def __init__(self, kind: WorkType, currency: str) -> None:
        self.currency = currency
        self.name = ui.input("Name", value=kind.name).props("outlined autofocus maxlength=60")
        units = sorted({*UNITS, kind.unit})
        with ui.element("div").classes("form-row"):
            self.price = ui.input(f"Price ({currency})", value=money.decimal(kind.price, currency))
            self.price.props("outlined inputmode=decimal")
            self.per = ui.input("for so many", value=str(kind.per)).props("outlined inputmode=numeric")
            self.unit = ui.select(units, value=kind.unit, label="Unit", new_value_mode="add-unique").props("outlined")
        self.days = ui.input("Usual days", value=str(kind.usual_days)).props("outlined inputmode=numeric")
        self.questions = ui.textarea("Questions to ask, one a line", value="\n".join(kind.questions))
        self.questions.props("outlined autogrow")

    @property
    def named(self) -> dict[str, ValidationElement[Any]]:
        """The fields, by the names that refusals give them."""
        numbers: dict[str, ValidationElement[Any]]
        numbers = {"price": self.price, "number_of_units": self.per, "usual_days": self.days}
        words = {"name": self.name, "unit": self.unit, "question": self.questions, "questions": self.questions}
        return numbers | words

    def said(self) -> Offer:
        """What was filled in; raises InvalidField for all that does not fit."""
        questions = tuple((self.questions.value or "").splitlines())
        words = Offer(name=self.name.value or "", unit=str(self.unit.value or ""), questions=questions)
        numbers = checks.together(
            words=lambda: work_types.check(words),
            price=lambda: money.typed(self.price.value, self.currency, "price"),
            per=lambda: checks.number("number_of_units", self.per.value),
            usual_days=lambda: checks.number("usual_days", self.days.value),
        )
        del numbers["words"]
        return replace(words, **numbers)
