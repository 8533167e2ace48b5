"""The machine: one lifecycle a thread, run for every change on the job that sits down to it."""

import threading

from models.job import Job
from models.status import FINAL, Status
from workflow.guards import Ask
from workflow.lifecycle import Lifecycle


class Seat:
    """What the machine takes for its model: the status it reads and moves is that of whichever job sits there."""

    def __init__(self, job: Job) -> None:
        self.job = job

    @property
    def status(self) -> Status:
        """Where the job stands."""
        return self.job.status

    @status.setter
    def status(self, reached: Status) -> None:
        self.job.status = reached


_kept = threading.local()
"""Building a machine costs five times what running it does; so each thread keeps the one it has."""


def run(job: Job, action: str, ask: Ask) -> None:
    """Send the job through the lifecycle; raises what its guards raise, and then nothing has moved.

    A machine that has raised, or has reached the end of a life, is not used again: such a one stays dead.
    """
    machine = _kept.__dict__.pop("machine", None) or Lifecycle(Seat(job), state_field="status")
    machine.model.job = job
    machine.send(action, ask=ask)
    if job.status not in FINAL:
        _kept.machine = machine
