"""Intake: how many files and bytes one person may bring in an hour, for orders and beside drafts together."""

from sqlmodel import Session

from models.draft import DraftFile
from models.file import File
from models.user import User
from workflow import budgets


def check(session: Session, user: User) -> None:
    """Raises TooOften for who has brought as much as one may."""
    ordered = File.brought(session, user.key, budgets.FILES.since)
    drafted = DraftFile.brought(session, user.key, budgets.FILES.since)
    budgets.FILES.check(ordered[0] + drafted[0])
    budgets.BYTES.check(ordered[1] + drafted[1])
