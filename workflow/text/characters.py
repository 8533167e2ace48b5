"""Characters: what people type is kept as they said it, but for what cannot be seen, or bends what stands around it."""

import re
import unicodedata

_LINE_ENDS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ufff9-\ufffb\U0001d173-\U0001d17a]")
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069\u206a-\u206f]")
"""Overrides, embeddings and isolates: unclosed, they turn all that follows."""

_TAGS = re.compile("(\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f)|[\U000e0000-\U000e007f]")
"""Tag characters make flags, such as Scotland's; anywhere else they are hidden text."""


_TITLED = re.compile('^(Order ")(.*?)(": )', re.DOTALL)

_TURNING = {"R", "AL", "AN", "LRE", "RLE", "LRO", "RLO", "LRI", "RLI", "FSI"}
_ISOLATE, _ISOLATE_ENDS = "\u2068", "\u2069"
_ENDS = dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c") | dict.fromkeys("\u2066\u2067\u2068", _ISOLATE_ENDS)
"""What begins a turn of direction -> what ends it."""


def clean(words: str) -> str:
    """The words composed (NFC), without controls, and with nothing unclosed that would turn their neighbours.

    What joins letters and emoji (ZWJ, ZWNJ, variation selectors) stays, and so do line ends.
    """
    words = _CONTROLS.sub("", _LINE_ENDS.sub("\n", words))
    words = _TAGS.sub(lambda found: found[1] or "", words)
    return unicodedata.normalize("NFC", words if _are_closed(words) else unturned(words))


def unturned(words: str) -> str:
    """The words without overrides, embeddings and isolates."""
    return _DIRECTIONS.sub("", words)


def _are_closed(words: str) -> bool:
    """Whether each turn of direction ends within the words, and nothing ends that was not begun."""
    awaited: list[str] = []
    for mark in _DIRECTIONS.findall(words):
        if mark in _ENDS:
            awaited.append(_ENDS[mark])
        elif not awaited or awaited.pop() != mark:
            return False
    return not awaited


def on_one_line(words: str) -> str:
    """The words with single blanks between them, and no line break of any kind."""
    return " ".join(words.split())


def isolated(words: str) -> str:
    """Words for a sentence of ours: those written from right to left do not turn what stands around them."""
    turns = not words.isascii() and any(unicodedata.bidirectional(each) in _TURNING for each in words)
    return f"{_ISOLATE}{words}{_ISOLATE_ENDS}" if turns and not words.startswith(_ISOLATE) else words


def titled(sentence: str) -> str:
    """A sentence of news as it is shown, with the title in it set apart; programs get the title as it was typed."""
    return _TITLED.sub(lambda found: f"{found[1]}{isolated(found[2])}{found[3]}", sentence, count=1)
