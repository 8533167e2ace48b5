"""Reasons: why a letter that was written is not sent any more, asked at the moment when it would go."""

import re

from sqlmodel import Session, col, select

from models import clock, known
from models.address_change import AddressChange
from models.job import Job
from models.letter import Letter
from models.mailed_link import MailedLink
from models.order_request import OrderRequest
from models.preference import TYPES, Channel, Mute, Preference
from models.status import Status
from models.user import User

MADE_UP = "The address is made up, for samples to look around with."
CLOSED = "The account of its reader is closed."
MOVED = "The address is not its reader’s any more."
DEAD = "The link in it has been used, was ended, or its time is over."
ORDERED = "The order in it has been confirmed already."
NOT_TAKEN = "Orders without an account are not taken any more."
NOT_THEIRS = "The order is not its reader’s to see any more."
NOT_WANTED = "Its reader does not want such letters any more."
MUTED = "Its reader has muted the order."
PAST = "What it announces does not come any more."

NOWHERE = ".invalid"
"""How domains end that exist nowhere (RFC 6761)."""

_KEY = re.compile(r"[?&]key=([\w-]+)")


def against(session: Session, letter: Letter) -> str | None:
    """Why this letter must not go out now, as a sentence; None when it may."""
    if reason := against_address(letter.recipient):
        return reason
    if letter.type == "confirm_order":
        return _against_confirming(session, letter)
    if letter.type == "confirm_address":
        return None if AddressChange.opened_by(session, _key(letter)) else DEAD
    reader = session.get(User, letter.user_id) if letter.user_id else None
    if reader is None or not reader.active:
        return CLOSED
    if letter.type in {"sign_in", "invitation"}:
        return _against_signing_in(session, letter, reader)
    if letter.type == "digest":
        return None if _has_digest(session, reader) else NOT_WANTED
    return _against_the_order(session, letter, reader) or _against_the_way(session, letter, reader)


def against_address(address: str) -> str | None:
    """Why no letter goes to this address; None when one may."""
    return MADE_UP if address.endswith(NOWHERE) else None


def _against_confirming(session: Session, letter: Letter) -> str | None:
    wanted = OrderRequest.opened_by(session, _key(letter))
    if wanted is None:
        return DEAD
    if wanted.job_id is not None:
        return ORDERED
    if wanted.expires_at <= clock.now():
        return DEAD
    return None if known.of(session).rules.public_orders else NOT_TAKEN


def _against_signing_in(session: Session, letter: Letter, reader: User) -> str | None:
    if letter.recipient != reader.email:
        return MOVED
    return None if MailedLink.is_open(session, _key(letter)) else DEAD


def _key(letter: Letter) -> str:
    """The key in the letter's link, which is stored nowhere else."""
    found = _KEY.search(letter.body)
    return found[1] if found else ""


def _has_digest(session: Session, reader: User) -> bool:
    """Whether they hear of anything by letter: of what is told at once, a digest has what was too much."""
    by_letter = col(Preference.channel).in_({Channel.digest, Channel.at_once})
    chosen = select(Preference.type).where(Preference.user_id == reader.key, by_letter)
    return session.exec(chosen.limit(1)).first() is not None


def _against_the_order(session: Session, letter: Letter, reader: User) -> str | None:
    job = session.get(Job, letter.job_id) if letter.job_id else None
    if job is None:
        return None
    if not job.is_visible_to(reader, known.of(session).rules):
        return NOT_THEIRS
    return PAST if letter.type == "completion_near" and not _is_near(job, letter) else None


def _is_near(job: Job, letter: Letter) -> bool:
    """Whether the order still completes by itself when the letter says: what stirs or stops it makes that void."""
    is_quiet = job.quiet_since is not None and job.quiet_since <= letter.created_at
    return job.status is Status.delivered and not job.on_hold and is_quiet


def _against_the_way(session: Session, letter: Letter, reader: User) -> str | None:
    """Of what its reader chose to hear by mail: they may have chosen otherwise. Other letters always go."""
    if letter.type not in TYPES:
        return None
    chosen = session.get(Preference, (reader.key, letter.type))
    if chosen is None or chosen.channel is not Channel.at_once:
        return NOT_WANTED
    return MUTED if letter.job_id and session.get(Mute, (reader.key, letter.job_id)) else None
