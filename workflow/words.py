"""The words of the product: how statuses and actions are called on screen, each in one place."""

from dataclasses import dataclass

from models.status import Status
from models.user import Role

LABELS = {
    Status.pending: ("Pending", "Received"),
    Status.approved: ("Approved", "Accepted"),
    Status.assigned: ("Assigned", "Accepted"),
    Status.in_progress: ("In progress", "In progress"),
    Status.editing: ("Editing", "Final checks"),
    Status.delivered: ("Delivered", "Ready for you"),
    Status.revision: ("Revision", "Being revised"),
    Status.revision_pending: ("Revision to confirm", "Revision requested"),
    Status.completed: ("Completed", "Completed"),
    Status.cancelled: ("Cancelled", "Cancelled"),
}
"""Status -> what staff and writers read, what the client reads."""


def label(status: Status, reader: Role) -> str:
    """The name of a status for somebody with this role."""
    return LABELS[status][reader is Role.client]


@dataclass(frozen=True)
class ActionWords:
    """How an action is called: on its button, in a sentence ("can ... this order"), in the history, and its icon."""

    button: str
    verb: str
    done: str
    icon: str


ACTIONS = {
    "create": ActionWords("Order", "place", "placed the order", "add_circle"),
    "approve": ActionWords("Approve", "approve", "approved the order", "thumb_up"),
    "assign": ActionWords("Assign", "assign", "assigned the order", "person_add"),
    "start": ActionWords("Start", "start", "started the work", "play_arrow"),
    "submit": ActionWords("Submit for editing", "submit", "submitted the work for editing", "rate_review"),
    "deliver": ActionWords("Deliver", "deliver", "delivered the work", "local_shipping"),
    "request_revision": ActionWords("Ask for changes", "send back", "asked for a revision", "undo"),
    "resume": ActionWords("Resume", "resume", "resumed the work", "replay"),
    "complete": ActionWords("Complete", "complete", "completed the order", "task_alt"),
    "cancel": ActionWords("Cancel order", "cancel", "cancelled the order", "block"),
    "hold": ActionWords("Put on hold", "put on hold", "put the order on hold", "pause_circle"),
    "amend": ActionWords("Edit", "edit", "changed the order", "edit"),
    "reprice": ActionWords("Change the price", "price", "changed the price", "sell"),
    "reschedule": ActionWords("Reschedule", "reschedule", "changed the writer’s deadline", "event"),
    "reassign": ActionWords("Reassign", "reassign", "gave the work to another writer", "swap_horiz"),
    "change_client": ActionWords("Change the client", "change the client of", "changed whose order it is", "person"),
    "withdraw_file": ActionWords("Remove", "remove a file of", "removed a file", "remove_circle"),
    "archive": ActionWords("Archive", "archive", "archived the earlier history", "archive"),
    "keep_files": ActionWords("Keep files", "keep the files of", "kept the files", "inventory_2"),
    "delete_files": ActionWords("Delete files", "delete the files of", "deleted the files", "delete"),
    "hide_comment": ActionWords("Hide", "hide a comment of", "hid a comment", "visibility_off"),
    "release": ActionWords("Lift the hold", "take off hold", "lifted the hold", "play_circle"),
}

CONCERNS = {"risk": "At risk", "stalled": "Stalled"}
"""What somebody should look at now, as `Listing` names it."""

BUTTONS = {
    ("resume", Status.revision): "Start the changes",
    ("resume", Status.revision_pending): "Agree to this revision",
}
"""Where a button is called by what its action does from this status."""


def button(action: str, status: Status, reader: Role) -> str:
    """What the button of an action is called, from this status and for somebody with this role."""
    if action == "complete" and reader is Role.client:
        return "Approve"
    if action == "assign" and reader is Role.writer:
        return "Take this order"
    return BUTTONS.get((action, status), ACTIONS[action].button)


STEPS = ("Received", "Accepted", "In progress", "Ready for you", "Completed")
"""The five steps that a client's order takes."""

HELD = {
    "": "On hold: {reason}",
    "agency": "On hold, waiting for the agency: {reason}",
    "writer": "On hold, waiting for {writer}: {reason}",
    "client": "On hold, waiting for {client}: {reason}",
    "you": "On hold, waiting for you: {reason}",
}
"""Why an order is on hold, by whom it waits for; for who reads it, by `you` where that is themself."""

PROGRESS = {
    Status.pending: "We confirm soon.",
    Status.approved: "We are finding a writer for it.",
    Status.assigned: "{writer} is going to write it.",
    Status.in_progress: "{writer} is writing it.",
    Status.editing: "{writer} has written it; we are checking it.",
    Status.revision: "{writer} is going to make your changes.",
    Status.revision_pending: "We are looking at the changes that you asked for.",
}
"""What a client reads about an order that is under way."""

TURNS = {
    Status.pending: "agency",
    Status.approved: "agency",
    Status.assigned: "writer",
    Status.in_progress: "writer",
    Status.editing: "agency",
    Status.delivered: "client",
    Status.revision: "writer",
    Status.revision_pending: "agency",
}
"""Whose turn it is; a final status is nobody's."""
