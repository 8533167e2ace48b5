"""One job: what was ordered, where it stands, what you may do, what has happened."""

from collections.abc import Callable
from dataclasses import dataclass

from nicegui import background_tasks, ui
from sqlmodel import Session

from models.comment import Comment
from models.file import File
from models.job import Job, find
from models.payment import Payment
from models.preference import Mute
from models.receipt import Receipt
from models.status import Status
from models.status_log import StatusLog
from models.user import Role, User
from pages.frame import HOMES, frame, page
from pages.job import brief
from pages.job.actions import Actions
from pages.job.amend import AmendButton, order_again
from pages.job.badge import Badge
from pages.job.brief import Brief
from pages.job.composer import Composer
from pages.job.corrections import Corrections
from pages.job.file_list import FileList
from pages.job.hold import Hold
from pages.job.ledger import Ledger
from pages.job.mute import MuteSwitch
from pages.job.printing import print_button
from pages.job.reading import keep_looking, look_at
from pages.job.timeline import Entry, Timeline
from pages.live import Live
from pages.parts import headings, job_facts, unsent_words
from pages.parts.more_menu import MoreMenu
from pages.parts.words import Prose, typed
from workflow.history import receipts
from workflow.history.visibility import assigned, readable_lines
from workflow.paying import HowToPay
from workflow.text import characters, prose

THANKS = "Thank you, {name}. We have received your order."
NEXT = (
    "Next, we look at it and confirm it, with its deadline; then a writer begins. You hear of each step here and by "
    "mail, and until we have confirmed it you can still change the order."
)


@page("/jobs/{display_id}")
async def job_page(live: Live, display_id: str, placed: str = "") -> None:
    """One order, for all who may see it; `placed` is set when it was just ordered."""

    def look(session: Session) -> Found | None:
        return Found.read(session, live.user, display_id)

    found = await live.read(look)
    if found is None:
        no_such_order(live)
        return
    await look_at(live, found.job)

    async def refresh() -> None:
        now = await live.read(look)
        if now is None:
            live.client.open(HOMES[live.user.role])
        else:
            order.show_all(now)

    def hear(news: Job) -> None:
        if news.id != order.job.id:
            order.look_for_room()
            return
        if news.is_visible_to(live.user, live.rules):
            order.show(news)
        background_tasks.create(refresh())

    with frame(live, f"{found.job.display_id} {characters.isolated(found.job.title)}"):
        thanks(live, found.job, placed)
        order = OrderView(live, found, hear)
        order.show_all(found)

    live.job_handlers.append(hear)
    live.refreshers.append(refresh)
    keep_looking(live, found.job)


def thanks(live: Live, job: Job, placed: str) -> None:
    """What its client reads once an order is placed: thanks, and what happens next."""
    if not placed or job.status is not Status.pending or live.user.id != job.client_id:
        return
    with ui.element("div").classes("thanks print-hide").props("role=status"):
        ui.label(THANKS.format(name=characters.isolated(job.client.first_name))).classes("timeline-what")
        ui.label(NEXT)


def no_such_order(live: Live) -> None:
    """What is shown for an order that is not there, or not this person's to see: no difference."""
    with frame(live, "No such order"):
        headings.title("There is no such order.")
        ui.label("The number may be mistyped, or the order is not yours to see.").classes("muted")
        ui.link("Back to the start", HOMES[live.user.role])


@dataclass(frozen=True)
class Found:
    """The order, its history, talk, payments and files, as they stand together."""

    job: Job
    history: list[StatusLog]
    talk: list[Comment]
    payments: list[Payment]
    files: list[File]
    is_muted: bool
    versions: dict[int, int]
    receipt: Receipt | None
    assigned: str | None
    how_to_pay: HowToPay

    @property
    def events(self) -> list[Entry]:
        """All that happened to the order, oldest first; of the same moment, a file comes before its delivery."""
        entries: list[Entry] = [*self.history[:1], *self.files, *self.payments, *self.history[1:]]
        return sorted(entries, key=lambda entry: entry.created_at)

    @classmethod
    def read(cls, session: Session, reader: User, display_id: str) -> "Found | None":
        """All that this reader may see of the order with this number, if there is one for them."""
        job = find(session, reader, display_id=display_id) if display_id.isprintable() else None
        if job is None:
            return None
        talk = Comment.of(session, job, reader)
        brief.prepare(job)
        lines = StatusLog.of(session, job)
        history = readable_lines(lines, reader)
        how_to_pay = HowToPay.read(session) if reader.role is Role.client else HowToPay()
        how_to_pay.code(job)  # to be remembered: drawing it takes a while
        prose.prepare(how_to_pay.words, *(comment.shown for comment in talk), *(line.note or "" for line in history))
        return cls(
            job=job,
            history=history,
            talk=talk,
            payments=Payment.of(session, job.key) if reader.role is not Role.writer else [],
            files=File.of(session, job, reader),
            is_muted=job.key in Mute.of_user(session, reader.key),
            versions=File.versions(session, job),
            receipt=receipts.of_job(session, job, reader),
            assigned=assigned(lines, job),
            how_to_pay=how_to_pay,
        )


class OrderView:
    """The order on its page; `show` changes in place what has changed."""

    def __init__(self, live: Live, found: Found, after: Callable[[Job], None]) -> None:
        """`after` hears of the order as it stands when somebody has moved it here."""
        self.live, self.job = live, found.job
        job = self.job
        with ui.element("article").classes("order") as self.element:
            self._head()
            with ui.element("div").classes("order-columns"):
                with ui.element("div").classes("order-main"):
                    self._next_step(after)
                    with ui.element("div").classes("order-main later"):
                        self._talk()
                        self.brief = Brief(job)
                        headings.section("History")
                        self.timeline = Timeline(live)
                with ui.element("div").classes("order-side"):
                    self.files = FileList(live, job)
                    self.facts = ui.element("dl").classes("facts panel")
                    self.corrections = Corrections(live, job)
                    self.ledger = Ledger(live, found.how_to_pay) if live.user.role is not Role.writer else None

    def _head(self) -> None:
        with ui.element("div").classes("order-head"):
            ui.label(self.job.display_id).classes("number")
            self.badge = Badge(self.job.status, self.live.user)
            self.receipt = ui.link("Receipt").classes("receipt-link")
            self.receipt.set_visibility(False)
            with ui.row().classes("order-menu"):
                if self.live.user.role is not Role.writer:
                    order_again(self.job)
                with MoreMenu("More for this order"):
                    self.edit = AmendButton(self.live, self.job)
                    self.hold = Hold(self.live, self.job)
                    self.mute = MuteSwitch(self.live, self.job)
                    print_button()
                    self.rare = ui.element("div").classes("rare")
        self.title = typed(self.job.title).classes("page-title").props("role=heading aria-level=1 tabindex=-1")
        self.turn = ui.label().classes("turn").props("role=status")

    def _next_step(self, after: Callable[[Job], None]) -> None:
        self.revision = Prose().classes("panel revision")
        with ui.element("div").classes("panel decision print-hide") as self.decision:
            self.actions = Actions(
                self.live,
                self.job,
                after,
                rare=self.rare,
                note=self._words,
                taken=self._taken,
                give_back=self._give_back,
            )
            self.note = ui.textarea("A note to go with the next step (if you like)")
            self.note.props("outlined dense autogrow rows=1").classes("full step-note")
            unsent_words.keep(self.note, "note")
            self.said = ""

    def _talk(self) -> None:
        with ui.element("div").classes("order-main print-hide"):
            headings.section("Talk")
            self.composer = Composer(self.live, self.job)
            self.talk = Timeline(self.live, "talk")

    def _taken(self) -> None:
        if self.note.value == self.said:  # else somebody goes on typing already, or it did not go along
            self.note.set_value("")
            unsent_words.drop(self.live.client, "note")

    def _words(self) -> str:
        self.said = self.note.value or ""
        return self.said.strip()

    def _give_back(self, words: str) -> None:
        self.note.set_value("\n".join(filter(None, (words, self.note.value))))

    def show_all(self, found: Found) -> None:
        """Show the order with its history and its payments."""
        self.show(found.job)
        self.brief.show(self.job)
        self.revision.show(job_facts.to_revise(self.job))
        self.revision.set_visibility(bool(self.job.asked_for))
        self.talk.show(found.job, found.talk, found.assigned)
        self.timeline.show(found.job, found.events, found.assigned)
        self.mute.show(is_muted=found.is_muted)
        self.files.show(found.job, found.files, found.versions)
        if found.receipt:
            self.receipt.props(f'href="/receipts/{found.receipt.code}"').set_visibility(True)
        if self.ledger:
            self.ledger.show(found.job, found.payments)

    def show(self, job: Job) -> None:
        """Show the order as it stands now; an older state than what is shown is left aside."""
        if job.version < self.job.version:
            return
        self.job = job
        self.element.props(f'data-job="{job.display_id}" data-status="{job.status}"')
        self.badge.show(job.status)
        self.actions.show(job)
        self.edit.show(job)
        self.hold.show(job)
        self.corrections.show(job)
        self.composer.show(job)
        self.turn.set_text(job_facts.turn(job, self.live.user))
        self.decision.set_visibility(bool(self.actions.box.default_slot.children))
        self.title.set_text(job.title)
        self._show_facts()

    def look_for_room(self) -> None:
        """Another order has moved: a writer may have room for this one now, or no more."""
        if self.job.is_claimable:
            self.actions.show(self.job)

    def _show_facts(self) -> None:
        late = job_facts.late_ones(self.job, self.live.user)
        self.facts.clear()
        with self.facts:
            for name, value in self._known():
                with ui.element("div"):
                    with ui.element("dt"):
                        ui.label(name).classes("muted")
                    with ui.element("dd"):
                        ui.label(value).classes("late" if name in late else "")

    def _known(self) -> list[tuple[str, str]]:
        job, reader = self.job, self.live.user
        known = [job_facts.end(job, reader), ("Work", job_facts.work(job, reader))]
        if reader.is_staff and job.writer_deadline:
            known.append((job_facts.WRITERS, job_facts.writers_deadline(job, reader)))
        if reader.role is not Role.writer:
            known.append(("Amount", f"{job_facts.price(job, reader)}, {job.payment_status}"))
        known += job_facts.around(job, reader)
        if job.included_revisions is not None:
            known.append(("Revisions", job_facts.rounds(job)))
        return known
