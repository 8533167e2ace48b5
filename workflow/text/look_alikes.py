"""Look-alikes: what words are taken for at a glance, and whether anything of them can be seen."""

import re
import unicodedata

_FILLERS = (
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufffc\ufe00-\ufe0f\uffa0\U0001d159\U000e0100-\U000e01ef"
)
_UNSEEN_LETTERS = re.compile(f"[{_FILLERS}]")
"""Fillers, variation selectors, stand-ins and the blank Braille cell count as letters or marks, and show nothing."""

SEEN = rf"(?![{_FILLERS}])[\p{{L}}\p{{M}}\p{{N}}\p{{P}}\p{{S}}]"
"""What `is_blank` looks for, as a pattern of JSON Schema."""


def is_blank(words: str) -> bool:
    """Whether nothing of these words can be seen."""
    return all(unicodedata.category(each)[0] in "CZ" or _UNSEEN_LETTERS.match(each) for each in words)


def skeleton(words: str) -> str:
    """What words look like at a glance: without capitals, widths, accents' forms, blanks and unseen characters."""
    plain = unicodedata.normalize("NFKC", words).casefold().translate(_LOOK_ALIKES)
    return "".join(each for each in plain if each.isalnum() and not _UNSEEN_LETTERS.match(each))


_LOOK_ALIKES = str.maketrans("аеіјкмотсухѕԁηοαεικντυ0", "aeijkmotcyxsdnoaeikvtuo") | {ord("р"): "p", ord("ρ"): "p"}
"""Cyrillic and Greek letters that look like Latin ones."""
