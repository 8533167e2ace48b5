"""The dialog before an account is closed, or stops being a writer's: what hangs on it, and who takes it."""

from dataclasses import dataclass, field

from nicegui import ui
from sqlmodel import Session

from models.job import Job, loads
from models.user import Role, User
from pages.live import Live
from pages.parts.dialogs import answer, with_load
from workflow.orders import departures
from workflow.orders.departures import InHand
from workflow.text import characters

STAYS, AS_ABOVE = 0, -1


@dataclass(frozen=True)
class Heirs:
    """Who takes the orders: all of them, and those that go elsewhere."""

    all_to: int | None = None
    each_to: dict[int, int] = field(default_factory=dict)


async def ask_who_takes_over(live: Live, user: User, question: str, consequence: str, button: str) -> Heirs | None:
    """Say what hangs on an account and ask who takes its orders; None when it is not to be after all."""

    def look(session: Session) -> tuple[InHand, dict[int, str]]:
        hands = loads(session)
        writers = [each for each in User.active_with(session, [Role.writer]) if each.id != user.id]
        return departures.in_hand(session, user), {
            each.key: with_load(each, hands.get(each.key, 0), live) for each in writers
        }

    in_hand, writers = await live.read(look)
    with ui.dialog() as dialog, ui.card().classes("dialog"):
        ui.label(question).classes("dialog-title")
        ui.label(consequence)
        for sentence in in_hand.sentences:
            ui.label(sentence)
        choice = Choice(in_hand.written, {STAYS: f"Nobody yet: they stay with {_named(user)}"} | writers)
        with ui.row().classes("dialog-buttons"):
            ui.button("Not now", on_click=dialog.close).props("flat no-caps color=ink")
            done = ui.button(button, on_click=lambda: dialog.submit(choice.heirs))
            done.props("no-caps unelevated data-confirm")
            if in_hand.written:
                done.bind_enabled_from(choice.everything, "value", lambda chosen: chosen is not None)
    return await answer(dialog, str(user.key))


def _named(user: User) -> str:
    return characters.isolated(user.first_name)


class Choice:
    """Who takes all the orders; and unfolded, who takes which."""

    def __init__(self, jobs: list[Job], heirs: dict[int, str]) -> None:
        self.everything = ui.select(heirs, label="Who takes over?", with_input=True).props("outlined").classes("full")
        self.everything.set_visibility(bool(jobs))
        self.each: dict[int, ui.select] = {}
        if len(jobs) > 1:
            with ui.expansion("Choose for each order").classes("full"):
                for job in jobs:
                    label = f"{job.display_id} · {characters.isolated(job.title)}"
                    one = ui.select({AS_ABOVE: "As above"} | heirs, value=AS_ABOVE, label=label)
                    self.each[job.key] = one.props("outlined dense").classes("full")

    @property
    def heirs(self) -> Heirs:
        """What was chosen."""
        each = {key: one.value for key, one in self.each.items() if one.value != AS_ABOVE}
        return Heirs(self.everything.value or None, each)
