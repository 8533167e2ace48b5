"""The choices of a caller: what they may do with an order now, and what not, and why not."""

from typing import Any

from models import Job
from tests.api.caller import Caller, address
from tests.desk import Desk


def standing(desk: Desk, status: str, **fields: Any) -> Job:
    """An order of Cleo's that stands there, however it came; Wren works on it, if anybody does, and Bea manages it."""
    people = {"writer_id": None if status in ("pending", "approved") else desk.who("wren").id}
    people |= {"manager_id": desk.who("bea").id}
    return desk.put(desk.job(), **people, status=status, **fields)


def choices(caller: Caller, job: Job) -> dict[str, Any]:
    """All that `valid-actions` answers."""
    return caller.get(f"{address(job)}/valid-actions").json()


def open_to(caller: Caller, job: Job) -> list[str]:
    """The actions that are possible."""
    return choices(caller, job)["validActions"]


def closed_to(caller: Caller, job: Job) -> dict[str, list[str]]:
    """The actions that are not possible now, with the reasons."""
    return {blocked["action"]: blocked["reasons"] for blocked in choices(caller, job)["blockedActions"]}
