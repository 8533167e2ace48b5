"""Prose: what people type, as HTML that can be shown: Markdown with line breaks and links, and nothing that acts.

It takes bounded time, and is to be called off the event loop; what is too long, too deep or too slow is shown as typed.
"""

import re
from functools import cache, lru_cache
from html import escape
from time import thread_time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

LONGEST = 20_000
"""Characters that are read as Markdown; a longer text is shown as it was typed."""

SECONDS = 0.04
"""The time on a processor that a text may take."""

_ONE_PARAGRAPH = re.compile(r'<p dir="auto">((?:(?!<p ).)*)</p>', re.DOTALL)
"""A text of one paragraph needs no element of its own within the one that shows it."""


def rendered(words: str) -> str:
    """The words as safe HTML."""
    return _marked_up(words) if len(words) <= LONGEST else _as_typed(words)


def prepare(*texts: str) -> None:
    """Render these off the event loop, so that a page that shows them only looks them up."""
    for words in texts:
        rendered(words)


@lru_cache(maxsize=4096)
def _marked_up(words: str) -> str:
    try:
        html = _parser().render(words, {"until": thread_time() + SECONDS}).strip()
    except (TimeoutError, RecursionError, ValueError, IndexError):  # the last two: a parser's own faults on odd texts
        return _as_typed(words)
    alone = _ONE_PARAGRAPH.fullmatch(html)
    return alone[1] if alone else html


def _as_typed(words: str) -> str:
    return f'<p class="as-typed" dir="auto">{escape(words)}</p>'


@cache
def _parser() -> "MarkdownIt":
    """The parser, warm: what it loads and builds at first would use up the time of whichever text came first."""
    from workflow.text import markdown  # late: it is large

    return markdown.parser()
