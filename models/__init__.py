"""What is stored: one table a file, with the queries that belong to it."""

from models.agency import Agency
from models.bulk import BulkOperation
from models.comment import Comment
from models.file import File
from models.job import Job
from models.letter import Letter
from models.notification import Notification
from models.numbering import OrderNumber
from models.payment import Payment
from models.ring import Ring
from models.rule_change import RuleChange
from models.rules import Rules
from models.sign_in import SignIn
from models.status_log import StatusLog
from models.user import User

__all__ = [
    "Agency",
    "BulkOperation",
    "Comment",
    "File",
    "Job",
    "Letter",
    "Notification",
    "OrderNumber",
    "Payment",
    "Ring",
    "RuleChange",
    "Rules",
    "SignIn",
    "StatusLog",
    "User",
]
