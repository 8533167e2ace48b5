"""Words: whatever people write comes back as it went in."""

from tests.api.caller import By, said
from tests.desk import Desk

WORDS = [
    "So schön! 🎉 👩‍👩‍👧 🏳️‍🌈",
    "\u202eשלום עולם\u202c مرحبا بالعالم",
    "cafe\u0301 and café",
    "line\r\nline\tend",
    "Robert'); DROP TABLE jobs;--",
    "<script>alert('1')</script> &amp; \"quoted\"",
    "100 % \\ {0} %s ${x} \x7f\x1b[31m",
    "zero\u200bwidth \ufeff and \uffff and \U0010ffff",
]


def test_they_come_back_as_they_went_in(desk: Desk, by: By) -> None:
    for words in WORDS:
        number = by("cleo").place(words, instructions=words, workType=words).json()["id"]
        by("cleo").move(number, "cancelled", note=words)

        job, line = by("ada").read(number), by("ada").logs(number)[0]
        assert [job["title"], job["instructions"], job["workType"], line["note"], line["jobTitle"]] == [words] * 5
        assert desk.news_of("ada")[-1] == f'Order "{words}": The order has been cancelled'
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
