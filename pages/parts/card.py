"""The card of an order: enough to know what it is, where it stands, and to take the next step."""

from collections.abc import Callable

from nicegui import ui

from models.job import Job
from models.status import FINAL, Status
from models.user import Role
from pages.live import Live
from pages.parts import job_facts
from pages.parts.actions import Actions
from pages.parts.badge import Badge

ON_THE_ORDERS_PAGE = frozenset({"cancel"})
"""Actions too rare, and too final, for a card."""


class Card:
    """One order on a list. `show` changes in place what has changed."""

    def __init__(self, live: Live, job: Job, after: Callable[[Job], None]) -> None:
        """`after` hears of the order as it stands when somebody has moved it here."""
        self.live, self.job = live, job
        with ui.element("article").classes("card") as self.element:
            with ui.element("div").classes("card-head"):
                ui.label(job.display_id).classes("number")
                self.badge = Badge(job.status, live.user)
            self.title = ui.link(job.title, f"/jobs/{job.display_id}").classes("card-title").props("dir=auto")
            self.people = ui.label().classes("muted")
            self.deadline = ui.label().classes("deadline")
            self.asked = ui.label().classes("brief panel revision").props("data-asked dir=auto")
            self.receipt = ui.link("Receipt").classes("receipt-link")
            self.receipt.set_visibility(False)
            if live.user.role is Role.client:
                self.steps = ui.element("div").classes("steps")
            self.actions = Actions(live, job, after, leave_out=ON_THE_ORDERS_PAGE)
        self._facts()

    def show(self, job: Job) -> bool:
        """Show the order as it stands now; False when this is older than what the card shows."""
        if job.version < self.job.version:
            return False
        self.job = job
        self.title.set_text(job.title)
        self.badge.show(job.status)
        self.actions.show(job)
        self._facts()
        return True

    @property
    def may_have_receipt(self) -> bool:
        """Whether the order is completed and its receipt not shown yet."""
        return self.job.status is Status.completed and not self.receipt.visible

    def link_receipt(self, code: str) -> None:
        """Show the way to the order's receipt."""
        self.receipt.props(f'href="/receipts/{code}"').set_visibility(True)

    def _facts(self) -> None:
        job, reader = self.job, self.live.user
        late = "true" if job.is_late_for(reader) else "false"
        self.element.props(f'data-job="{job.display_id}" data-status="{job.status}" data-late="{late}"')
        who = job_facts.people(job, reader)
        self.people.set_text(who)
        self.people.set_visibility(bool(who))
        self.deadline.set_text(job_facts.held(job) if job.on_hold else job_facts.summary(job, reader))
        self.asked.set_text(job_facts.to_revise(job))
        self.asked.set_visibility(reader.role is Role.writer and bool(job.asked_for))
        if reader.role is Role.client:
            step = job_facts.STEPS.get(job.status, 0)
            self.steps.set_visibility(job.status not in FINAL)
            self.steps.props(f'role=img data-step="{step}" aria-label="Step {step} of 5"')
