"""The desk's own log: who came in, and what they changed, let in or took out; each line sealed with the one before.

Which events there are, and in which words, stands here alone.
"""

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass

from sqlmodel import Session, col, select

from models import clock, database
from models.desk_log import DeskLog, DeskLogEnd
from models.user import User
from workflow import access, export
from workflow.history import signatures

CONSOLE = "The command line"
NOBODY = "an account that is not there"


@dataclass(frozen=True)
class Kind:
    """A kind of event: how a list of such is called, and the sentence of one."""

    called: str
    sentence: str


KINDS = {
    "sign_in": Kind("Sign-ins", "{actor} signed in {detail}."),
    "failure": Kind("Failed sign-ins", "{detail} for {about}."),
    "link": Kind("Mailed links", "A link to sign in was mailed to {about}."),
    "printed": Kind("Printed links", "{actor} printed a link to sign in as {about}."),
    "token": Kind("Tokens", "{actor} was given a token for programs."),
    "factor": Kind("Second steps", "{actor} gave the code of their second factor."),
    "factor_on": Kind("Second factors", "{actor} set up a second factor."),
    "factor_off": Kind("Second factors taken away", "{actor} took away the second factor of {about}."),
    "factor_codes": Kind("Recovery codes", "{actor} made new recovery codes."),
    "own_token": Kind("Tokens of one’s own", "{actor} made a token for programs: {detail}."),
    "token_end": Kind("Tokens ended", "{actor} ended the token {detail}."),
    "invited": Kind("Invitations", "{actor} invited {about}: {detail}."),
    "withdrawn": Kind("Invitations withdrawn", "{actor} withdrew the invitation of {about}."),
    "opened": Kind("Accounts opened", "{actor} opened the account of {about}: {detail}."),
    "closed": Kind("Accounts closed", "{actor} closed the account of {about}."),
    "reopened": Kind("Accounts opened again", "{actor} opened the account of {about} again."),
    "role": Kind("Roles", "{actor} changed the role of {about}: {detail}."),
    "name": Kind("Names", "{actor} changed the name of {about}: {detail}."),
    "address": Kind("Addresses to confirm", "{actor} asked for another address: {detail}."),
    "email": Kind("Addresses", "{actor} changed the address of {about}: {detail}."),
    "password": Kind("Passwords", "{actor} changed the password of {about}."),
    "rule": Kind("Rules", "{actor} changed a rule: {detail}."),
    "download": Kind("Downloads", "{actor} downloaded {detail}."),
    "export": Kind("Exports", "{actor} exported {detail}."),
}

HEAD = ["Line", "Time (UTC)", "Kind", "What happened", "Seal"]


def add(session: Session, kind: str, *, by: User | None, about: User | None = None, detail: str = "") -> None:
    """Add a line in this transaction, which lets nobody else write: so there is one line before."""
    end = session.get(DeskLogEnd, 1, populate_existing=True) or DeskLogEnd()
    line = DeskLog(
        kind=kind,
        actor_id=by and by.id,
        about_id=about and about.id,
        detail=detail,
        created_at=clock.now(),
        previous_hash=end.hash,
        hash="",
    )
    line.hash = end.hash = signatures.of_desk_line(line)
    session.add_all([line, end])
    session.flush()


def sentence(line: DeskLog) -> str:
    """What happened, in words; people are called as they are called now."""
    actor, about = line.actor.name if line.actor else CONSOLE, line.about.name if line.about else NOBODY
    return KINDS[line.kind].sentence.format(actor=actor, about=about, detail=line.detail)


def page(session: Session, reader: User, kind: str = "", before: int = 0, most: int | None = None) -> list[DeskLog]:
    """Lines for an admin, newest first, before that one; raises Forbidden for everybody else."""
    access.admin(session, reader, "read the desk's log")
    return DeskLog.page(session, kind, before, most)


def exported(kind: str, *, by: User) -> bytes:
    """The log as CSV, for an admin; that it was exported is its newest line. Raises Forbidden."""
    with database.writing() as session:
        add(session, "export", by=access.admin(session, by, "export the desk's log"), detail="the desk's log")
        rows = [_row(line) for line in DeskLog.page(session, kind)]
    return export.csv_bytes(HEAD, rows)


def _row(line: DeskLog) -> list[object]:
    return [line.id, line.created_at.isoformat(), KINDS[line.kind].called, sentence(line), line.hash]


def faults(session: Session) -> Iterator[str]:
    """The first line that does not fit, in words; nothing when the log is whole."""
    wanted = select(DeskLog).order_by(col(DeskLog.id)).execution_options(yield_per=1000)
    end = session.get(DeskLogEnd, 1) or DeskLogEnd()
    with closing(session.exec(wanted)) as lines:
        fault = _broken(lines, end.hash)
    if fault:
        yield f"the desk's log: {fault}"


def _broken(lines: Iterable[DeskLog], end: str) -> str | None:
    previous = ""
    for line in lines:
        if line.previous_hash != previous:
            return f"a line before {line.id} was removed or inserted"
        if line.hash != signatures.of_desk_line(line):
            return f"line {line.id} was changed"
        previous = line.hash
    return None if previous == end else "its last lines were cut off"
