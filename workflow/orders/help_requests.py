"""Asking for help: a why-not goes, as news, to those who could clear it."""

from dataclasses import replace

from sqlmodel import Session

from models import clock, database
from models.notification import Notification
from models.preference import HELP_ASKED
from models.user import User
from workflow import access, budgets, moves
from workflow.guards import Ask, Party
from workflow.live import rings
from workflow.notifications import notices
from workflow.possibilities import judge, taken
from workflow.refusals import ConditionNotMet


def ask_for(job_id: int, action: str, *, by: User) -> list[User]:
    """Send the actor's why-nots for this action to those who could clear them; returns who was asked.

    Raises NotFound, Forbidden for a closed account, or ConditionNotMet when nothing is in the way, nobody else can
    help, or somebody just asked.
    """
    with database.writing() as session:
        actor = access.still_active(session, by)
        job = access.opened(session, job_id, actor)
        ask = moves.question(session, job, actor, open_ended=True)
        sentence, parties = _in_the_way(ask, action)
        helpers = [user for user in _helpers(session, ask, parties) if user.id != actor.id]
        if not helpers:
            raise ConditionNotMet(["Nobody else can help with this."])
        if Notification.is_newer(session, job.key, HELP_ASKED, clock.now() - budgets.HELP_REQUESTS):
            raise ConditionNotMet(["Somebody asked about this order less than an hour ago."])
        rings.announce(session, job, notices.tell_helpers(session, job, helpers, sentence, by=actor))
        return helpers


def _in_the_way(ask: Ask, action: str) -> tuple[str, list[Party]]:
    arrow = taken(ask, action)
    if arrow is None or not arrow.guard.admits(ask) or judge(arrow, ask).possible:
        raise ConditionNotMet(["Nothing that others could clear is in the way."])
    closed = arrow.guard.open_conditions(ask)
    return " ".join(condition.told(ask) for condition in closed), [condition.who for condition in closed]


def _helpers(session: Session, ask: Ask, parties: list[Party]) -> list[User]:
    """Those who could: the one person meant, or when nobody is or they have left, whoever else may."""
    found: dict[int, User] = {}
    for party in parties:
        one = party.one(ask.job)
        meant = [one] if one and one.active else User.active_with(session, party.roles)
        found |= {user.key: user for user in meant if party.includes(replace(ask, actor=user))}
    return list(found.values())
