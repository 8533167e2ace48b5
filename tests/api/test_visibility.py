"""Who sees a job by its id, and what of it: no amounts for writers, no talk of the team for clients."""

from tests.api.caller import By, said
from tests.desk import Desk, on_sqlite

pytestmark = on_sqlite  # no database decides any of it

PEOPLE = ("cleo", "carl", "wren", "wolf", "bea", "bob", "ada")


def seers(by: By, path: str) -> list[str]:
    """Those who are not told that there is nothing."""
    answers = {name: said(by(name).get(path)) for name in PEOPLE}
    assert set(answers.values()) <= {(200, None), (404, "JOB_NOT_FOUND")}
    return [name for name, (status, _) in answers.items() if status == 200]


def test_writers_see_what_they_may_claim(desk: Desk, by: By) -> None:
    job = desk.job("approved", client="cleo")
    before = seers(by, f"/api/jobs/{job.id}")

    desk.rules(writers_may_claim=True)

    assert before == ["cleo", "bea", "bob", "ada"]
    assert seers(by, f"/api/jobs/{job.id}") == ["cleo", "wren", "wolf", "bea", "bob", "ada"]
    assert by("wolf").titles() == [job.title]


def test_a_claim_by_rest(desk: Desk, by: By) -> None:
    job = desk.job("approved")
    desk.rules(writers_may_claim=True)

    assert by("wolf").move(job, "assigned").json()["writerName"] == "Wolf Weber"
    assert said(by("wren").move(job, "assigned")) == (404, "JOB_NOT_FOUND")


def test_writers_see_no_amounts(desk: Desk, by: By) -> None:
    job = desk.job("assigned", writer="wren", amount=12_050)

    fields = ("amount", "amountPaid", "paymentStatus")
    for seen in (by("wren").read(job), by("wren").get("/api/jobs").json()["items"][0]):
        assert [seen[field] for field in fields] == [None] * 3
    assert [by("cleo").read(job)[field] for field in fields] == ["120.50", "0.00", "unpaid"]
    assert "12" not in by("wren").move(job, "in_progress").json().values()


def test_clients_do_not_read_the_teams_notes(desk: Desk, by: By) -> None:
    job = desk.job("pending")
    by("bea").move(job, "approved", note="Welcome")
    by("bea").move(job, "assigned", note="Mind her commas", writerId=desk.who("wren").id)
    by("wren").move(job, "in_progress", note="Off we go")
    by("wren").move(job, "editing", note="Check page 2")
    by("bea").move(job, "delivered", note="Here it is")

    notes = {name: [line["note"] for line in by(name).logs(job)] for name in ("cleo", "wren", "ada")}
    everything = ["Here it is", "Check page 2", "Off we go", "Mind her commas", "Welcome", None]
    assert notes["cleo"] == ["Here it is", None, "Off we go", None, "Welcome", None]
    assert notes["wren"] == notes["ada"] == everything
