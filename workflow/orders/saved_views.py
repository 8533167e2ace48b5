"""Saved views: staff keep what they often ask the table of orders for, for each other."""

from models import database
from models.saved_view import LONGEST_NAME, LONGEST_QUESTION, SavedView
from models.user import User
from workflow import access, checks

VIEWS = "keep views of its orders"


def keep(name: str | None, asked: str, *, by: User) -> SavedView:
    """Keep what is asked under this name; what was kept under it before is replaced.

    Raises Forbidden for all but staff, InvalidField for a name that is missing or too long.
    """
    named = checks.text("name", name, LONGEST_NAME, required=True) or ""
    question = checks.text("q", asked, LONGEST_QUESTION) or ""
    with database.writing() as session:
        actor = access.still_active(session, by)
        access.only_staff(actor, VIEWS)
        view = SavedView.named(session, named) or SavedView(name=named, asked=question, made_by=actor.key)
        view.asked = question
        session.add(view)
        return view


def forget(name: str, *, by: User) -> None:
    """Keep this view no more; one that is gone already is fine. Raises Forbidden for all but staff."""
    with database.writing() as session:
        access.only_staff(access.still_active(session, by), VIEWS)
        if view := SavedView.named(session, name):
            session.delete(view)
