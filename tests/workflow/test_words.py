"""The words: one label for each status and reader, and whose turn it is."""

from models.status import FINAL, Status
from models.user import Role
from workflow.possibilities import ARROWS
from workflow.words import ACTIONS, TURNS, label

TEAM = (
    "Pending, Approved, Assigned, In progress, Editing, Delivered, Revision, Revision to confirm, Completed, Cancelled"
)
CLIENT = (
    "Received, Accepted, Accepted, In progress, Final checks, Ready for you, Being revised, Revision requested, "
    "Completed, Cancelled"
)


def test_everybody_reads_their_own_label() -> None:
    for role in Role:
        words = CLIENT if role is Role.client else TEAM
        assert ", ".join(label(status, role) for status in Status) == words


def test_it_is_always_somebodys_turn() -> None:
    turns = {status for who in ("agency", "writer", "client") for status, turn in TURNS.items() if turn == who}

    assert turns == set(Status) - FINAL
    assert [status for status in TURNS if TURNS[status] == "client"] == ["delivered"]
    assert [status for status in TURNS if TURNS[status] == "writer"] == ["assigned", "in_progress", "revision"]


def test_every_action_has_words() -> None:
    assert {arrow.action for arrow in ARROWS} | {"create", "hold", "release"} <= set(ACTIONS)
