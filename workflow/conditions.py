"""Who takes part in a job, and the conditions of the lifecycle, each with its sentence."""

from models.job import Job
from models.user import STAFF, Role, User
from workflow.guards import Ask, Party, rule


def _named(user: User | None, otherwise: str) -> str:
    return user.with_role if user is not None and user.active else otherwise


def _agency(job: Job) -> str:
    return _named(job.manager, "the agency")


def _writer(job: Job) -> str:
    return _named(job.writer, "the order's writer")


def _client(job: Job) -> str:
    return _named(job.client, "the order's client")


def _claims(ask: Ask) -> bool:
    for_themself = ask.writer is None or ask.is_by(ask.writer.id)
    return ask.rules.writers_may_claim and ask.job.is_claimable and for_themself


AGENCY = Party(STAFF, lambda _ask: True, _agency, lambda job: job.manager)
WRITER = Party(frozenset({Role.writer}), lambda ask: ask.is_by(ask.job.writer_id), _writer, lambda job: job.writer)
CLIENT = Party(frozenset({Role.client}), lambda ask: ask.is_by(ask.job.client_id), _client, lambda job: job.client)
CLAIMANT = Party(frozenset({Role.writer}), _claims, lambda _job: "a writer for themself")
"""A writer who takes an order for themself, where the agency's rules let writers claim."""

CLOCK = Party(frozenset(), lambda _ask: True, lambda _job: "the agency's clock")
"""Docket itself, at the time that the agency's rules set."""


@rule("The order is on hold: {job.hold_reason}.", remedy="lift the hold", who=AGENCY)
def not_on_hold(ask: Ask) -> bool:
    """A job on hold waits: all that is possible is to cancel it."""
    return not ask.job.on_hold


@rule(
    "The deposit of {rules.deposit_percent} % is not paid yet.",
    remedy="record a payment",
    who=AGENCY,
    switch="deposit_first",
)
def deposit_paid(ask: Ask) -> bool:
    """The deposit is a share of the amount, in whole percent."""
    paid_enough = ask.job.amount_paid * 100 >= ask.job.amount * ask.rules.deposit_percent
    return not ask.rules.deposit_first or paid_enough


@rule("The order is not paid yet.", remedy="record a payment", who=AGENCY, switch="paid_before_completion")
def paid_in_full(ask: Ask) -> bool:
    """Nothing is left to pay."""
    return not ask.rules.paid_before_completion or ask.job.balance_due == 0


@rule(
    "The work goes through editing before it is delivered.",
    remedy="submit it for editing",
    who=WRITER,
    switch="editing_is_required",
)
def editing_not_required(ask: Ask) -> bool:
    """The straight way to the client is open."""
    return not ask.rules.editing_is_required


@rule("There is no final file yet.", remedy="upload one", who=WRITER, switch="file_before_delivery")
def final_file_present(ask: Ask) -> bool:
    """A file of kind final came in since the last revision request."""
    return not ask.rules.file_before_delivery or ask.job.has_final_file


@rule("Nobody is named to do the work.", remedy="choose a writer", who=AGENCY)
def writer_named(ask: Ask) -> bool:
    """Somebody is to do the work, or is yet to be chosen."""
    return ask.open_ended or ask.writer is not None


@rule("{ask.writer.name} is not an active writer.", remedy="choose another writer", who=AGENCY)
def writer_active(ask: Ask) -> bool:
    """Who is named is a writer, with a live account."""
    return ask.writer is None or (ask.writer.role is Role.writer and ask.writer.active)


@rule(
    "{ask.writer.first_name} already has {ask.load} of {ask.limit} orders in hand.",
    remedy="choose another writer",
    who=AGENCY,
    switch="writer_capacity",
)
def writer_has_room(ask: Ask) -> bool:
    """The writer's own limit counts before the agency's; without either there is always room."""
    return ask.limit is None or ask.load < ask.limit


def revisions_left(ask: Ask) -> bool:
    """Whether a further round is included; it chooses where a revision request leads and closes nothing."""
    return ask.job.included_revisions is None or ask.job.revision_count < ask.job.included_revisions
