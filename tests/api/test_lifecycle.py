"""The lifecycle's documentation, by program: for admins alone."""

from tests.api.caller import By, said
from tests.desk import ROUTES, Desk
from workflow import documentation

ADDRESS = "/api/jobs/state-machine/documentation"


def test_an_admin_reads_all_of_it(desk: Desk, by: By) -> None:
    desk.rules(writer_capacity=4)

    told = by("ada").get(ADDRESS).json()

    assert list(told) == ["states", "transitions", "rules", "diagram"]
    assert [state["name"] for state in told["states"]] == list(ROUTES)
    assert len(told["transitions"]) == 19
    assert {
        "from": "delivered",
        "to": "revision",
        "action": "request_revision",
        "roles": ["client", "manager", "admin"],
        "conditions": ["not_on_hold", "revisions_left"],
        "hasCondition": True,
        "hasSideEffect": True,
    } in told["transitions"]
    assert {rule["name"]: rule["value"] for rule in told["rules"]}["writer_capacity"] == 4
    assert told["diagram"] == documentation.diagram()


def test_nobody_else_does(desk: Desk, by: By) -> None:
    for name in ("cleo", "wren", "bea"):
        assert said(by(name).get(ADDRESS)) == (403, "FORBIDDEN")


def test_what_it_says_is_what_happens(desk: Desk, by: By) -> None:
    wren, ways = desk.who("wren").id, by("ada").get(ADDRESS).json()["transitions"]
    direct = [way for way in ways if way["to"] != "revision_pending"]

    for way in direct:
        job = desk.put(desk.job(), status=way["from"], writer_id=None if way["from"] == "approved" else wren)
        assert (
            by("ada").move(job, way["to"], **({"writerId": wren} if way["to"] == "assigned" else {})).json()["status"]
            == way["to"]
        )
        assert desk.history(job)[-1].action == way["action"]
