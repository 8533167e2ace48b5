"""What is stored: one table a file, with the queries that belong to it."""

from sqlalchemy.orm import configure_mappers

from models.address_change import AddressChange
from models.agency import Agency
from models.api_token import ApiToken
from models.bulk import BulkOperation
from models.comment import Comment
from models.desk_log import DeskLog, DeskLogEnd
from models.device import Device
from models.draft import Draft, DraftFile
from models.file import File
from models.first_answer import FirstAnswer
from models.guess import Guess
from models.installation import Installation
from models.intention import Intention
from models.job import Job
from models.known import Stamp
from models.letter import Letter
from models.mailed_link import MailedLink
from models.notification import Notification
from models.numbering import OrderNumber
from models.order_request import OrderRequest
from models.outage import Outage
from models.payment import Payment
from models.preference import Mute, Preference
from models.process import Process
from models.receipt import Receipt
from models.reminder import Reminder
from models.ring import Ring
from models.rule_change import RuleChange
from models.rules import Rules
from models.saved_view import SavedView
from models.sealing import Sealing
from models.second_factor import RecoveryCode, SecondFactor
from models.sign_in import SignIn
from models.status_log import StatusLog
from models.user import User
from models.work_type import WorkType

configure_mappers()  # else the first query would, and what is read without one (rows.py) may come before it

__all__ = [
    "AddressChange",
    "Agency",
    "ApiToken",
    "BulkOperation",
    "Comment",
    "DeskLog",
    "DeskLogEnd",
    "Device",
    "Draft",
    "DraftFile",
    "File",
    "FirstAnswer",
    "Guess",
    "Installation",
    "Intention",
    "Job",
    "Letter",
    "MailedLink",
    "Mute",
    "Notification",
    "OrderNumber",
    "OrderRequest",
    "Outage",
    "Payment",
    "Preference",
    "Process",
    "Receipt",
    "RecoveryCode",
    "Reminder",
    "Ring",
    "RuleChange",
    "Rules",
    "SavedView",
    "Sealing",
    "SecondFactor",
    "SignIn",
    "Stamp",
    "StatusLog",
    "User",
    "WorkType",
]
