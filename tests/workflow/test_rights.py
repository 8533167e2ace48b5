"""Rights in the transaction: what somebody came in with is asked again where it counts, by every verb that writes."""

import ast
from collections.abc import Callable, Iterator
from inspect import signature
from pathlib import Path
from typing import Any

import pytest

import workflow
from models import User
from models.file import Kind
from models.preference import Channel
from models.status import Status
from models.user import Role
from tests.desk import PASSWORD, Desk, later, on_sqlite, refused
from tests.workflow.orders.test_files import bring
from workflow import access, moves, rules
from workflow.history import desk_log
from workflow.mail import undelivered
from workflow.notifications import inbox, preferences
from workflow.orders import (
    amending,
    bulk,
    bulk_export,
    bundles,
    comments,
    corrections,
    drafts,
    files,
    help_requests,
    holds,
    intentions,
    payments,
    placing,
    saved_views,
    withdrawals,
    work_types,
)  # fmt: skip
from workflow.orders.bulk_wish import Wish
from workflow.orders.terms import Order
from workflow.orders.work_types import Offer
from workflow.people import (
    accounts,
    addresses,
    administration,
    agency,
    api_tokens,
    invitations,
    new_passwords,
    profiles,
    second_factor,
    sign_ins,
)
from workflow.people.invitations import Guest
from workflow.refusals import SignedOut, WrongCredentials
from workflow.storage.incoming import Incoming

VERBS: dict[Callable[..., Any], tuple[Any, ...]] = {
    accounts.add: ("X", "x@example.com", Role.client, "correct horse"),
    administration.change: (1, {"name": "X"}),
    administration.set_password: (1, "correct horse"),
    addresses.ask: ("new@example.com",),
    addresses.take_back: (),
    agency._change: ({"name": "X"},),
    amending.amend: (1, {"title": "X"}),
    api_tokens.end: (1,),
    api_tokens.make: ("X", 30),
    bulk.update: (Wish((1,), Status.cancelled),),
    bulk_export.exported: (1, "csv"),
    bundles.opened: (1,),
    comments.delete: (1,),
    comments.edit: (1, "X"),
    comments.hide: (1,),
    comments.say: (1, "X"),
    corrections.change_client: (1, 1),
    corrections.reassign: (1, 1),
    desk_log.exported: ("",),
    drafts.keep: ("key", {}),
    drafts.start_over: ("key",),
    drafts.take_out: (1,),
    files.keep_all: (1,),
    files.opened: (1,),
    help_requests.ask_for: (1, "approve"),
    holds.lift: (1,),
    holds.put_on_hold: (1, "X"),
    inbox.look_at: (1,),
    inbox.mark_read: (),
    intentions.take_back: (1,),
    invitations.invite: ([Guest("X", "x@example.com", Role.client)],),
    invitations.send_again: (1,),
    invitations.withdraw: (1,),
    moves.make: (1, "cancel"),
    payments.record: (1, 100),
    payments.reverse: (1, 1),
    placing.place: (Order("X", client_id=1),),
    preferences.choose: ("order_updated", Channel.off),
    preferences.mute: (1,),
    preferences.set_digest_hour: (9,),
    preferences.unmute: (1,),
    profiles.end_sign_in: (1,),
    profiles.set_profile: ("X", "UTC", "dark"),
    rules.change: ({"deposit_first": True},),
    saved_views.forget: ("Late",),
    saved_views.keep: ("Late", "q=menu"),
    second_factor.begin: (),
    second_factor.fresh_codes: ("123456",),
    second_factor.take_away: (1,),
    second_factor.turn_off: ("123456",),
    second_factor.turn_on: ("123456",),
    undelivered.send_again: (1,),
    undelivered.send_all_again: (),
    withdrawals.withdraw: (1, 1),
    work_types.save: (Offer("Text", "words", 5),),
    work_types.set_offered: (1, True),
}
"""Each verb that writes in somebody's name, with something to do."""

ELSEWHERE = {"_begin", "_one_by_one", "_together", "bring", "check", "intend", "learn", "sign_in"}
"""Those with stories of their own here, and what only begins with one of these verbs."""


def writing_in_a_name() -> Iterator[str]:
    """The functions of the workflow that are given a user, and open a transaction."""
    for path in Path(workflow.__path__[0]).rglob("*.py"):
        for found in ast.walk(ast.parse(path.read_text())):
            if isinstance(found, ast.FunctionDef) and "database.writing(" in ast.unparse(found):
                said = [each.annotation for each in (*found.args.args, *found.args.kwonlyargs)]
                if {"User", "User | None"} & {ast.unparse(each) for each in said if each}:
                    yield found.name


def signed_in(desk: Desk, name: str) -> tuple[str, User]:
    """Somebody signs in: their key, and who they are at the door."""
    key = sign_ins.sign_in(desk.who(name))
    user = sign_ins.signed_in(key)
    assert user
    return key, user


@on_sqlite
def test_every_verb_is_asked(desk: Desk) -> None:
    named = {verb.__name__ for verb in VERBS} | ELSEWHERE

    assert set(writing_in_a_name()) == named


@on_sqlite
def test_who_was_signed_out_changes_nothing(desk: Desk) -> None:
    job = desk.job("pending", manager="bob")
    bring(desk, job, "brief", by="cleo")
    desk.sql("UPDATE notifications SET read = FALSE")
    key, ada = signed_in(desk, "ada")
    sign_ins.sign_out(key)

    for verb, parts in VERBS.items():
        with refused(access.ENDED, SignedOut):
            verb(*parts, by=ada) if "by" in signature(verb).parameters else verb(ada, *parts)

    assert [line.action for line in desk.history(job)] == ["create"]


def set_right(change: str, value: object) -> Callable[[Desk, str], object]:
    """Have Ada change this of Bob's account."""
    return lambda desk, _key: administration.change(desk.who("bob").key, {change: value}, by=desk.who("ada"))


def set_password(desk: Desk, _key: str = "") -> None:
    """Have Ada set Bob's password."""
    administration.set_password(desk.who("bob").key, "correct horse", by=desk.who("ada"))


ENDS: dict[str, tuple[Callable[[Desk, str], object], float]] = {
    "signed out": (lambda _desk, key: sign_ins.sign_out(key), 0),
    "expired": (lambda _desk, _key: None, 15),
    "closed": (set_right("active", False), 0),
    "demoted": (set_right("role", "writer"), 0),
    "new password": (set_password, 0),
}
"""How a sign-in ends, and after how many days."""


@pytest.mark.parametrize("end, days", ENDS.values(), ids=ENDS)
def test_whatever_ends_a_sign_in(desk: Desk, end: Callable[[Desk, str], object], days: float) -> None:
    job, (key, bob) = desk.job("pending"), signed_in(desk, "bob")
    moves.make(job.key, "approve", by=bob)

    end(desk, key)

    with later(days=days), Incoming() as incoming:
        incoming.write(b"words")
        with pytest.raises(SignedOut):
            moves.make(job.key, "cancel", by=bob)
        with pytest.raises(SignedOut):
            files.bring(incoming, job.key, "essay.txt", Kind.brief, by=bob)
    assert desk.see(job).status == "approved"


def test_ones_own_new_password_lets_one_go_on(desk: Desk) -> None:
    job, (key, bob) = desk.job("pending"), signed_in(desk, "bob")

    new_passwords.change_password(key, PASSWORD, "correct horse")

    assert moves.make(job.key, "approve", by=bob).status == "approved"


def test_a_password_that_changes_while_it_is_looked_at_lets_nobody_in(desk: Desk) -> None:
    bob = sign_ins.authenticate("bob@example.com", PASSWORD)
    set_password(desk)

    with pytest.raises(WrongCredentials):
        sign_ins.sign_in(bob)
