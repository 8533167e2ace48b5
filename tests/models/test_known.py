"""What is known of people and rules: read once, and never a moment longer than it is true, whoever changes it."""

import pytest
from sqlmodel import Session

from models import Rules, User, database, known
from tests.desk import Desk, statements


def crew(session: Session) -> list[str]:
    """Who is told of orders, by first name."""
    return [user.first_name for user in known.of(session).crew]


def undone(desk: Desk) -> None:
    """A transaction that changes people and rules, reads them, and is taken back; raises ZeroDivisionError."""
    with database.writing() as session:
        session.merge(Rules(deposit_first=True))
        session.get_one(User, desk.who("cleo").key).name = "Somebody Else"
        session.flush()
        assert known.of(session).rules.deposit_first
        known.of(session).user(session, desk.who("cleo").id)
        raise ZeroDivisionError


def name_of(session: Session, desk: Desk, who: str) -> str:
    """How somebody is called now."""
    user = known.of(session).user(session, desk.who(who).id)
    assert user
    return user.name


def test_it_is_read_once(desk: Desk) -> None:
    with database.reading() as session:
        known.of(session).user(session, desk.who("cleo").id)

    with database.reading() as session, statements() as asked:
        people = known.of(session)
        assert people.user(session, people.crew[0].id) is people.crew[0]

    assert asked == []  # but for the number, by the driver itself


def test_another_process_changes_it(desk: Desk) -> None:
    with database.reading() as session:
        assert "Wolf" in crew(session)
        assert not known.of(session).rules.deposit_first

    desk.elsewhere("""
from models import Rules, User
with db.use(settings.current().database).writing() as session:
    User.by_email(session, "wolf@example.com").active = False
    session.merge(Rules(deposit_first=True))
""")

    with database.reading() as session:
        assert "Wolf" not in crew(session)
        assert known.of(session).rules.deposit_first


def test_a_process_may_begin_with_it(desk: Desk) -> None:
    said = desk.elsewhere("""
from models import known
with db.use(settings.current().database).reading() as session:
    print(len(known.of(session).crew))
""")

    assert int(said) == 5


def test_what_is_taken_back_was_never_known(desk: Desk) -> None:
    with pytest.raises(ZeroDivisionError):
        undone(desk)

    with database.writing() as session:
        session.merge(Rules(paid_before_completion=True))
        session.get_one(User, desk.who("carl").key).name = "Carlo Cole"

    with database.reading() as session:
        people = known.of(session)
        assert (people.rules.deposit_first, people.rules.paid_before_completion) == (False, True)
        assert [name_of(session, desk, name) for name in ("cleo", "carl")] == ["Cleo Clark", "Carlo Cole"]
