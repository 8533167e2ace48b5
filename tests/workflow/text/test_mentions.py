"""Mentions: the one who is meant is called, and nobody else; in every script, and by an edit too."""

import pytest

from models import User
from models.user import Role
from tests.desk import Desk
from workflow.orders import comments
from workflow.text import mentions

NAMES = ["Ann Lee", "Ann Weber", "Anna Holm", "Dr. Anna Weiss", "Zoë Roy", "田中 太郎", "Jean-Luc Roy"]


def called(words: str) -> list[str]:
    """The names of those whom the words call."""
    people = [
        User(id=1 + key, email="", name=name, role=Role.client, password_hash="") for key, name in enumerate(NAMES)
    ]
    return [user.name for user in mentions.called(words, people)]


@pytest.mark.parametrize(
    "words, names",
    [
        ("@Ann, @ANNA!", ["Ann Lee", "Ann Weber", "Anna Holm", "Dr. Anna Weiss"]),
        ("@Ann Lee and @ann  weber", ["Ann Lee", "Ann Weber"]),
        ("@Ann Lee please", ["Ann Lee"]),
        ("@Anna Weiss", ["Dr. Anna Weiss"]),
        ("@Dr. Anna Weiss", ["Dr. Anna Weiss"]),
        ("@Zoe\u0308", ["Zoë Roy"]),
        ("请@Ann Lee看一下", ["Ann Lee"]),
        ("@Ann Leeさん、お願いします", ["Ann Lee"]),
        ("@田中さん", ["田中 太郎"]),
        ("@Jean-Luc: yes", ["Jean-Luc Roy"]),
        ("سلام و@Anna Holm، شكرا", ["Anna Holm"]),
        ("＠Ann Leeさん", ["Ann Lee"]),
        ("mail@ann.example, @Annabel, @Ann-Marie, Ann", []),
    ],
)
def test_who_is_meant_is_called(words: str, names: list[str]) -> None:
    assert called(words) == names


def test_an_edit_calls_once(desk: Desk) -> None:
    job = desk.job("in_progress", title="Tea")
    said = comments.say(job.key, "Could you look?", by=desk.who("cleo"))

    for words in ("Could you look, @Bob?", "Could you look?", "Could you look, @Bob, please?"):
        comments.edit(said.key, words, by=desk.who("cleo"))

    assert desk.news_of("bob") == ['Order "Tea": Cleo mentioned you: Could you look, @Bob, please?']


@pytest.mark.parametrize(
    "name, first",
    [
        ("Dr. Anna Weiss", "Anna"),
        ("Prof. Dr. med. Anna Weiss", "Anna"),
        ("Dipl.-Ing. Anna Weiss", "Anna"),
        ("Frau Anna Weiss", "Anna"),
        ("Frau Weiss", "Frau Weiss"),
        ("Dr. Weiss", "Dr. Weiss"),
        ("Mr John Smith", "John"),
        ("Drew Mason", "Drew"),
        ("Dr.", "Dr."),
        ("Sr", "Sr"),
    ],
)
def test_a_title_is_no_first_name(name: str, first: str) -> None:
    assert User(email="", name=name, role=Role.client, password_hash="").first_name == first
