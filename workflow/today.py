"""Today: what each rule does to the orders that run now, or would do if it were on, by the rule's own conditions."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlmodel import Session, col, select

from models import known
from models.job import Job, loads
from models.rows import bare
from models.rules import Rules
from models.second_factor import SecondFactor
from models.status import FINAL, Status
from models.user import Role
from workflow.conditions import CLAIMANT, writer_has_room
from workflow.guards import Ask
from workflow.possibilities import LEAVING

MOST = 2000
"""At how many running orders we look, the newest ones: the page is there to decide by, not to count."""

RUNNING = [status for status in Status if status not in FINAL]

Count = Callable[["Desk", str], int]


@dataclass(frozen=True)
class Desk:
    """The orders that run, how many of them each writer has in hand, and the rules as they are.

    `unguarded`: how many managers and admins have no second factor.
    """

    jobs: list[Job]
    asks: list[Ask]
    rules: Rules
    unguarded: int

    @classmethod
    def read(cls, session: Session) -> "Desk":
        """As it stands now."""
        running = select(Job).where(col(Job.status).in_(RUNNING)).order_by(col(Job.id).desc()).limit(MOST)
        people, in_hand, nothing = known.of(session), loads(session), bare(Job, {})
        writers = [user for user in people.crew if user.role is Role.writer]
        asks = [Ask(nothing, None, people.rules, writer=each, load=in_hand.get(each.key, 0)) for each in writers]
        unguarded = len({user.key for user in people.staff} - SecondFactor.everybodys(session))
        return cls(list(session.exec(running)), asks, people.rules, unguarded)

    def under(self, rule: str) -> Rules:
        """The rules with this switch on."""
        return Rules(**self.rules.model_dump() | {rule: True})


@dataclass(frozen=True)
class Effect:
    """What a rule does: how it is counted, and the sentences for none, one and many, with it off and on."""

    count: Count
    off: tuple[str, str, str]
    on: tuple[str, str, str]

    def told(self, desk: Desk, rule: str) -> str:
        """The sentence for today."""
        number, value = self.count(desk, rule), getattr(desk.rules, rule)
        return (self.off if value is None or value is False else self.on)[min(number, 2)].format(number=number)


def _held_back(desk: Desk, rule: str) -> int:
    """How many orders stand before an arrow whose condition of this rule does not hold."""
    rules = desk.under(rule)
    return sum(any(not holds(Ask(job, None, rules)) for holds in _conditions(job.status, rule)) for job in desk.jobs)


def _conditions(status: Status, rule: str) -> set[Callable[[Ask], bool]]:
    every = (condition for arrow in LEAVING[status] for condition in arrow.guard.conditions)
    return {condition.holds for condition in every if condition.switch == rule}


def _claimable(desk: Desk, rule: str) -> int:
    return sum(CLAIMANT.includes(Ask(job, None, desk.under(rule))) for job in desk.jobs)


def _delivered(desk: Desk, _rule: str) -> int:
    return sum(job.status is Status.delivered and not job.on_hold for job in desk.jobs)


def _full(desk: Desk, _rule: str) -> int:
    return sum(not writer_has_room.holds(ask) for ask in desk.asks)


def _fullest(desk: Desk, rule: str) -> int:
    return max((ask.load for ask in desk.asks), default=0) if getattr(desk.rules, rule) is None else _full(desk, rule)


def _unguarded(desk: Desk, _rule: str) -> int:
    return desk.unguarded


_HOLDS_BACK = Effect(
    _held_back,
    ("Would hold back no order today.", "Would hold back 1 order today.", "Would hold back {number:,} orders today."),
    ("Holds back no order today.", "Holds back 1 order today.", "Holds back {number:,} orders today."),
)
_WAITING = (
    "No order waits for its client today.",
    "1 delivered order waits for its client today.",
    "{number:,} delivered orders wait for their clients today.",
)
_UNGUARDED = (
    "Every manager and admin has one today.",
    "1 manager or admin has none today; the page of people says who.",
    "{number:,} managers and admins have none today; the page of people says who.",
)
EFFECTS = {
    "deposit_first": _HOLDS_BACK,
    "paid_before_completion": _HOLDS_BACK,
    "editing_is_required": _HOLDS_BACK,
    "file_before_delivery": _HOLDS_BACK,
    "writers_may_claim": Effect(
        _claimable,
        ("Would offer no order today.", "Would offer 1 order today.", "Would offer {number:,} orders today."),
        ("Offers no order today.", "Offers 1 order today.", "Offers {number:,} orders today."),
    ),
    "writer_capacity": Effect(
        _fullest,
        (
            "No writer has an order in hand today.",
            "No writer has more than 1 order in hand today.",
            "No writer has more than {number:,} orders in hand today.",
        ),
        ("Every writer has room today.", "1 writer has no room today.", "{number:,} writers have no room today."),
    ),
    "auto_complete_days": Effect(_delivered, _WAITING, _WAITING),
    "second_factor_days": Effect(_unguarded, _UNGUARDED, _UNGUARDED),
}
"""By rule; the others are about what is ordered from now on."""


def told(session: Session) -> dict[str, str]:
    """What each rule does today, or would do, in a sentence."""
    desk = Desk.read(session)
    return {rule: effect.told(desk, rule) for rule, effect in EFFECTS.items()}
