"""Words: what people write comes back as they wrote it, composed, and without what nobody can see or say."""

from tests.api.caller import By, said
from tests.desk import Desk

WORDS = {
    "So schön! 🎉 👩‍👩‍👧 🏳️‍🌈": "So schön! 🎉 👩‍👩‍👧 🏳️‍🌈",
    "\u202eשלום עולם\u202c مرحبا بالعالم": "\u202eשלום עולם\u202c مرحبا بالعالم",
    "cafe\u0301 and café": "café and café",
    "line\r\nline\tend": "line\r\nline\tend",
    "Robert'); DROP TABLE jobs;--": "Robert'); DROP TABLE jobs;--",
    "<script>alert('1')</script> &amp; \"quoted\"": "<script>alert('1')</script> &amp; \"quoted\"",
    "100 % \\ {0} %s ${x} \x7f\x1b[31m": "100 % \\ {0} %s ${x} [31m",
    "zero\u200bwidth \ufeffand \uffff and \U0010ffff": "zero\u200bwidth and \uffff and \U0010ffff",
}
"""What is typed, and what comes back."""


def test_they_come_back_as_they_went_in(desk: Desk, by: By) -> None:
    for typed, words in WORDS.items():
        number = by("cleo").place(typed, instructions=typed, workType=typed).json()["id"]
        by("cleo").move(number, "cancelled", note=typed)

        job, line, title = by("ada").read(number), by("ada").logs(number)[0], " ".join(words.split())
        assert [job["instructions"], line["note"]] == [words] * 2
        assert [job["title"], job["workType"], line["jobTitle"]] == [title] * 3
        assert desk.news_of("ada")[-1] == f'Order "{title}": The order has been cancelled'
    assert desk.faults() == []


def test_long_words_fit_or_are_refused(desk: Desk, by: By) -> None:
    longest, brief = "🎉" * 20_000, "x" * 200_000
    job = by("cleo").place("t" * 200, instructions=brief).json()

    assert said(by("cleo").move(job["id"], "cancelled", note=longest + "!")) == (422, "INVALID_FIELD")
    assert said(by("cleo").move(job["id"], "cancelled", note=longest)) == (200, None)
    assert by("cleo").logs(job["id"])[0]["note"] == longest
    assert by("cleo").read(job["id"])["instructions"] == brief


def test_blanks_around_a_title_go(by: By) -> None:
    assert by("cleo").place("  Research Paper\n").json()["title"] == "Research Paper"


def test_an_empty_note_is_none(desk: Desk, by: By) -> None:
    job = desk.job()

    by("bea").move(job, "approved", note="")

    assert by("bea").logs(job)[0]["note"] is None
