"""Prose: what people type is shown as they meant it, and can neither act nor keep the server busy."""

import subprocess
import sys
from pathlib import Path
from time import thread_time

import pytest

from workflow.text import prose

ROOT = Path(__file__).parents[3]

ATTACKS = {
    "titles of links": '[a](b "' * 1100,
    "quotations": ">" * 400 + "a",
    "stars and brackets": "*_[" * 21_000,
    "some of these": "*_[" * 6_000,
    "brackets": "[" * 19_000,
    "pictures": "![" * 9_500,
    "lists": "\n".join("  " * depth + "- a" for depth in range(190)),
    "emphasis": "*a **b " * 2_800,
    "one word": "a" * 19_000,
    "links": "https://a.example/x " * 950,
    "schemes": "http://" * 2_800,
    "addresses": "a@" * 9_500,
    "code": "".join("`" * length + "a" for length in range(1, 190)),
    "definitions": "[a]: b\n" * 2_800,
    "a book": "word " * 40_000,
}


def seconds(words: str) -> float:
    """The time on a processor that it takes to show these words."""
    prose._marked_up.cache_clear()
    begun = thread_time()
    assert prose.rendered(words)
    return thread_time() - begun


def test_the_first_links_after_a_start_are_links() -> None:
    script = "from workflow.text import prose; print(prose.rendered('See https://a.example or wren@b.de'))"

    shown = subprocess.check_output([sys.executable, "-c", script], cwd=ROOT, text=True)

    assert shown.count("<a ") == 2


@pytest.mark.parametrize("words", ATTACKS.values(), ids=ATTACKS)
def test_no_text_takes_long(words: str) -> None:
    assert min(seconds(words) for _ in range(3)) < 0.09


def test_what_takes_too_long_is_shown_as_typed() -> None:
    words = "*_[<b>" * 3_000

    assert prose.rendered(words) == f'<p class="as-typed" dir="auto">{words.replace("<b>", "&lt;b&gt;")}</p>'


def test_lines_stay_lines() -> None:
    assert prose.rendered("Dear team,\nthe title\n\nThank you").count("<br />") == 1
    assert "<pre" not in prose.rendered("Hello\n\n\t    pasted from a mail\n")


@pytest.mark.parametrize("address", ["https://a.example/x?a=1", "mailto:cleo@example.com"])
def test_an_address_is_a_link_that_tells_nothing(address: str) -> None:
    assert f'<a href="{address}" rel="noopener noreferrer nofollow" target="_blank">' in prose.rendered(f"<{address}>")


def test_addresses_in_a_sentence_are_links() -> None:
    html = prose.rendered("See https://example.com/x, www.example.com or cleo@example.com.")

    assert html.count("<a href=") == 3
    assert 'href="https://example.com/x"' in html


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc", "vbscript:x", "//evil", "/x"]
)
def test_other_addresses_are_words(url: str) -> None:
    assert "<a" not in prose.rendered(f"[look]({url})")


def test_a_picture_from_elsewhere_is_a_link() -> None:
    html = prose.rendered('![A "cat"](https://example.com/cat.png?a&b "x")')

    assert "<img" not in html
    assert 'href="https://example.com/cat.png?a&amp;b"' in html


def test_html_is_shown_as_typed() -> None:
    assert prose.rendered("<img src=x onerror=1>") == "&lt;img src=x onerror=1&gt;"


def test_each_paragraph_has_its_own_direction() -> None:
    assert prose.rendered("Hello\n\nשלום").count('<p dir="auto">') == 2
