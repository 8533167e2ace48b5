"""People by REST: for staff alone, with what each writer has in hand."""

from sqlmodel import col, update

from models import User, database
from tests.api.caller import By, said
from tests.desk import Desk, on_sqlite


def people(by: By) -> dict[str, dict[str, object]]:
    """Everybody, by first name."""
    return {user["name"].split()[0].lower(): user for user in by("bea").get("/api/users").json()}


def test_everybody_is_listed(desk: Desk, by: By) -> None:
    listed = by("ada").get("/api/users").json()

    assert [user["name"].split()[0] for user in listed] == ["Ada", "Bea", "Bob", "Carl", "Cleo", "Ivy", "Wolf", "Wren"]
    assert listed[5] == {
        "id": desk.who("ivy").id,
        "name": "Ivy Irving",
        "email": "ivy@example.com",
        "role": "writer",
        "active": False,
        "invited": False,
        "openJobs": 0,
        "capacity": None,
    }


def test_only_staff_may_look(desk: Desk, by: By) -> None:
    answers = {name: said(by(name).get("/api/users")) for name in ("cleo", "wren", "bea", "ada")}

    assert answers == {
        "cleo": (403, "FORBIDDEN"),
        "wren": (403, "FORBIDDEN"),
        "bea": (200, None),
        "ada": (200, None),
    }


def test_open_jobs_are_those_in_hand(desk: Desk, by: By) -> None:
    for status in ("assigned", "in_progress", "editing", "revision", "delivered", "completed", "revision_pending"):
        desk.job(status, writer="wren")
    desk.job("assigned", writer="wolf")

    assert [people(by)[name]["openJobs"] for name in ("wren", "wolf", "cleo", "bea")] == [4, 1, 0, 0]


def test_ones_own_capacity_comes_first(desk: Desk, by: By) -> None:
    desk.rules(writer_capacity=5)
    with database.writing() as session:
        session.exec(update(User).where(col(User.name) == "Wolf Weber").values(capacity=2))

    assert [people(by)[name]["capacity"] for name in ("wren", "wolf", "cleo", "bea")] == [5, 2, None, None]


def test_nothing_secret_is_listed(desk: Desk, by: By) -> None:
    assert "argon2" not in by("ada").get("/api/users").text
    assert "password" not in by("ada").get("/api/users").text.lower()


@on_sqlite
def test_who_leaves_hands_the_orders_over(desk: Desk, by: By) -> None:
    job, wren, wolf = desk.job("in_progress"), desk.who("wren").id, desk.who("wolf").id

    answer = by("ada").send(f"/api/users/{wren}", {"active": False, "ordersTo": wolf}, "PATCH")

    assert (answer.json()["active"], desk.see(job).writer_id) == (False, wolf)
    assert said(by("ada").send(f"/api/users/{wolf}", {"active": False, "ordersTo": wren}, "PATCH")) == (
        409,
        "CONDITION_NOT_MET",
    )
    assert desk.who("wolf").active
