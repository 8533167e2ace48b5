"""Who hears of the way of an order: the right people, of each step once."""

from tests.api.caller import By
from tests.api.way import BACK, WAY, walk
from tests.desk import CAST, Desk
from workflow.people import administration

CLIENT = [
    ("We have received your order", True),
    ("Your order has been accepted", False),
    ("A writer has been assigned to the work", False),
    ("Work has started", False),
    ("Work has been delivered and is ready for review", False),
    ("The order has been completed", True),
]
WRITER = [
    ("Wren has been assigned to the work", False),
    ("Work has started", True),
    ("Work has been delivered and is ready for review", True),
    ("The order has been completed", False),
]
PLACED = ("Cleo Clark has placed a new order", False)
STAFF = [PLACED, ("The order has been approved", False), WRITER[0], *[(words, False) for words, _ in WRITER[1:]]]
MANAGER = [(words, words in {"The order has been approved", WRITER[0][0]}) for words, _ in STAFF]

NEWS = {"cleo": CLIENT, "wren": WRITER, "bea": MANAGER, "ada": STAFF, "bob": [PLACED]}
"""Who hears what, all else being silent; what one did oneself is read already."""


def heard(desk: Desk, by: By, name: str) -> list[tuple[str, bool]]:
    """The news of somebody, oldest first: the message without the order's name, and whether it is read."""
    if name == "ivy":
        return [(line.message, line.read) for line in desk.notifications("ivy")]
    news = by(name).get("/api/notifications", userId=desk.who(name).id).json()
    return [(line["message"].removeprefix('Order "Research Paper": '), line["read"]) for line in reversed(news)]


def test_the_right_people_hear_each_step_once(desk: Desk, by: By) -> None:
    walk(desk, by, WAY)

    assert {name: heard(desk, by, name) for name in CAST} == {name: NEWS.get(name, []) for name in CAST}


ASKED, RESUMED = "A revision has been requested", "Work on the revision has started"
NEWS_BACK = {
    "cleo": [("Your revision request has been received", True), (RESUMED, False)],
    "wren": [(ASKED, False), (RESUMED, True)],
    "bea": [(ASKED, False), (RESUMED, False)],
    "ada": [(ASKED, False), (RESUMED, False)],
}


def test_so_do_they_of_the_way_back(desk: Desk, by: By) -> None:
    walk(desk, by, BACK)

    before = {name: len(news) - 1 for name, news in NEWS.items()} | {"bob": 1}
    assert {name: heard(desk, by, name)[before.get(name, 0) :] for name in CAST} == {
        name: NEWS_BACK.get(name, []) for name in CAST
    }


def test_a_closed_account_hears_nothing_more(desk: Desk, by: By) -> None:
    job = walk(desk, by, WAY[:2])
    administration.change(desk.who("cleo").key, {"active": False}, by=desk.who("ada"))

    by("wren").move(job, "in_progress")

    assert len(desk.notifications("cleo")) == 3
    assert heard(desk, by, "bea")[-1] == ("Work has started", False)


def test_the_delivery_is_mailed_once(desk: Desk, by: By) -> None:
    walk(desk, by, BACK)

    assert [(letter.recipient, letter.type) for letter in desk.letters()] == [("cleo@example.com", "delivered")]
