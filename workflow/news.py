"""News: reading one's notifications, and marking them read."""

from models import database
from models.notification import Notification
from models.user import User
from workflow.accounts import ring_for


def mark_read(user: User, notification_id: int | None = None) -> int:
    """Mark one of the user's notifications read, or all; returns how many were unread."""
    with database.writing() as session:
        marked = Notification.mark_read(session, user.key, notification_id)
        if marked:
            ring_for(session, user)
        return marked
