"""The agency's rules: admins switch them, each change is logged, and every open page and process heeds them at once."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from models import database
from models.rule_change import RuleChange
from models.rules import Rules
from models.user import User
from workflow import access, checks
from workflow.history import desk_log
from workflow.live import rings
from workflow.refusals import InvalidField
from workflow.text import numerals


@dataclass(frozen=True)
class Rule:
    """A rule as people read it. `least` and `most` bound a number; a number may be left empty where that means off."""

    title: str
    effect: str
    least: int | None = None
    most: int | None = None
    may_be_empty: bool = False


RULES = {
    "deposit_first": Rule("Deposit first", "An order is approved only once the deposit is paid."),
    "deposit_percent": Rule("Deposit", "How much of the amount the deposit is, in percent.", 1, 100),
    "paid_before_completion": Rule("Paid before completion", "An order is completed only once it is paid in full."),
    "editing_is_required": Rule("Editing is required", "Work goes through editing before it is delivered."),
    "file_before_delivery": Rule(
        "File before delivery", "Work is submitted and delivered only with a final file newer than the last revision."
    ),
    "writers_may_claim": Rule("Writers may claim", "Writers see approved orders without a writer and take them."),
    "writer_capacity": Rule("Writer capacity", "How many orders a writer may have in hand; empty: any.", 1, 1000, True),
    "included_revisions": Rule("Included revisions", "How many a new order includes; empty: any.", 0, 1000, True),
    "auto_complete_days": Rule(
        "Auto-complete", "Days after which a delivered order that its client leaves alone completes; empty: never.",
        1, 365, True,
    ),
    "public_orders": Rule("Public order form", "People without an account order at /order, and confirm it by mail."),
    "second_factor_days": Rule(
        "Second factor", "Days after which managers and admins need one to sign in; empty: never.", 0, 365, True
    ),
}  # fmt: skip
"""Every rule of SPEC section 3, by its column."""


def change(wanted: dict[str, Any], *, by: User) -> Rules:
    """Set these rules; returns all as they are now in force.

    Raises Forbidden for anybody but admins, InvalidField for a value that is none.
    """
    with database.writing() as session:
        actor = access.still_active(session, by)
        access.only_admins(actor, "change the rules")
        rules = session.merge(Rules.get(session))
        changed = False
        for name, new in checks.together(**{name: partial(_checked, name, wanted[name]) for name in wanted}).items():
            old = getattr(rules, name)
            if old != new:
                setattr(rules, name, new)
                changed = True
                session.add(RuleChange(rule=name, old=shown(old), new=shown(new), changed_by=actor.key))
                change = f"{RULES[name].title}, {shown(old)} → {shown(new)}"
                desk_log.add(session, "rule", by=actor, detail=change)
        if changed:
            rings.for_everybody(session)
        return rules


def typed(name: str, words: str | None) -> int | None:
    """The number that an admin typed for a rule, None for nothing; raises InvalidField for what is no number."""
    try:
        return numerals.whole(words) if words and words.strip() else None
    except ValueError:
        raise _no_number(name) from None


def _no_number(name: str) -> InvalidField:
    rule = RULES[name]
    return InvalidField(name, f"{rule.title} is a whole number from {rule.least} to {rule.most}.")


def _checked(name: str, value: Any) -> bool | int | None:
    rule = RULES[name]
    if rule.least is None or rule.most is None:
        if isinstance(value, bool):
            return value
        raise InvalidField(name, f"{rule.title} is either on or off.")
    if value is None and rule.may_be_empty:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not rule.least <= value <= rule.most:
        raise _no_number(name)
    return value


def shown(value: bool | int | None) -> str:
    """A rule's value in a word."""
    words = {None: "none", True: "on", False: "off"}
    return words[value] if value is None or isinstance(value, bool) else str(value)
