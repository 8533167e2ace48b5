"""News: reading one's notifications, and marking them read."""

from models import database
from models.notification import Notification
from models.user import User
from workflow import access
from workflow.live import rings


def mark_read(user: User, notification_id: int | None = None) -> int:
    """Mark one of the user's notifications read, or all; returns how many were unread."""
    with database.writing() as session:
        access.still_active(session, user)
        marked = Notification.mark_read(session, user.key, notification_id)
        if marked:
            rings.for_user(session, user)
        return marked


def look_at(user: User, job_id: int) -> int:
    """Who looks at an order has read its news; returns how much was unread, for which mostly nobody has to wait."""
    with database.reading() as session:
        if not Notification.is_unread(session, user.key, job_id):
            return 0
    with database.writing() as session:
        access.still_active(session, user)
        marked = Notification.mark_read(session, user.key, job_id=job_id)
        rings.for_user(session, user)
        return marked
