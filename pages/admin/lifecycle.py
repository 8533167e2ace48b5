"""The lifecycle as it is: the diagram with today's numbers, who may do what, and under which rules."""

from nicegui import ui
from sqlmodel import Session

from models import known
from models.rules import Rules
from models.status import Status
from models.user import Role
from pages.frame import frame, page
from pages.live import Live
from pages.parts import headings
from pages.parts.freshness import freshness
from pages.parts.look import Look
from pages.parts.times import span
from workflow import documentation
from workflow.documentation import Occupancy
from workflow.guards import Condition
from workflow.possibilities import ARROWS, Arrow
from workflow.rules import RULES, shown
from workflow.words import ACTIONS, LABELS

DENSE = {"state": {"nodeSpacing": 24, "rankSpacing": 30}}
"""How Mermaid draws, so that a phone has room for it."""

Found = tuple[dict[Status, Occupancy], Rules]


@page("/admin/lifecycle", Role.admin)
async def lifecycle_page(live: Live) -> None:
    """Lifecycle."""

    def look(session: Session) -> Found:
        return documentation.occupancy(session), known.of(session).rules

    with frame(live, "Lifecycle"):
        headings.title("Lifecycle")
        view = LifecycleView()
        overview = Look(live, lambda: live.read(look), view.show)
        await overview.again()
        headings.section("Who may do what")
        _matrix()
        freshness(live, overview.again)


class LifecycleView:
    """What changes from day to day: the numbers in the drawing and beside it, and the rules' settings."""

    def __init__(self) -> None:
        with ui.element("div").classes("lifecycle"):
            with ui.element("div").classes("panel diagram").props('role=region aria-label="The lifecycle" tabindex=0'):
                self.diagram = ui.mermaid(drawing({}), DENSE, on_node_click=lambda event: _go(event.node_id))
                ui.label("Every order that is not over can also be cancelled.").classes("muted")
            with ui.element("div").classes("section"):
                headings.section("Where orders stand")
                self.tiles = ui.element("div").classes("standings")
                headings.section("Rules")
                self.rules = ui.element("div").classes("standings")

    def show(self, found: Found) -> None:
        """Show these numbers."""
        occupancy, rules = found
        self.diagram.set_content(drawing(occupancy))
        self.tiles.clear()
        with self.tiles:
            for status, held in occupancy.items():
                _tile(status, held)
        self.rules.clear()
        with self.rules:
            for name, rule in RULES.items():
                with ui.link(target="/admin/rules").classes("standing"):
                    ui.label(rule.title)
                    ui.label(shown(getattr(rules, name))).classes("muted")


def drawing(occupancy: dict[Status, Occupancy]) -> str:
    """The lifecycle from above to below, with today's numbers, for Mermaid; cancelling would cross all of it."""
    drawn = [status for status in Status if status is not Status.cancelled]
    names = {
        each: f"{LABELS[each][0]} · {occupancy[each].now}" if each in occupancy else LABELS[each][0] for each in drawn
    }
    states = [f'state "{name}" as {status}' for status, name in names.items()]
    arrows = [f"{each.source} --> {each.target} : {_called(each)}" for each in ARROWS if each.target in drawn]
    return "\n    ".join(["stateDiagram-v2", "direction TB", *states, f"[*] --> {Status.pending}", *arrows])


def _called(arrow: Arrow) -> str:
    verb = ACTIONS[arrow.action].verb
    return verb if arrow is arrow.first else f"{verb}, none left"


def _go(node_id: str) -> None:
    for status in sorted(Status, key=len, reverse=True):
        if status in node_id:
            ui.navigate.to(f"/all?status={status}")
            return


def _tile(status: Status, held: Occupancy) -> None:
    with ui.link(target=f"/all?status={status}").classes("standing").props(f'data-status="{status}"'):
        ui.label(LABELS[status][0]).classes("badge").props(f'data-status="{status}"')
        ui.label(str(held.now)).classes("tile-number")
        ui.label(f"median {span(held.median)}" if held.median else "none has moved on yet").classes("muted")


def _matrix() -> None:
    scroller = ui.element("div").classes("scroller").props('role=region aria-label="Who may do what" tabindex=0')
    with scroller, ui.element("table").classes("matrix panel"):
        with ui.element("thead"), ui.element("tr"):
            for head in ("Action", *(role.capitalize() for role in Role), "Under"):
                with ui.element("th").props("scope=col"):
                    ui.label(head)
        with ui.element("tbody"):
            for action, by_role in documentation.matrix().items():
                _action_row(action, by_role)


def _action_row(action: str, by_role: dict[Role, list[Arrow]]) -> None:
    with ui.element("tr"):
        with ui.element("th").props("scope=row"):
            ui.label(ACTIONS[action].button)
        for arrows in by_role.values():
            with ui.element("td"):
                ui.label(", ".join(f"from {LABELS[arrow.source][0].lower()}" for arrow in arrows) or "–")
        arrows = [arrow for of_role in by_role.values() for arrow in of_role]
        conditions = dict.fromkeys(condition for arrow in arrows for condition in arrow.guard.conditions)
        with ui.element("td"):
            ui.label("; ".join(_under(condition) for condition in conditions) or "–")


def _under(condition: Condition) -> str:
    return RULES[condition.switch].title.lower() if condition.switch else condition.holds.__name__.replace("_", " ")
