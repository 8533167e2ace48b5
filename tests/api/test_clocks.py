"""The clocks, as programs see them: what Docket did by itself, and what clients never hear."""

from datetime import timedelta

from models import clock
from tests.api.caller import By
from tests.desk import Desk, later
from workflow.orders import auto_completion, deadlines


def test_docket_completes_without_an_account(desk: Desk, by: By) -> None:
    desk.rules(auto_complete_days=1)
    job = desk.job("delivered")
    for days in (0, 1.01):
        with later(days=days, minutes=1):
            auto_completion.take_steps()

    line = by("cleo").get(f"/api/jobs/{job.id}/logs").json()[0]
    seen = by("cleo").get(f"/api/jobs/{job.id}").json()
    assert (line["action"], line["changedBy"], line["changedByName"]) == ("complete", None, None)
    assert (seen["status"], seen["clientApproved"]) == ("completed", False)


def test_clients_hear_of_no_deadline(desk: Desk, by: By) -> None:
    job = desk.job("in_progress", deadline=clock.now() + timedelta(hours=5))
    for hours in (0, 6):
        with later(hours=hours):
            deadlines.tell_due()

    def heard(name: str) -> list[str]:
        lines = by(name).get("/api/notifications", userId=desk.who(name).id).json()
        return [line["type"] for line in lines if line["type"].startswith("deadline")]

    assert heard("wren") == heard("bea") == ["deadline_missed", "deadline_near"]
    assert heard("cleo") == []
    with later(hours=6):
        assert by("cleo").get(f"/api/jobs/{job.id}").json()["overdue"] is True
    assert [letter.type for letter in desk.letters()] == []


def test_the_documentation_says_who_completes(desk: Desk, by: By) -> None:
    told = by("ada").get("/api/jobs/state-machine/documentation").json()

    (complete,) = [arrow for arrow in told["transitions"] if arrow["action"] == "complete"]
    assert complete["roles"] == ["client", "manager", "admin"]
    assert complete["conditions"] == ["not_on_hold", "paid_in_full"]
    assert any("completes" in rule["effect"] for rule in told["rules"] if rule["name"] == "auto_complete_days")


def test_nobody_is_told_to_ask_the_clock(desk: Desk, by: By) -> None:
    job = desk.job("delivered")

    refusal = by("wren").move(job.key, "completed").json()

    assert refusal["error"] == "Only Bea (manager) or Cleo (client) can complete it."
