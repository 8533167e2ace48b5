"""Second thoughts: a client's completion and the staff's cancelling happen after a moment, or never."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from models import Intention, Job, database
from tests.desk import Desk, later, listening, on_sqlite, refused
from workflow.orders import intentions
from workflow.people import administration
from workflow.refusals import Conflict, Forbidden


def press(desk: Desk, job: Job, action: str, by: str, note: str | None = None) -> Intention:
    return intentions.intend(job.key, action, by=desk.who(by), version=desk.see(job).version, note=note)


def carry_out(seconds: float = 10.1) -> int:
    with later(seconds=seconds):
        return intentions.carry_out_due()


def test_what_is_not_taken_back_happens_once(desk: Desk) -> None:
    job = desk.job("delivered")
    press(desk, job, "complete", "cleo", "Lovely work")

    assert carry_out(9.5) == 0
    assert desk.see(job).status == "delivered"
    assert [carry_out(), carry_out()] == [1, 0]

    assert desk.see(job).status == "completed"
    last = desk.history(job)[-1]
    assert (last.action, last.changed_by, last.note) == ("complete", desk.who("cleo").id, "Lovely work")
    assert desk.see(job).client_approved
    assert desk.faults() == []


def test_nobody_else_hears_before(desk: Desk) -> None:
    job = desk.job("in_progress")

    with listening() as heard:
        press(desk, job, "cancel", "bea")

    assert [news.audience for news in heard] == [{desk.who("bea").key}]
    assert desk.news_of("cleo") == desk.news_of("wren") == []


def test_taken_back_nothing_ever_happened(desk: Desk) -> None:
    job = desk.job("delivered")
    before, version = desk.history(job), job.version
    press(desk, job, "complete", "cleo", "Lovely work")

    assert intentions.take_back(job.key, by=desk.who("cleo")).note == "Lovely work"

    assert carry_out() == 0
    assert [line.id for line in desk.history(job)] == [line.id for line in before]
    assert desk.see(job).version == version
    with refused("too late"):
        intentions.take_back(job.key, by=desk.who("cleo"))


def test_nobody_takes_back_for_another(desk: Desk) -> None:
    job = desk.job("delivered")
    press(desk, job, "cancel", "bea")

    with refused("too late"):
        intentions.take_back(job.key, by=desk.who("bob"))

    assert carry_out() == 1


def test_the_order_moved_and_the_presser_is_told(desk: Desk) -> None:
    job = desk.job("delivered")
    press(desk, job, "complete", "cleo")
    desk.make(job, "request_revision", by="bea", revision_notes="One more look")

    assert carry_out() == 0

    assert desk.see(job).status == "revision"
    assert desk.news_of("cleo")[-1] == (
        f'Order "Research Paper": The order was not completed. Order {job.display_id} has changed in the meantime: '
        "please look again."
    )
    assert carry_out() == 0


def test_the_right_is_gone_and_nothing_happens(desk: Desk) -> None:
    job = desk.job("in_progress")
    press(desk, job, "cancel", "bea")
    administration.change(desk.who("bea").key, {"active": False}, by=desk.who("ada"))

    assert carry_out() == 0

    assert desk.see(job).status == "in_progress"
    with database.reading() as session:
        assert Intention.of_user(session, desk.who("bea").key) == {}


@on_sqlite
def test_one_that_fails_holds_up_no_other(desk: Desk) -> None:
    broken, well = desk.job("delivered"), desk.job("delivered", title="Menu")
    for job in (broken, well):
        press(desk, job, "complete", "cleo")
    desk.sql(
        "CREATE TRIGGER broken BEFORE UPDATE ON jobs "
        f"WHEN OLD.id = {broken.id} BEGIN SELECT RAISE(ABORT, 'broken'); END"
    )

    assert [carry_out(), carry_out()] == [1, 0]

    assert (desk.see(broken).status, desk.see(well).status) == ("delivered", "completed")
    assert desk.news_of("cleo") == [f'Order "Research Paper": The order was not completed. {intentions.FAILED}']


def test_what_is_impossible_now_is_said_at_once(desk: Desk) -> None:
    job = desk.job("delivered")

    with refused("client", Forbidden):
        press(desk, job, "complete", "wren")
    with refused("changed", Conflict):
        intentions.intend(job.key, "complete", by=desk.who("cleo"), version=job.version - 1)


def test_pressed_twice_is_pressed_once(desk: Desk) -> None:
    job = desk.job("delivered")

    first, second = press(desk, job, "complete", "cleo"), press(desk, job, "complete", "cleo")

    assert first.id == second.id


def test_several_clocks_carry_it_out_once(desk: Desk) -> None:
    job = desk.job("delivered")
    press(desk, job, "complete", "cleo")

    with ThreadPoolExecutor(8) as pool:
        done = sum(pool.map(lambda _: carry_out(), range(8)))

    assert done == 1
    assert [line.action for line in desk.history(job)].count("complete") == 1


def test_another_process_carries_it_out_after_a_crash(desk: Desk) -> None:
    job = desk.job("delivered")
    press(desk, job, "complete", "cleo")

    desk.elsewhere(
        "import datetime as d\nfrom models import clock\nfrom workflow.orders import intentions\n"
        "db.use(settings.current().database)\n"
        "with clock.at(clock.now() + d.timedelta(seconds=11)): print(intentions.carry_out_due())"
    )

    assert desk.see(job).status == "completed"


@on_sqlite
@pytest.mark.parametrize(
    "action, by, waits",
    [
        ("complete", "cleo", True),
        ("complete", "bea", False),
        ("cancel", "bea", True),
        ("cancel", "ada", True),
        ("cancel", "cleo", False),
        ("deliver", "wren", False),
    ],
)
def test_whose_press_waits(desk: Desk, action: str, by: str, waits: bool) -> None:
    assert intentions.can_be_taken_back(action, desk.who(by)) is waits
    assert ("take it back" in intentions.warning(action, desk.who(by))) is waits


def test_what_was_pressed_goes_with_the_access(desk: Desk) -> None:
    job = desk.job("delivered")
    press(desk, job, "complete", "cleo")

    administration.set_password(desk.who("cleo").key, "correct horse", by=desk.who("ada"))

    assert carry_out() == 0
    assert desk.see(job).status == "delivered"
