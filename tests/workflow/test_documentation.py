"""The documentation: exactly what the table of the product says, read off the machine."""

import re
from typing import Any

import pytest

from models import Rules
from models.status import Status
from models.user import Role
from workflow import documentation
from workflow.rules import RULES

CLIENT, WRITER, MANAGER, ADMIN = Role
STAFF = [MANAGER, ADMIN]

# action, from, to, who, conditions, whether it has a side effect
TABLE: list[tuple[str, str, str, list[Role], list[str], bool]] = [
    ("approve", "pending", "approved", STAFF, ["not_on_hold", "deposit_paid"], True),
    ("cancel", "pending", "cancelled", [CLIENT, *STAFF], [], True),
    (
        "assign",
        "approved",
        "assigned",
        [WRITER, *STAFF],
        ["not_on_hold", "writer_named", "writer_active", "writer_has_room"],
        True,
    ),
    ("cancel", "approved", "cancelled", [CLIENT, *STAFF], [], True),
    ("start", "assigned", "in_progress", [WRITER, *STAFF], ["not_on_hold"], False),
    ("cancel", "assigned", "cancelled", STAFF, [], True),
    ("submit", "in_progress", "editing", [WRITER, *STAFF], ["not_on_hold", "final_file_present"], False),
    (
        "deliver",
        "in_progress",
        "delivered",
        [WRITER, *STAFF],
        ["not_on_hold", "editing_not_required", "final_file_present"],
        True,
    ),
    ("cancel", "in_progress", "cancelled", STAFF, [], True),
    ("deliver", "editing", "delivered", STAFF, ["not_on_hold", "final_file_present"], True),
    ("cancel", "editing", "cancelled", STAFF, [], True),
    ("request_revision", "delivered", "revision", [CLIENT, *STAFF], ["not_on_hold", "revisions_left"], True),
    ("request_revision", "delivered", "revision_pending", [CLIENT, *STAFF], ["not_on_hold", "no_revisions_left"], True),
    ("complete", "delivered", "completed", [CLIENT, *STAFF], ["not_on_hold", "paid_in_full"], True),
    ("cancel", "delivered", "cancelled", STAFF, [], True),
    ("resume", "revision", "in_progress", [WRITER, *STAFF], ["not_on_hold"], True),
    ("cancel", "revision", "cancelled", STAFF, [], True),
    ("resume", "revision_pending", "in_progress", STAFF, ["not_on_hold"], True),
    ("cancel", "revision_pending", "cancelled", STAFF, [], True),
]


def test_all_ten_states_are_told() -> None:
    states = documentation.states()

    assert [state["name"] for state in states] == list(Status)
    assert [state["name"] for state in states if state["initial"]] == ["pending"]
    assert [state["name"] for state in states if state["final"]] == ["completed", "cancelled"]
    assert [state["name"] for state in states if state["turn"] == "writer"] == ["assigned", "in_progress", "revision"]
    assert states[4] | {"label": "Editing", "clientLabel": "Final checks", "turn": "agency"} == states[4]


def test_all_nineteen_ways_are_told() -> None:
    told = [
        tuple(way[part] for part in ("action", "from", "to", "roles", "conditions", "hasSideEffect"))
        for way in documentation.transitions()
    ]

    assert sorted(told) == sorted(TABLE)


def test_a_hold_alone_is_no_condition() -> None:
    conditional = {(way["from"], way["to"]) for way in documentation.transitions() if way["hasCondition"]}

    assert conditional == {
        ("pending", "approved"),
        ("approved", "assigned"),
        ("in_progress", "editing"),
        ("in_progress", "delivered"),
        ("editing", "delivered"),
        ("delivered", "revision"),
        ("delivered", "revision_pending"),
        ("delivered", "completed"),
    }


@pytest.mark.parametrize(
    "role, actions",
    [
        (CLIENT, "request_revision complete cancel"),
        (WRITER, "assign start submit deliver resume"),
        (MANAGER, "approve assign start submit deliver request_revision resume complete cancel"),
        (ADMIN, "approve assign start submit deliver request_revision resume complete cancel"),
    ],
)
def test_the_matrix_says_who_ever_may(role: Role, actions: str) -> None:
    matrix = documentation.matrix()

    assert [action for action, roles in matrix.items() if roles[role]] == actions.split()
    assert {(arrow.action, arrow.source, arrow.target) for arrows in matrix.values() for arrow in arrows[role]} == {
        (action, source, target) for action, source, target, who, *_ in TABLE if role in who
    }


def test_the_rules_stand_with_their_setting() -> None:
    rules: dict[str, Any] = {"deposit_first": True, "deposit_percent": 30, "writer_capacity": 4}

    told = documentation.rules_in_force(Rules(**rules))

    assert [(rule["name"], rule["title"], rule["effect"]) for rule in told] == [
        (name, rule.title, rule.effect) for name, rule in RULES.items()
    ]
    assert {rule["name"]: rule["value"] for rule in told if rule["value"]} == rules


def test_the_diagram_draws_every_way() -> None:
    drawn = re.findall(r"^ *(\w+) --> (\w+) : ([A-Z][a-z ]+[a-z])", documentation.diagram(), re.MULTILINE)

    assert documentation.diagram().startswith("stateDiagram-v2")
    assert {(action.lower().replace(" ", "_"), source, target) for source, target, action in drawn} == {
        way[:3] for way in TABLE
    }
