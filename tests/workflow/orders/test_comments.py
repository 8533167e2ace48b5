"""Talk: what is said about an order, who may read it, who hears of it, and how words are taken back."""

import pytest

from models import Job, clock, database
from models.comment import Audience, Comment
from models.preference import Channel
from tests.desk import CAST, Desk, later, listening, on_sqlite, refused
from workflow.history.visibility import readable_lines, readable_note
from workflow.notifications import preferences
from workflow.orders import comments
from workflow.refusals import Forbidden, InvalidField, NotFound

TEAM, EVERYBODY = Audience.team, Audience.everybody


@pytest.fixture
def job(desk: Desk) -> Job:
    """Cleo's order, on which Wren works for Bea."""
    return desk.job("in_progress", title="Tea")


def say(desk: Desk, job: Job, words: str, by: str, audience: Audience = EVERYBODY) -> Comment:
    """Have somebody say something."""
    return comments.say(job.key, words, by=desk.who(by), audience=audience)


def read(desk: Desk, job: Job, name: str) -> list[str]:
    """What somebody who may see the job reads of its talk."""
    with database.reading() as session:
        return [comment.shown for comment in Comment.of(session, job, desk.who(name))]


def told(desk: Desk) -> dict[str, list[str]]:
    """The unread news of all who have any."""
    return {name: news for name in CAST if (news := desk.news_of(name))}


@pytest.mark.parametrize(
    "by, audience, hear",
    [
        ("cleo", EVERYBODY, "wren bea ada"),
        ("wren", EVERYBODY, "cleo bea ada"),
        ("bea", EVERYBODY, "cleo wren ada"),
        ("bob", EVERYBODY, "cleo wren bea ada"),
        ("wren", TEAM, "bea ada"),
        ("ada", TEAM, "wren bea"),
        ("bob", TEAM, "wren bea ada"),
    ],
)
def test_who_hears_of_it(desk: Desk, job: Job, by: str, audience: Audience, hear: str) -> None:
    say(desk, job, "Is it ready?", by, audience)

    assert told(desk) == {name: [f'Order "Tea": {CAST[by][0].split()[0]} wrote: Is it ready?'] for name in hear.split()}
    readers = [name for name in CAST if name not in ("carl", "wolf", "ivy") and read(desk, job, name)]
    assert set(readers) == {*hear.split(), by, "bob"}


def test_clients_hear_nothing_of_the_team(desk: Desk, job: Job) -> None:
    before = [line.id for line in desk.notifications("cleo")]

    say(desk, job, "@Cleo pays late", "wren", TEAM)

    assert [line.id for line in desk.notifications("cleo")] == before
    assert read(desk, job, "cleo") == []
    assert desk.letters() == []


def test_a_comment_sends_no_letter(desk: Desk, job: Job) -> None:
    say(desk, job, "@Cleo, it is ready", "wren")

    assert desk.letters() == []


def test_the_news_tells_its_order(desk: Desk, job: Job) -> None:
    say(desk, job, "x" * 141, "cleo")

    line = desk.notifications("wren")[-1]
    assert (line.type, line.title, line.job_id) == ("comment_added", f"Order {job.display_id} Comment", job.id)
    assert line.message == f'Order "Tea": Cleo wrote: {"x" * 140}…'
    assert desk.notifications("cleo")[-1].read


def test_it_rings_for_those_around(desk: Desk, job: Job) -> None:
    with listening() as heard:
        said = say(desk, job, "Hello", "cleo")
        comments.edit(said.key, "Hello!", by=desk.who("cleo"))

    assert [len(news.notifications) for news in heard] == [4, 0]
    around = {desk.who(name).key for name in ("cleo", "wren", "bea", "bob", "ada")}
    assert [(news.job and news.job.id, news.audience) for news in heard] == [(job.id, around)] * 2


@pytest.mark.parametrize("words", ["@Bob look", "See @bob.", "(@BOB)", "Ask @Bob, please"])
def test_who_is_named_hears_it(desk: Desk, job: Job, words: str) -> None:
    say(desk, job, words, "wren")

    assert desk.news_of("bob") == [f'Order "Tea": Wren mentioned you: {words}']
    assert desk.news_of("bea") == [f'Order "Tea": Wren wrote: {words}']


@pytest.mark.parametrize("words", ["Bob", "me@bob.example", "@Bobby", "@Bob-Lee", "@wolf @ivy @carl @nobody @@"])
def test_who_is_not_named_hears_nothing(desk: Desk, job: Job, words: str) -> None:
    say(desk, job, words, "wren")

    assert set(told(desk)) == {"cleo", "bea", "ada"}


@on_sqlite
@pytest.mark.parametrize("name", ["Anne-Marie", "D'Artagnan", "Łucja", "J.R."])
def test_names_of_all_kinds_can_be_named(desk: Desk, job: Job, name: str) -> None:
    desk.sql(f"UPDATE users SET name = '{name.replace(chr(39), chr(39) * 2)} Baker' WHERE email = 'bob@example.com'")

    say(desk, job, f"Ask @{name.upper()}, please", "wren")

    assert len(desk.news_of("bob")) == 1


@pytest.mark.parametrize("name", ["carl", "wolf"])
def test_strangers_cannot_speak(desk: Desk, job: Job, name: str) -> None:
    comment = say(desk, job, "Hello", "cleo")

    for act in (lambda by: comments.say(job.key, "Hi", by=by), lambda by: comments.edit(comment.key, "Hi", by=by)):
        with refused("There is no such order.", NotFound):
            act(desk.who(name))
    assert read(desk, job, "bea") == ["Hello"]


def test_clients_do_not_speak_to_the_team(desk: Desk, job: Job) -> None:
    with refused("Only the agency and the order's writer talk within the team.", Forbidden):
        say(desk, job, "Hi", "cleo", TEAM)

    assert read(desk, job, "bea") == []


def test_who_could_claim_it_is_not_the_team_yet(desk: Desk) -> None:
    job = desk.job("approved")
    desk.rules(writers_may_claim=True)
    say(desk, job, "Not for Wolf", "bea", TEAM)
    asked = say(desk, job, "May I?", "wolf")

    with refused("Only the agency and the order's writer talk within the team.", Forbidden):
        say(desk, job, "Hi", "wolf", TEAM)

    assert (read(desk, job, "wolf"), read(desk, job, "bea")) == (["May I?"], ["Not for Wolf", "May I?"])
    desk.make(job, "assign", by="wolf")
    assert read(desk, job, "wolf") == ["Not for Wolf", asked.body]


@on_sqlite
@pytest.mark.parametrize("words", ["", "  \n", "x" * 20_001, "a\x00b", "half \ud83d"], ids=ascii)
def test_unfit_words_are_refused(desk: Desk, job: Job, words: str) -> None:
    said = say(desk, job, "Hello", "cleo")

    for act in (lambda: say(desk, job, words, "cleo"), lambda: comments.edit(said.key, words, by=desk.who("cleo"))):
        with refused("The text ", InvalidField):
            act()

    assert read(desk, job, "cleo") == ["Hello"]


@pytest.mark.parametrize("words", ["x" * 19_000, "So schön! 🎉👩‍👩‍👧", "\u202eשלום\u202c", "a\r\n\tb", "<b>&amp;</b>"])
def test_words_are_kept_as_said(desk: Desk, job: Job, words: str) -> None:
    say(desk, job, f"  {words}\n", "cleo")

    assert read(desk, job, "wren") == [words]


def test_ones_own_words_can_be_changed(desk: Desk, job: Job) -> None:
    said = say(desk, job, "Helo", "cleo")

    with later(minutes=14, seconds=59):
        changed = comments.edit(said.key, " Hello ", by=desk.who("cleo"))
        assert changed.edited_at == clock.now()

    assert read(desk, job, "wren") == ["Hello"]


def test_deleted_words_leave_a_mark(desk: Desk, job: Job) -> None:
    said = say(desk, job, "My PIN is 1234", "cleo")

    with later(minutes=14, seconds=59):
        comments.delete(said.key, by=desk.who("cleo"))

    with database.reading() as session:
        assert session.get_one(Comment, said.id).body == ""
    assert read(desk, job, "wren") == ["Deleted by its author."]


def test_after_a_quarter_of_an_hour_words_stand(desk: Desk, job: Job) -> None:
    said, cleo = say(desk, job, "Hello", "cleo"), desk.who("cleo")

    with later(minutes=15, seconds=1):
        for act in (lambda: comments.edit(said.key, "Hi", by=cleo), lambda: comments.delete(said.key, by=cleo)):
            with refused("A comment can be changed for 15 minutes; this one stands.", Forbidden):
                act()

    assert read(desk, job, "cleo") == ["Hello"]


@pytest.mark.parametrize("name", ["wren", "bea", "ada"])
def test_others_words_are_theirs(desk: Desk, job: Job, name: str) -> None:
    said, other = say(desk, job, "Hello", "cleo"), desk.who(name)

    for act in (lambda: comments.edit(said.key, "Hi", by=other), lambda: comments.delete(said.key, by=other)):
        with refused("You can change your own comments only.", Forbidden):
            act()

    assert read(desk, job, "cleo") == ["Hello"]


def test_an_admin_hides_words(desk: Desk, job: Job) -> None:
    said = say(desk, job, "You fool", "cleo")

    comments.hide(said.key, by=desk.who("ada"))
    comments.hide(said.key, by=desk.who("ada"))

    assert read(desk, job, "cleo") == read(desk, job, "wren") == ["Hidden by an admin."]
    line = desk.history(job)[-1]
    assert [line.action for line in desk.history(job)].count("hide_comment") == 1
    assert (line.note, line.actor and line.actor.name) == ("A comment of Cleo Clark", "Ada Adler")
    assert (line.old_status, line.new_status) == ("in_progress", "in_progress")
    assert desk.faults() == []


def test_hidden_words_are_kept_for_the_records(desk: Desk, job: Job) -> None:
    said = say(desk, job, "You fool", "cleo")
    comments.hide(said.key, by=desk.who("ada"))

    for act in (lambda by: comments.edit(said.key, "Sorry", by=by), lambda by: comments.delete(said.key, by=by)):
        with refused("this one stands", Forbidden):
            act(desk.who("cleo"))

    with database.reading() as session:
        assert session.get_one(Comment, said.id).body == "You fool"


@pytest.mark.parametrize("name", ["cleo", "wren", "bea"])
def test_nobody_else_hides(desk: Desk, job: Job, name: str) -> None:
    said = say(desk, job, "Hello", "cleo")

    with refused("Only an admin can hide a comment.", Forbidden):
        comments.hide(said.key, by=desk.who(name))

    assert read(desk, job, "cleo") == ["Hello"]


def test_what_the_team_hides_stays_there(desk: Desk, job: Job) -> None:
    said = say(desk, job, "She pays late", "wren", TEAM)
    comments.hide(said.key, by=desk.who("ada"))

    lines, cleo = desk.history(job), desk.who("cleo")
    assert readable_lines(lines, desk.who("wren")) == lines
    assert readable_lines(lines, cleo) == lines[:-1]
    assert readable_note(lines[-1], cleo) is None
    assert (read(desk, job, "cleo"), read(desk, job, "bea")) == ([], ["Hidden by an admin."])


def test_what_one_may_not_read_is_not_there(desk: Desk, job: Job) -> None:
    said = say(desk, job, "She pays late", "wren", TEAM)

    for comment_id in (said.key, 4711):
        with refused("There is no such comment.", InvalidField):
            comments.edit(comment_id, "Hi", by=desk.who("cleo"))


def test_a_closed_account_is_silent(desk: Desk, job: Job) -> None:
    with refused("This account is no longer active.", Forbidden):
        say(desk, job, "Hello", "ivy")


def test_words_taken_back_are_in_nobodys_news(desk: Desk, job: Job) -> None:
    deleted, hidden = say(desk, job, "A secret", "wren"), say(desk, job, "An insult", "cleo")

    comments.delete(deleted.key, by=desk.who("wren"))
    comments.hide(hidden.key, by=desk.who("ada"))

    assert desk.news_of("bea") == [
        'Order "Tea": Wren wrote: Deleted by its author.',
        'Order "Tea": Cleo wrote: Hidden by an admin.',
    ]


def test_news_of_an_edited_comment_is_edited(desk: Desk, job: Job) -> None:
    comment = say(desk, job, "Helo", "wren")

    comments.edit(comment.key, "Hello", by=desk.who("wren"))

    assert desk.news_of("cleo") == ['Order "Tea": Wren wrote: Hello']


def test_no_letter_holds_what_may_be_taken_back(desk: Desk, job: Job) -> None:
    preferences.choose("comment_added", Channel.at_once, by=desk.who("cleo"))

    say(desk, job, "A secret", "wren")

    (letter,) = [letter for letter in desk.letters() if letter.type == "comment_added"]
    assert "secret" not in letter.body
    assert 'Order "Tea": Wren wrote: read it on the order’s page.' in letter.body
