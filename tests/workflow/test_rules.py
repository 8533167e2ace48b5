"""The rules: admins switch them, each change is written down, and every process heeds them at once."""

from typing import Any

import pytest

from models import Rules, database
from models.rule_change import RuleChange
from tests.desk import Desk, listening, on_sqlite, refused
from workflow import rules
from workflow.people import administration
from workflow.refusals import ConditionNotMet, Forbidden, InvalidField

pytestmark = on_sqlite  # no database decides any of it

ALL_ON = {
    "deposit_first": True,
    "deposit_percent": 30,
    "paid_before_completion": True,
    "editing_is_required": True,
    "file_before_delivery": True,
    "writers_may_claim": True,
    "writer_capacity": 4,
    "included_revisions": 0,
    "auto_complete_days": 14,
    "public_orders": True,
    "second_factor_days": 7,
}


def test_all_rules_are_off_at_first(desk: Desk) -> None:
    assert in_force() == {
        "deposit_first": False,
        "deposit_percent": 50,
        "paid_before_completion": False,
        "editing_is_required": False,
        "file_before_delivery": False,
        "writers_may_claim": False,
        "writer_capacity": None,
        "included_revisions": None,
        "auto_complete_days": None,
        "public_orders": False,
        "second_factor_days": None,
    }


def test_every_change_is_written_down(desk: Desk) -> None:
    rules.change(ALL_ON, by=desk.who("ada"))
    assert in_force() == ALL_ON
    rules.change({"writer_capacity": None, "deposit_first": False}, by=desk.who("ada"))

    assert in_force() == ALL_ON | {"writer_capacity": None, "deposit_first": False}
    assert log() == [
        ("deposit_first", "off", "on", "Ada"),
        ("deposit_percent", "50", "30", "Ada"),
        ("paid_before_completion", "off", "on", "Ada"),
        ("editing_is_required", "off", "on", "Ada"),
        ("file_before_delivery", "off", "on", "Ada"),
        ("writers_may_claim", "off", "on", "Ada"),
        ("writer_capacity", "none", "4", "Ada"),
        ("included_revisions", "none", "0", "Ada"),
        ("auto_complete_days", "none", "14", "Ada"),
        ("public_orders", "off", "on", "Ada"),
        ("second_factor_days", "none", "7", "Ada"),
        ("writer_capacity", "4", "none", "Ada"),
        ("deposit_first", "on", "off", "Ada"),
    ]


def test_what_stays_is_not_written_down(desk: Desk) -> None:
    rules.change({"deposit_first": False, "deposit_percent": 50, "writer_capacity": None}, by=desk.who("ada"))

    assert log() == []


@pytest.mark.parametrize("name", ["cleo", "wren", "bea", "ivy"])
def test_only_admins_change_rules(desk: Desk, name: str) -> None:
    with pytest.raises(Forbidden):
        rules.change({"deposit_first": True}, by=desk.who(name))

    assert (in_force()["deposit_first"], log()) == (False, [])


def test_a_former_admin_changes_none(desk: Desk) -> None:
    ada = desk.who("ada")
    desk.sql("UPDATE users SET role = 'admin' WHERE email = 'bob@example.com'")
    administration.change(ada.key, {"active": False}, by=desk.who("bob"))

    with refused("This account is no longer active.", Forbidden):
        rules.change({"deposit_first": True}, by=ada)


BAD: dict[str, list[Any]] = {
    "deposit_first": [1, 0, "on", None],
    "writers_may_claim": [1, None],
    "deposit_percent": [0, 101, -1, 50.0, "50", True, None],
    "writer_capacity": [0, -1, 1001, 2.5, "3", True],
    "included_revisions": [-1, 1001, False],
    "auto_complete_days": [0, 366, "14"],
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_value_changes_nothing(desk: Desk, name: str) -> None:
    ada, before = desk.who("ada"), in_force()

    for value in BAD[name]:
        with pytest.raises(InvalidField) as refusal:
            rules.change({"paid_before_completion": True, name: value}, by=ada)
        assert refusal.value.field == name

    assert (in_force(), log()) == (before, [])


def test_the_bounds_themselves_are_fine(desk: Desk) -> None:
    names = ("deposit_percent", "writer_capacity", "included_revisions", "auto_complete_days")

    for bounds in [(1, 1, 0, 1), (100, 1000, 1000, 365)]:
        rules.change(dict(zip(names, bounds, strict=True)), by=desk.who("ada"))
        assert tuple(in_force()[name] for name in names) == bounds


def test_every_open_page_hears_of_it(desk: Desk) -> None:
    with listening() as heard:
        rules.change({"deposit_first": True}, by=desk.who("ada"))

    assert [news.audience for news in heard] == [None]


def test_another_process_sets_a_rule(desk: Desk) -> None:
    job = desk.job("in_progress")

    desk.elsewhere(
        "from workflow import rules\nfrom models import User\ndb.use(settings.current().database)\n"
        "with db.reading() as session: ada = User.by_email(session, 'ada@example.com')\n"
        "rules.change({'editing_is_required': True}, by=ada)"
    )

    with refused("The work goes through editing before it is delivered.", ConditionNotMet):
        desk.make(job, "deliver", by="wren")


def test_every_rule_has_its_words(desk: Desk) -> None:
    assert list(rules.RULES) == [name for name in Rules.model_fields if name != "id"]
    assert all(rule.title and rule.effect.endswith(".") for rule in rules.RULES.values())


def in_force() -> dict[str, Any]:
    """The rules as they stand in the database."""
    with database.reading() as session:
        return Rules.get(session).model_dump(exclude={"id"})


def log() -> list[tuple[str, str, str, str]]:
    """All changes, oldest first: which rule, from what, to what, and by whom."""
    with database.reading() as session:
        changes = RuleChange.newest(session, 100)
    return [(line.rule, line.old, line.new, line.actor.first_name) for line in reversed(changes)]
