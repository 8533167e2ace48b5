"""The bulk bar: what to do with the orders selected, a preview of what would happen, and what became of each."""

from collections.abc import Awaitable, Callable, Collection

from fastapi.concurrency import run_in_threadpool
from nicegui import ui

from models.bulk import BulkOperation
from models.status import Status
from models.user import Role, User
from pages.frame import refusals_shown
from pages.live import Live
from pages.parts import unsent_words
from pages.parts.dialogs import answer
from pages.parts.words import typed
from workflow.orders import bulk, bulk_preview
from workflow.orders.bulk_preview import Preview, Verdict
from workflow.orders.bulk_wish import Wish
from workflow.possibilities import NAMEABLE
from workflow.words import LABELS

TARGETS = {status: LABELS[status][0] for status in Status if any(status in ways for ways in NAMEABLE.values())}
"""Where orders can be moved to by name."""


class BulkBar:
    """Shown while orders are selected; `done` is called after orders were moved."""

    def __init__(self, live: Live, writers: list[User], done: Callable[[], Awaitable[None]]) -> None:
        self.live, self.done = live, done
        self.names: dict[int, str] = {}
        with ui.element("div").classes("bulk panel").props("role=region aria-label='Selected orders'") as self.box:
            self.count = ui.label().classes("turn")
            names = {writer.key: writer.name for writer in writers}
            self.writer = ui.select(names, label="Writer").props("outlined dense")
            self.reason = ui.input("Note (if you like)").props("outlined dense")
            unsent_words.keep(self.reason, "bulk")
            ui.label("Move to").classes("muted")
            self.targets = {target: self._button(target) for target in TARGETS}
        self.select({}, set())

    def _button(self, target: Status) -> ui.button:
        button = ui.button(TARGETS[target], on_click=lambda: self.preview(target))
        button.props["data-bulk"] = target
        return button.props("no-caps outline color=ink")

    def select(self, names: dict[int, str], statuses: Collection[Status]) -> None:
        """These orders are selected: their names by id, and where they stand; offered is where any of them can go."""
        self.names = names
        ways = {target for status in statuses for target in NAMEABLE[status]}
        for target, button in self.targets.items():
            button.set_visibility(target in ways)
        self.writer.set_visibility(Status.assigned in ways)
        self.count.set_text(f"{len(names)} selected")
        self.box.set_visibility(bool(names))

    def say_of(self, total: int) -> None:
        """Say of how many these are a part; the others can follow in a second operation."""
        self.count.set_text(f"{len(self.names)} of {total} selected: one operation takes no more")

    async def preview(self, target: Status) -> None:
        """Show what would become of each order; then, if that is wanted, move them."""
        with refusals_shown():
            wish = Wish(
                order_ids=tuple(self.names),
                new_status=target,
                reason=self.reason.value or None,
                writer_id=self.writer.value if target is Status.assigned else None,
            )
            seen = await run_in_threadpool(bulk_preview.preview, wish, by=await self.live.actor())
            if await _agreed(wish, seen, self.names):
                await self._update(wish, seen.token)

    async def _update(self, wish: Wish, token: str) -> None:
        actor = await self.live.actor()
        moved = 0

        def count(done: int) -> None:
            nonlocal moved
            moved = done

        with (
            ui.dialog(value=True).props('persistent aria-label="Moving the orders"') as dialog,
            ui.card().classes("dialog"),
        ):
            ui.label("Moving the orders").classes("dialog-title")
            bar = ui.linear_progress(0, show_value=False).props("aria-label=Progress")
            ui.timer(0.2, lambda: bar.set_value(moved / len(wish.order_ids)))
        try:
            operation = await run_in_threadpool(bulk.update, wish, by=actor, token=token, progress=count)
        finally:
            if not dialog.is_deleted:
                dialog.delete()
        unsent_words.drop(self.live.client, "bulk")
        await _shown(operation, self.names)
        await self.done()


async def _agreed(wish: Wish, seen: Preview, names: dict[int, str]) -> bool:
    able = sum(not verdict.refusal for verdict in seen.verdicts)
    with ui.dialog() as dialog, ui.card().classes("dialog wide"):
        target = TARGETS[wish.new_status].lower()
        ui.label(f"{able} of {len(seen.verdicts)} can become {target}").classes("dialog-title")
        with ui.element("ul").classes("plain verdicts").props("tabindex=0"):
            for verdict in seen.verdicts:
                with ui.element("li").props(f'data-eligible="{str(not verdict.refusal).lower()}"'):
                    typed(names[verdict.order_id]).classes("person-name")
                    ui.label(" ".join(verdict.reasons) or _means(verdict)).classes("muted")
        with ui.row().classes("dialog-buttons"):
            ui.button("Not now", on_click=dialog.close).props("flat no-caps color=ink")
            go = ui.button(f"Move {able}", on_click=lambda: dialog.submit(True))
            go.props("no-caps unelevated data-confirm").set_enabled(able > 0)
    return bool(await answer(dialog))


def _means(verdict: Verdict) -> str:
    return "stands there already" if verdict.job and verdict.job.status is verdict.target else "can move"


async def _shown(operation: BulkOperation, names: dict[int, str]) -> None:
    with ui.dialog() as dialog, ui.card().classes("dialog wide"):
        ui.label(f"{operation.moved} of {len(operation.outcomes)} moved").classes("dialog-title").props("role=status")
        with ui.element("ul").classes("plain verdicts").props("tabindex=0"):
            for line in operation.outcomes:
                with ui.element("li").props(f'data-success="{str(line.success).lower()}"'):
                    typed(names[line.order_id]).classes("person-name")
                    ui.label(line.error or LABELS[line.new_status or operation.new_status][0]).classes("muted")
        with ui.row().classes("dialog-buttons"):
            ui.link("CSV", f"/bulk/{operation.id}/export?kind=csv")
            ui.link("XLSX", f"/bulk/{operation.id}/export?kind=xlsx")
            ui.button("Done", on_click=dialog.close).props("no-caps unelevated")
    await answer(dialog)


async def writers_of(live: Live) -> list[User]:
    """The active writers, by name."""
    return await live.read(lambda session: User.active_with(session, [Role.writer]))
