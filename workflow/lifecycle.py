"""The life of a job: everything that may ever happen to one stands on this screen."""

from functools import partial

from statemachine import StateMachine
from statemachine.states import States

from models.status import Status
from workflow.conditions import (
    AGENCY,
    CLAIMANT,
    CLIENT,
    CLOCK,
    WRITER,
    deposit_paid,
    editing_not_required,
    final_file_present,
    not_on_hold,
    paid_in_full,
    revisions_left,
    writer_active,
    writer_has_room,
    writer_named,
)
from workflow.effects import (
    ask_for_revision,
    stamp_approval,
    stamp_cancellation,
    stamp_completion,
    stamp_delivery,
    take_up,
    take_writer,
)
from workflow.guards import Condition, Guard, Party, permit


def by(*who: Party, under: tuple[Condition, ...] = (), on_hold: bool = False) -> partial[None]:
    """Guard an arrow: who may take it and under which conditions; a job on hold waits unless `on_hold` says not."""
    return partial(permit, Guard(who, under if on_hold else (not_on_hold, *under)))


class Lifecycle(StateMachine):
    """A line reads: action = source.to(target, by whom and under which rules)."""

    s = States.from_enum(Status, initial=Status.pending, final={Status.completed, Status.cancelled})

    approve = s.pending.to(s.approved, validators=by(AGENCY, under=(deposit_paid,)), on=stamp_approval)

    assign = s.approved.to(
        s.assigned,
        validators=by(AGENCY, CLAIMANT, under=(writer_named, writer_active, writer_has_room)),
        on=take_writer,
    )

    start = s.assigned.to(s.in_progress, validators=by(AGENCY, WRITER))

    submit = s.in_progress.to(s.editing, validators=by(AGENCY, WRITER, under=(final_file_present,)))

    deliver = s.in_progress.to(
        s.delivered,
        validators=by(AGENCY, WRITER, under=(editing_not_required, final_file_present)),
        on=stamp_delivery,
    ) | s.editing.to(s.delivered, validators=by(AGENCY, under=(final_file_present,)), on=stamp_delivery)

    request_revision = s.delivered.to(
        s.revision, validators=by(AGENCY, CLIENT), cond=revisions_left, on=ask_for_revision
    ) | s.delivered.to(s.revision_pending, validators=by(AGENCY, CLIENT), on=ask_for_revision)

    resume = s.revision.to(s.in_progress, validators=by(AGENCY, WRITER), on=take_up) | s.revision_pending.to(
        s.in_progress, validators=by(AGENCY), on=take_up
    )

    complete = s.delivered.to(
        s.completed, validators=by(AGENCY, CLIENT, CLOCK, under=(paid_in_full,)), on=stamp_completion
    )

    cancel = (
        s.cancelled.from_(s.pending, s.approved, validators=by(AGENCY, CLIENT, on_hold=True), on=stamp_cancellation)
        | s.cancelled.from_(
            s.assigned,
            s.in_progress,
            s.editing,
            s.delivered,
            s.revision,
            s.revision_pending,
            validators=by(AGENCY, on_hold=True),
            on=stamp_cancellation,
        )
    )  # fmt: skip
