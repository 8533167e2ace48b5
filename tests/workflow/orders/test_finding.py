"""Finding: a few orders and people by their words, and nothing that the reader may not see."""

import pytest

from models import database
from tests.desk import Desk
from workflow.orders import finding
from workflow.orders.finding import Found


def found(desk: Desk, name: str, words: str) -> Found:
    with database.reading() as session:
        return finding.find(session, desk.who(name), words)


@pytest.mark.parametrize(
    "name, titles",
    [
        ("cleo", ["Walks in Wales"]),
        ("carl", ["Walks in Rome"]),
        ("wren", ["Walks in Wales"]),
        ("wolf", []),
        ("bea", ["Walks in Rome", "Walks in Wales"]),
    ],
)
def test_everybody_finds_the_orders_that_they_see(desk: Desk, name: str, titles: list[str]) -> None:
    desk.job("in_progress", title="Walks in Wales")
    desk.job(client="carl", title="Walks in Rome")

    assert [job.title for job in found(desk, name, "wálks").jobs] == titles


@pytest.mark.parametrize("name, people", [("cleo", []), ("wolf", []), ("bea", ["Carl"]), ("ada", ["Carl", "Wren"])])
def test_people_are_found_by_staff_alone(desk: Desk, name: str, people: list[str]) -> None:
    desk.sql("UPDATE users SET role = 'manager' WHERE email = 'wren@example.com'")
    desk.sql("UPDATE users SET name_folded = 'somebody' WHERE email IN ('wren@example.com', 'carl@example.com')")

    assert [user.first_name for user in found(desk, name, "somebody").people] == people


def test_few_come_and_how_many_there_are_is_told(desk: Desk) -> None:
    for number in range(finding.MOST + 2):
        desk.job(title=f"Walk {number}")

    some = found(desk, "cleo", "walk")

    assert (len(some.jobs), some.total) == (finding.MOST, finding.MOST + 2)
    assert some.jobs[0].title == f"Walk {finding.MOST + 1}"
    assert found(desk, "cleo", " ") == Found([], 0, [])
