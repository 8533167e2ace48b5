"""The buttons of an order on its own page: what may be done now, and under what is closed, why; rare ones in a menu."""

from collections.abc import Callable
from typing import Any

from nicegui import ui

from models.job import Job
from pages.job import asking
from pages.job.asking import Asking
from pages.job.pending_action import under_way
from pages.live import Live
from pages.parts.more_menu import item
from pages.parts.offers import RARE, Offer, offers
from pages.parts.steps import Steps


class Actions:
    """The buttons of one order. `show` draws them anew when the order, or what may be done with it, has changed."""

    def __init__(
        self,
        live: Live,
        job: Job,
        after: Callable[[Job], None],
        *,
        rare: ui.element,
        note: Callable[[], str],
        taken: Callable[[], object],
        give_back: Callable[[str], object],
    ) -> None:
        """`after` hears of the order as it stands then; in `rare` stand the rare steps.

        `note` says what goes along, and comes back by `give_back`.
        """
        self.live, self.job, self.rare = live, job, rare
        self.steps = Steps(live, after, lambda _key: self.show(self.job), note=note, taken=taken, give_back=give_back)
        self.box = ui.element("div").classes("actions")
        self.asking = Asking(self._ask_for_changes)
        self._drawn: object = None
        live.partings.append(self._let_go)
        self.show(job)

    def _let_go(self) -> None:
        del self.asking

    def show(self, job: Job) -> None:
        """Draw the buttons for the order as it stands now."""
        self.job = job
        offered = offers(job, self.live.user, self.live.rules, len(self.live.in_hand))
        wish = self.live.intention(job)
        drawn = (job.version, offered, wish and wish.id)
        if self._drawn == drawn:
            return
        self._drawn = drawn
        self.box.clear()
        self.rare.clear()
        if not any(offer.action == asking.ACTION and not offer.why for offer in offered):
            self.asking.close()
        with self.box:
            if wish:
                under_way(wish, lambda: self.steps.take_back(self.job.key))
                return
            for offer in offered:
                if offer.action not in RARE:
                    self._button(offer)
        with self.rare:
            for offer in offered:
                if offer.action in RARE:
                    item(self._button(offer))

    async def _press(self, action: str) -> None:
        if action == asking.ACTION:
            self.asking.open(self.job)
        else:
            await self.steps.press(self.job, action)

    async def _ask_for_changes(self, job: Job, said: dict[str, Any]) -> None:
        await self.steps.press(job, asking.ACTION, said)

    def _button(self, offer: Offer) -> ui.button:
        with ui.element("div").classes("action"):
            button = ui.button(offer.name, icon=offer.icon, on_click=lambda: self._press(offer.action))
            button.props(f'no-caps unelevated data-action="{offer.action}"')
            button.props("color=primary" if offer.is_loud else "outline color=ink")
            if not offer.why:
                return button
            button.disable()
            button.props(f'aria-describedby="why-{button.id}"').tooltip(offer.why)
            ui.label(offer.why).classes("why").props(f'id="why-{button.id}"')
            if offer.askable:
                ask = ui.button("Ask them", icon="front_hand")
                ask.props(f'flat dense no-caps color=ink data-ask="{offer.action}"')
                ask.on_click(lambda: self.steps.ask(self.job.key, offer.action))
        return button
