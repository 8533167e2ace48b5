"""Candidates: who could do an order, the likeliest first."""

from dataclasses import dataclass

from sqlmodel import Session

from models import known
from models.job import Job
from models.user import Role, User
from models.workload import Workload, workloads
from workflow.conditions import writer_has_room
from workflow.guards import Ask


@dataclass(frozen=True)
class Candidate:
    """A writer, and what speaks for and against them; `why` says why they cannot be chosen."""

    writer: User
    work: Workload
    limit: int | None
    why: str

    @property
    def rank(self) -> tuple[object, ...]:
        """Who has room comes first, then who has less that is due sooner, then who did more of that kind."""
        return bool(self.why), self.work.due_sooner, -self.work.done_lately, self.work.in_hand, self.writer.name_folded


def candidates(session: Session, job: Job, by: User) -> list[Candidate]:
    """All active writers, the likeliest first."""
    found, nothing = workloads(session, job), Workload()
    writers = User.active_with(session, [Role.writer])
    all_of_them = [_candidate(session, job, by, writer, found.get(writer.key, nothing)) for writer in writers]
    return sorted(all_of_them, key=lambda each: each.rank)


def _candidate(session: Session, job: Job, by: User, writer: User, work: Workload) -> Candidate:
    ask = Ask(job, by, known.of(session).rules, writer=writer, load=work.in_hand)
    return Candidate(writer, work, ask.limit, "" if writer_has_room.holds(ask) else writer_has_room.reason(ask))
