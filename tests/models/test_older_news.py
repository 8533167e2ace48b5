"""Older news, which copied the words of comments: it refers to them once the database is brought up to date."""

from importlib import import_module

from models.preference import Channel
from tests.desk import Desk
from workflow.notifications import preferences
from workflow.orders import comments

migration = import_module("models.migrations.versions.0012_news_refers_to_comments")


def test_older_news_refers_too(desk: Desk) -> None:
    job = desk.job("in_progress", title='The "wrote" of Ann')
    comment = comments.say(job.key, "A secret", by=desk.who("wren"))
    desk.sql("UPDATE notifications SET message = message || ' A secret', comment_id = NULL WHERE comment_id > 0")
    desk.sql("UPDATE notifications SET message = replace(message, 'wrote A', 'wrote\\: A') WHERE comment_id IS NULL")

    with desk.database.writer.begin() as connection:
        migration.refer(connection)

    comments.delete(comment.key, by=desk.who("wren"))
    assert desk.news_of("cleo") == ['Order "The "wrote" of Ann": Wren wrote: Deleted by its author.']


def test_letters_that_wait_do_not_copy_either(desk: Desk) -> None:
    job = desk.job("in_progress", title="Tea")
    preferences.choose("comment_added", Channel.at_once, by=desk.who("cleo"))
    comments.say(job.key, "Hello", by=desk.who("wren"))
    desk.sql("UPDATE letters SET body = replace(body, 'read it on the order’s page', 'a secret')")

    with desk.database.writer.begin() as connection:
        migration.refer_in_letters(connection)

    (letter,) = [letter for letter in desk.letters() if letter.type == "comment_added"]
    assert 'Order "Tea": Wren wrote: read it on the order’s page.\n\nOpen the order:\n' in letter.body
