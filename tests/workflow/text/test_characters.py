"""Characters: words stay as they were said; what cannot be seen, or turns its neighbours, does not come in."""

import pytest

from tests.desk import Desk, listening, on_sqlite, refused
from workflow import checks
from workflow.orders import placing
from workflow.orders.terms import Order
from workflow.refusals import InvalidField
from workflow.text import characters

UNSEEN = [
    "\u200b", "\u2060", "\u3164", "\u00ad", "\x01", "\u2800", "\ufe0f", "\ufffc", "\U0001d159",
    "\U000e0041", "\u200d", "\u034f", "\ufeff", "\u202e", "\u00a0",
]  # fmt: skip


@pytest.mark.parametrize("blank", UNSEEN)
def test_nothing_to_be_seen_is_no_title(desk: Desk, blank: str) -> None:
    with refused("The title is missing.", InvalidField):
        placing.place(Order(title=f" {blank}{blank}"), by=desk.who("cleo"))


@pytest.mark.parametrize("blank", UNSEEN)
def test_nothing_to_be_seen_is_no_note(blank: str) -> None:
    assert checks.text("note", blank + blank, 9) in (None, blank + blank if blank.isspace() else None)


@pytest.mark.parametrize("words", ["👩‍👩‍👧 family", "می‌خواهم", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "❤️", "שלום", "a\n\tb"])
def test_what_belongs_to_words_stays(words: str) -> None:
    assert characters.clean(words) == words


def test_letters_are_composed_and_lines_end_plainly() -> None:
    assert characters.clean("Re\u0301sume\u0301\r\nb\u2028d\x0be") == "Résumé\r\nb\nd\ne"


def test_nothing_turns_what_stands_around_it() -> None:
    assert characters.clean("\u202eevil \u2067x\u2069 \x1b[31m\x00") == "evil x [31m"


@pytest.mark.parametrize("words", ["\u202eTea\u202c", "\u2067Tea\u2069", "\u2067a\u202bb\u202c\u2069 c"])
def test_a_turn_that_ends_stays_and_turns_no_sentence(words: str) -> None:
    assert checks.line("title", words, 20) == words
    assert characters.isolated(words) == f"\u2068{words}\u2069" or words.startswith("\u2068")


@pytest.mark.parametrize("words", ["\u202cTea\u202e", "\u2067Tea\u202c", "Tea\u2069", "\u202e\u202eTea\u202c"])
def test_a_turn_that_does_not_end_goes(words: str) -> None:
    assert characters.clean(words) == "Tea"


def test_hidden_words_in_tags_are_taken_out() -> None:
    assert characters.clean("Hi\U000e0068\U000e0069") == "Hi"


def test_a_title_stands_on_one_line(desk: Desk) -> None:
    job = placing.place(Order(title=" Tea\r\nBcc:\tx\u2028y "), by=desk.who("cleo"))

    assert job.title == "Tea Bcc: x y"


def test_a_title_from_right_to_left_turns_no_sentence(desk: Desk) -> None:
    placing.place(Order(title="מדריך 2."), by=desk.who("cleo"))

    sentence = desk.news_of("bea")[-1]
    assert sentence == 'Order "מדריך 2.": Cleo Clark has placed a new order'
    assert characters.titled(sentence) == 'Order "\u2068מדריך 2.\u2069": Cleo Clark has placed a new order'


@on_sqlite
def test_news_is_told_after_its_session_has_ended(desk: Desk) -> None:
    with listening() as rung:
        placing.place(Order(title="Tea"), by=desk.who("cleo"))

    assert {line.message for news in rung for line in news.notifications} >= {
        'Order "Tea": We have received your order'
    }


@on_sqlite
def test_other_titles_are_repeated_as_they_are(desk: Desk) -> None:
    placing.place(Order(title="Tea: 50 % off"), by=desk.who("cleo"))

    assert desk.news_of("bea")[-1].startswith('Order "Tea: 50 % off": ')
