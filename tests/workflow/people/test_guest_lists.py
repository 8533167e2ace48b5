"""Guest lists: whatever people paste, each line is somebody, or says what is wrong with it."""

import pytest

from models.user import Role
from tests.desk import Desk, on_sqlite, refused
from workflow.people import guest_lists
from workflow.people.invitations import Guest
from workflow.refusals import Forbidden, InvalidField


def read(desk: Desk, words: str, by: str = "ada") -> list[guest_lists.Line]:
    return guest_lists.read(words, Role.client, by=desk.who(by))


@on_sqlite
@pytest.mark.parametrize(
    "line",
    [
        "Nina New, nina@example.com, writer",
        "Nina New;nina@example.com;Writer",
        "Nina\tNew\tNINA@example.com\twriter",
        "nina@example.com,Nina New,writer",
        '"Nina New" <nina@example.com>, writer',
        ' "Nina New" , "nina@example.com" , "writer" ,,',
    ],
)
def test_a_line_is_read_however_it_is_written(desk: Desk, line: str) -> None:
    assert [each.guest for each in read(desk, line)] == [Guest("Nina New", "nina@example.com", Role.writer)]


@on_sqlite
def test_who_names_no_role_has_the_one_that_was_chosen(desk: Desk) -> None:
    (line,) = read(desk, "New, Nina <nina@example.com>")

    assert line.guest == Guest("New, Nina", "nina@example.com", Role.client)


@on_sqlite
def test_heads_and_empty_lines_are_nobody(desk: Desk) -> None:
    lines = read(desk, "Name,E-Mail,Role\r\n\r\nNina New,nina@example.com,writer\r\n")

    assert [(line.number, line.problem) for line in lines] == [(3, "")]


@on_sqlite
@pytest.mark.parametrize(
    "line, problem",
    [
        ("Nina New, writer", "There is no e-mail address on this line."),
        ("nina@example.com", "The name is missing."),
        ("Nina, nina@", "This does not look like an e-mail address."),
        ("Nina, nina@example.com, editor", "“editor” is no role: there are client, writer, manager, admin."),
        ("Cleo, Cleo@example.com", "There is an account with this address already."),
        ("Docket, nina@example.com", "This name would speak for the agency. Please choose another."),
        ("Nils, nils@example.com", "This address stands on line 1 already."),
        ("{0} <nina@example.com>, {word}", "“{word}” is no role: there are client, writer, manager, admin."),
    ],
)
def test_a_bad_line_says_what_is_wrong(desk: Desk, line: str, problem: str) -> None:
    good, bad = read(desk, f"Nils New, nils@example.com\n{line}")

    assert (good.problem, bad.number, bad.words, bad.guest, bad.problem) == ("", 2, line, None, problem)


@on_sqlite
def test_a_list_has_an_end(desk: Desk) -> None:
    people = "".join(f"Nina {number}, nina{number}@example.com\n" for number in range(guest_lists.MOST + 2))

    with refused("At most 200 people", InvalidField):
        read(desk, people)


@on_sqlite
def test_only_admins_learn_who_has_an_account(desk: Desk) -> None:
    with refused("Only an admin can invite people.", Forbidden):
        read(desk, "Cleo, cleo@example.com", by="bea")


@pytest.mark.parametrize("letters", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_file_is_read_as_spreadsheets_write_it(letters: str) -> None:
    assert guest_lists.decoded("Jörg, joerg@example.com".encode(letters)) == "Jörg, joerg@example.com"
