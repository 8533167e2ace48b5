"""The desk's own log: each event is a sealed line that nobody changes, and what is done behind its back is found."""

from collections.abc import Iterator

import pytest
from sqlalchemy.exc import DBAPIError

from models import database
from models.user import Role
from tests.desk import Desk, refused
from tests.workflow.history.test_chain import behind
from tests.workflow.people.test_guessing import guess
from workflow import rules
from workflow.history import desk_log
from workflow.people import accounts, administration, failures, mailed_links, profiles, sign_ins
from workflow.refusals import Forbidden

LINES = "desk_logs"
TAMPERING = {
    "a word changed": (f"UPDATE {LINES} SET detail = 'nothing' WHERE id = 2", "line 2 was changed"),
    "an actor changed": (f"UPDATE {LINES} SET actor_id = 1 WHERE id = 2", "line 2 was changed"),
    "the first removed": (f"DELETE FROM {LINES} WHERE id = 1", "a line before 2 was removed or inserted"),
    "one removed": (f"DELETE FROM {LINES} WHERE id = 2", "a line before 3 was removed or inserted"),
    "the last cut off": (f"DELETE FROM {LINES} WHERE id = 3", "its last lines were cut off"),
    "all removed": (f"DELETE FROM {LINES}", "its last lines were cut off"),
}


@pytest.fixture(autouse=True)
def nobody_failed_before() -> Iterator[None]:
    failures._counted.clear()
    yield
    failures._counted.clear()


def said(desk: Desk, kind: str = "") -> list[str]:
    """The log as an admin reads it, newest line first."""
    with database.reading() as session:
        return [desk_log.sentence(line) for line in desk_log.page(session, desk.who("ada"), kind)]


def three_lines(desk: Desk) -> None:
    for name in ("cleo", "wren", "bea"):
        sign_ins.sign_in(desk.who(name), remote="192.0.2.1")


def test_who_comes_in_is_told(desk: Desk) -> None:
    sign_ins.sign_in(desk.who("cleo"), remote="192.0.2.1")
    mailed_links.send("wren@example.com")

    assert said(desk) == [
        "A link to sign in was mailed to Wren Walsh.",
        "Cleo Clark signed in by password from 192.0.2.1.",
    ]


def test_failures_are_counted_and_flood_nothing(desk: Desk) -> None:
    guess("cleo", 3)
    guess("cleo", 4, "2001:db8::1")
    guess("nobody", 2)

    failures.tell()
    failures.tell()

    assert set(said(desk, "failure")) == {
        "7 sign-ins failed, from 2001:db8::/64, 192.0.2.1, for Cleo Clark.",
        "2 sign-ins failed, from 192.0.2.1, for an account that is not there.",
    }


def test_what_becomes_of_an_account_is_told(desk: Desk) -> None:
    ada, wolf = desk.who("ada"), desk.who("wolf").key
    accounts.add("Zoe Zimmer", "zoe@example.com", Role.writer, "a long password", by=None)
    administration.change(wolf, {"role": Role.manager, "name": "Wolf Wood"}, by=ada)
    administration.change(wolf, {"email": "wood@example.com", "active": False}, by=ada)
    administration.change(wolf, {"active": True}, by=ada)
    administration.set_password(wolf, "another password", by=ada)
    profiles.set_profile("Cleo Coal", "UTC", "auto", by=desk.who("cleo"))

    assert set(said(desk)) == {
        "The command line opened the account of Zoe Zimmer: writer.",
        "Ada Adler changed the role of Wolf Wood: writer → manager.",
        "Ada Adler changed the name of Wolf Wood: Wolf Weber → Wolf Wood.",
        "Ada Adler changed the address of Wolf Wood: wolf@example.com → wood@example.com.",
        "Ada Adler closed the account of Wolf Wood.",
        "Ada Adler opened the account of Wolf Wood again.",
        "Ada Adler changed the password of Wolf Wood.",
        "Cleo Coal changed the name of Cleo Coal: Cleo Clark → Cleo Coal.",
    }
    assert desk.faults() == []


def test_a_rule_is_told(desk: Desk) -> None:
    rules.change({"deposit_first": True, "deposit_percent": 30}, by=desk.who("ada"))

    assert said(desk, "rule") == [
        "Ada Adler changed a rule: Deposit, 50 → 30.",
        "Ada Adler changed a rule: Deposit first, off → on.",
    ]


def test_only_admins_read_it(desk: Desk) -> None:
    for name in ("bea", "wren", "cleo"):
        with refused("Only an admin", Forbidden), database.reading() as session:
            desk_log.page(session, desk.who(name))
        with refused("Only an admin", Forbidden):
            desk_log.exported("", by=desk.who(name))

    assert said(desk) == []


def test_its_export_is_its_newest_line(desk: Desk) -> None:
    sign_ins.sign_in(desk.who("cleo"), remote="192.0.2.1")

    content = desk_log.exported("", by=desk.who("ada")).decode()

    assert [line.split(",")[2:4] for line in content.splitlines()] == [
        ["Kind", "What happened"],
        ["Exports", "Ada Adler exported the desk's log."],
        ["Sign-ins", "Cleo Clark signed in by password from 192.0.2.1."],
    ]


def test_what_is_undone_is_not_told(desk: Desk) -> None:
    cleo = desk.who("cleo")

    def broken_off() -> None:
        with database.writing() as session:
            desk_log.add(session, "token", by=cleo)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken_off()

    three_lines(desk)
    assert len(said(desk)) == 3
    assert desk.faults() == []


@pytest.mark.parametrize(
    "statement",
    ["UPDATE desk_logs SET detail = 'nothing'", "DELETE FROM desk_logs WHERE id = 1", "DELETE FROM desk_logs"],
)
def test_no_line_changes_or_goes(desk: Desk, statement: str) -> None:
    three_lines(desk)

    with pytest.raises(DBAPIError, match="the desk's log cannot be changed"):
        desk.sql(statement)

    assert len(said(desk)) == 3


@pytest.mark.parametrize("desk", ["postgresql"], indirect=True)
def test_the_table_is_not_emptied(desk: Desk) -> None:
    with pytest.raises(DBAPIError, match="the desk's log cannot be changed"):
        desk.sql("TRUNCATE desk_logs")


@pytest.mark.parametrize("statement, fault", TAMPERING.values(), ids=TAMPERING)
def test_tampering_is_found(desk: Desk, statement: str, fault: str) -> None:
    three_lines(desk)
    assert desk.faults() == []

    behind(desk, statement)

    assert desk.faults() == [f"the desk's log: {fault}"]
