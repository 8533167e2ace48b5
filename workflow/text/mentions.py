"""Mentions: whom a comment calls with @, by the first name or the full one."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable

from models.user import User

_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
"""Scripts that set words without blanks, or glue endings to names: there, a letter beside a name is no part of it."""

_GLUED = "\u0590-\u08ff"
"""Hebrew and Arabic set their "and" and "to" before a word without a blank."""

_BEFORE, _AFTER = rf"(?<![^\W{_UNSPACED}{_GLUED}])", rf"(?![^\W{_UNSPACED}]|-\w)"


def called(words: str, people: Iterable[User]) -> list[User]:
    """Those of these people whom the words call: `@Ann` calls neither Anna nor Ann-Marie, `@Ann Lee` no other Ann."""
    by_name: defaultdict[str, list[User]] = defaultdict(list)
    for user in people:
        for name in names(user):
            by_name[_plain(name)].append(user)
    longest_first = sorted(by_name, key=len, reverse=True)
    either = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in longest_first)
    found = re.findall(rf"{_BEFORE}@({either}){_AFTER}", _plain(words)) if either else []
    return list({user.key: user for name in found for user in by_name[" ".join(name.split())]}.values())


def names(user: User) -> list[str]:
    """What this user can be called by: the first name, and with the last one when a namesake is not meant."""
    first, last = user.first_name, user.name.split()[-1:]
    without_title = user.name[user.name.find(first) :]
    return list(dict.fromkeys([first, user.name, without_title, *(f"{first} {word}" for word in last)]))


def shortest(people: Iterable[User]) -> list[str]:
    """What calls each of these people and no other of them: the first name, or the whole one beside a namesake."""
    by_key = {user.key: user for user in people}
    number = Counter(_plain(user.first_name) for user in by_key.values())
    return [user.first_name if number[_plain(user.first_name)] == 1 else user.name for user in by_key.values()]


def _plain(words: str) -> str:
    return unicodedata.normalize("NFC", words).casefold().replace("＠", "@")  # as Japanese keyboards have it
