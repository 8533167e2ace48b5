"""What a move changes on the job besides its status; each stands behind its arrow in workflow/lifecycle.py."""

from datetime import timedelta

import settings
from models import clock
from models.user import Role
from workflow.guards import Ask


def stamp_approval(ask: Ask) -> None:
    """Note the time; a manager who approves takes the job, if no other has."""
    ask.job.approved_at = clock.now()
    if ask.actor and ask.actor.role is Role.manager and ask.job.manager_id is None:
        ask.job.manager, ask.job.manager_id = ask.actor, ask.actor.key


def take_writer(ask: Ask) -> None:
    """Give the job to the writer who was named, with the deadline that they were given."""
    assert ask.writer is not None  # the guard saw to it
    ask.job.writer, ask.job.writer_id = ask.writer, ask.writer.key
    ask.job.writer_deadline = ask.writer_deadline or ask.job.writer_deadline


def stamp_delivery(ask: Ask) -> None:
    """Note the time: what was uploaded by now is the client's to see, and theirs to answer."""
    ask.job.delivered_at = ask.job.quiet_since = clock.now()


def ask_for_revision(ask: Ask) -> None:
    """Keep what should be changed, and count the round."""
    ask.job.revision_requested = True
    ask.job.revision_notes = ask.revision_notes or ask.note
    ask.job.revision_requested_at = clock.now()
    ask.job.revision_count += 1


def take_up(ask: Ask) -> None:
    """The writer is at the revision: the request is answered."""
    ask.job.revision_requested = False


def stamp_completion(ask: Ask) -> None:
    """Note the time and whether the client signed off; from now the days of the files are counted."""
    ask.job.completed_at = clock.now()
    ask.job.client_approved = ask.is_by(ask.job.client_id) or ask.client_approved
    ask.job.delete_files_at = ask.job.completed_at + timedelta(days=settings.current().keep_files_days)


def stamp_cancellation(ask: Ask) -> None:
    """Note the time; what was on hold waits for nothing any more."""
    ask.job.cancelled_at = clock.now()
    ask.job.lift_hold()
