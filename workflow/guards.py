"""Guards: who may take an arrow of the lifecycle and under which rules, as questions with plain answers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from models.job import Job
from models.rules import Rules
from models.user import Role, User
from workflow.refusals import ConditionNotMet, Forbidden
from workflow.words import ACTIONS


@dataclass(frozen=True)
class Ask:
    """May this actor do this with this job now? No actor is the agency's own clock, which has no account.

    `writer` is who shall do the work, with `load` open orders in hand already. With `open_ended`, nobody is named
    yet because the question comes before the choice: then what depends on the choice counts as possible.
    """

    job: Job
    actor: User | None
    rules: Rules
    writer: User | None = None
    load: int = 0
    open_ended: bool = False
    note: str | None = None
    revision_notes: str | None = None
    writer_deadline: datetime | None = None
    client_approved: bool = False

    @classmethod
    def before_choosing(cls, job: Job, actor: User, rules: Rules, load: int = 0) -> "Ask":
        """The question as a page asks it, before anybody is named; a writer who looks thinks of themself."""
        themself = actor if actor.role is Role.writer else None
        return cls(job, actor, rules, writer=job.writer or themself, load=load, open_ended=True)

    @property
    def role(self) -> Role | None:
        """What the asker is; the clock has no role."""
        return self.actor and self.actor.role

    def is_by(self, user_id: int | None) -> bool:
        """Whether the asker is this user."""
        return self.actor is not None and self.actor.id == user_id

    @property
    def words(self) -> str | None:
        """All that was said with the request, for its line of the history: what to revise, then the note."""
        return "\n\n".join(dict.fromkeys(filter(None, (self.revision_notes, self.note)))) or None

    @property
    def limit(self) -> int | None:
        """How many orders the named writer may have in hand; None is no limit."""
        return self.rules.limit_of(self.writer) if self.writer else None


@dataclass(frozen=True)
class Party:
    """Somebody around a job: which roles they come from, whether the asker is one, and how a sentence calls them.

    Without roles it is the agency's own clock, which no sentence names. `one` is the one person meant, where there is
    one: the job's manager rather than the whole agency.
    """

    roles: frozenset[Role]
    includes: Callable[[Ask], bool]
    called: Callable[[Job], str]
    one: Callable[[Job], User | None] = lambda _job: None

    def has(self, ask: Ask) -> bool:
        """Whether the asker belongs to it."""
        fits = ask.role in self.roles if ask.actor else not self.roles
        return fits and self.includes(ask)


@dataclass(frozen=True)
class Condition:
    """What must hold before an arrow may be taken: its sentence, and the step by which somebody can see to it."""

    holds: Callable[[Ask], bool]
    sentence: str
    remedy: str
    who: Party
    switch: str | None = None

    def told(self, ask: Ask) -> str:
        """The sentence for this case."""
        return self.sentence.format(job=ask.job, rules=ask.rules, ask=ask)

    def is_theirs(self, ask: Ask) -> bool:
        """Whether the asker is one of those who can see to it."""
        return self.who.has(ask)

    def reason(self, ask: Ask) -> str:
        """The sentence for this case, and who could help by which step."""
        helper = "You" if self.is_theirs(ask) else self.who.called(ask.job)
        return f"{self.told(ask)} {helper[0].upper()}{helper[1:]} can {self.remedy}."


def rule(sentence: str, *, remedy: str, who: Party, switch: str | None = None) -> Callable[..., Condition]:
    """Make a condition of a yes-or-no function; `switch` names the agency's rule that it belongs to."""
    return partial(Condition, sentence=sentence, remedy=remedy, who=who, switch=switch)


@dataclass(frozen=True)
class Guard:
    """All that stands before one arrow."""

    parties: tuple[Party, ...]
    conditions: tuple[Condition, ...]
    roles: frozenset[Role] = field(init=False)

    def __post_init__(self) -> None:
        """Gather the roles that could ever pass."""
        object.__setattr__(self, "roles", frozenset().union(*(party.roles for party in self.parties)))

    def admits(self, ask: Ask) -> bool:
        """Whether the asker is one of those who may."""
        return any(party.has(ask) for party in self.parties)

    def open_conditions(self, ask: Ask) -> list[Condition]:
        """The conditions that do not hold yet."""
        return [condition for condition in self.conditions if not condition.holds(ask)]

    def reasons(self, ask: Ask) -> list[str]:
        """Why not yet, one sentence for each condition that does not hold."""
        return [condition.reason(ask) for condition in self.open_conditions(ask)]

    def check(self, ask: Ask, action: str) -> None:
        """Raise Forbidden or ConditionNotMet unless the asker may take this action now."""
        if not self.admits(ask):
            raise Forbidden(self.refusal(ask, action))
        if reasons := self.reasons(ask):
            raise ConditionNotMet(reasons)

    def refusal(self, ask: Ask, action: str) -> str:
        """What somebody is told who is none of those who may."""
        who = " or ".join(party.called(ask.job) for party in self.parties if party.roles)
        mine = "This is not your order. " if ask.role in self.roles else ""
        return f"{mine}Only {who} can {ACTIONS[action].verb} it."


def permit(guard: Guard, ask: Ask, event: Any) -> None:
    """Let the asker pass, or raise Forbidden or ConditionNotMet: a validator of the machine."""
    guard.check(ask, event.id)
