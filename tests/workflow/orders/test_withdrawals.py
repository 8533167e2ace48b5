"""Withdrawals: a wrong file goes, for everybody; who brought it may take it back until the client has it."""

import pytest

from models import database
from models.file import File
from tests.desk import Desk, refused
from tests.workflow.orders.test_files import ALL, bring, has, on_disk
from workflow.history.visibility import readable_note
from workflow.orders import withdrawals
from workflow.refusals import ConditionNotMet, Forbidden, NotFound


def test_a_wrong_file_is_gone_for_all(desk: Desk) -> None:
    job = desk.job("in_progress")
    wrong = bring(desk, job, "draft", by="wren", name="salaries.txt")

    withdrawals.withdraw(job.key, wrong.key, by=desk.who("wren"), note="Not this one")

    line = desk.history(job)[-1]
    assert on_disk() == []
    with database.reading() as session:
        assert File.of(session, job, desk.who("ada")) == []
    assert (line.action, line.old_status, line.new_status) == ("withdraw_file", "in_progress", "in_progress")
    assert readable_note(line, desk.who("bea")) == "draft: salaries.txt\n\nNot this one"
    assert readable_note(line, desk.who("cleo")) is None
    assert desk.news_of("ada")[-1] == 'Order "Research Paper": Wren removed a draft file'
    assert desk.news_of("cleo") == desk.faults() == []


def test_each_takes_back_their_own(desk: Desk) -> None:
    job = desk.job("in_progress")
    brief, draft = bring(desk, job, "brief", by="cleo"), bring(desk, job, "draft", by="wren")

    with refused("Only Bea (manager) can remove this file.", Forbidden):
        withdrawals.withdraw(job.key, brief.key, by=desk.who("wren"))
    with refused("There is no such file.", NotFound):
        withdrawals.withdraw(job.key, draft.key, by=desk.who("cleo"))
    withdrawals.withdraw(job.key, brief.key, by=desk.who("cleo"))
    withdrawals.withdraw(job.key, draft.key, by=desk.who("wren"))

    assert has(desk, job, "ada") == ""


@pytest.mark.parametrize("name", ["bea", "bob", "ada"])
def test_what_the_client_has_is_the_agencys_to_withdraw(desk: Desk, name: str) -> None:
    job = desk.job("in_progress")
    final = bring(desk, job, "final", by="wren")
    desk.make(job, "deliver", by="wren")

    with refused("Only Bea (manager) can remove this file.", Forbidden):
        withdrawals.withdraw(job.key, final.key, by=desk.who("wren"))
    withdrawals.withdraw(job.key, final.key, by=desk.who(name))

    assert desk.news_of("cleo")[-1].endswith("removed a final file")
    assert has(desk, job, "cleo") == ""


@pytest.mark.parametrize("name", ["carl", "wolf"])
def test_strangers_find_nothing_to_withdraw(desk: Desk, name: str) -> None:
    job = desk.job("in_progress")

    with refused("There is no such order.", NotFound):
        withdrawals.withdraw(job.key, bring(desk, job, "brief").key, by=desk.who(name))


def test_another_orders_file_is_not_there(desk: Desk) -> None:
    job, other = desk.job("in_progress"), desk.job("in_progress")

    with refused("There is no such file.", NotFound):
        withdrawals.withdraw(job.key, bring(desk, other, "brief").key, by=desk.who("ada"))


def test_a_withdrawn_final_delivers_nothing(desk: Desk) -> None:
    job, other = desk.job("in_progress"), desk.job("in_progress")
    desk.rules(file_before_delivery=True)
    final, _ = (bring(desk, each, "final", by="wren") for each in (job, other))

    withdrawals.withdraw(job.key, final.key, by=desk.who("wren"))

    with refused("There is no final file yet.", ConditionNotMet):
        desk.make(job, "deliver", by="wren")


def test_twice_is_once(desk: Desk) -> None:
    job = desk.job("in_progress")
    files = {kind: bring(desk, job, kind).key for kind in ALL.split()}
    withdrawals.withdraw(job.key, files["draft"], by=desk.who("bea"))

    with refused("There is no such file.", NotFound):
        withdrawals.withdraw(job.key, files["draft"], by=desk.who("bea"))
    assert has(desk, job, "bea") == "brief final"
