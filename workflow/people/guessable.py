"""Guessable: whether a password is among the first that somebody would try, of anybody or of this person."""

import re
import threading
from collections.abc import Iterable

ENOUGH = 3
"""Of zxcvbn's scores from 0 to 4: more than a hundred million guesses, which the door lets nobody make."""

LOOKED_AT = 72
"""Characters: what is longer is judged by its beginning."""

KINDS, LOOKED_AT_OF_MANY = 8, 20
"""Signs and digits may each stand for letters, and the library tries all that they may mean together: with more kinds
of them than this it looks at few characters, or one password would keep the desk busy for seconds."""

FEW = 5

PRODUCT = "docket"
"""An agency without a name is called so; that is no knowledge of anybody, and whoever tries Docket out uses it."""

OWN = "This password is made of what others know of you or of the agency. Take three or four words that do not."
EASY = "This password is guessed within minutes. Take three or four words that do not belong together."

_one_at_a_time = threading.Lock()
"""The library keeps what is known of the person in one place for all."""


def why(password: str, known: Iterable[str]) -> str:
    """Why this password will not do, as a sentence, where names and addresses such as these are known; else nothing."""
    from zxcvbn import zxcvbn  # late: it reads its lists of words
    from zxcvbn.matching import L33T_TABLE

    words, signs = _words(known), {sign for signs in L33T_TABLE.values() for sign in signs}
    longest = LOOKED_AT_OF_MANY if len(signs.intersection(password[:LOOKED_AT])) > KINDS else LOOKED_AT
    with _one_at_a_time:
        found = zxcvbn(password[:longest], [*words], LOOKED_AT)
    if found["score"] < ENOUGH and not any(part.get("dictionary_name") == "user_inputs" for part in found["sequence"]):
        return EASY
    return OWN if found["score"] < ENOUGH or _is_left_with_little(password.casefold(), words) else ""


def _words(known: Iterable[str]) -> set[str]:
    """What is known, whole and in its words; one or two letters say nothing."""
    words = {word for said in known for word in (said, *re.split(r"[\W_]+", said))}
    return {word.casefold() for word in words if len(word) > 2} - {PRODUCT}


def _is_left_with_little(password: str, words: set[str]) -> bool:
    """Whether hardly a letter is left of it without what is known: digits and signs are soon tried."""
    left = password
    for word in sorted(words, key=len, reverse=True):
        left = left.replace(word, "")
    return left != password and sum(map(str.isalpha, left)) < FEW
