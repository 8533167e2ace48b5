"""Envelopes: letters written from the templates in assets/letters, whose first line is the subject."""

from email.utils import make_msgid
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

import settings
from models.folding import folded
from models.job import Job
from models.letter import Delivery, Letter
from models.user import User
from workflow.mail import reasons
from workflow.text import characters

FOLDER = Path(__file__).parents[2] / "assets" / "letters"


def _on_one_line(value: object) -> object:
    """What people typed stays on its line: a title must not become a second paragraph, or a subject of its own."""
    return characters.isolated(characters.on_one_line(value)) if isinstance(value, str) else value


TEMPLATES = Environment(
    loader=FileSystemLoader(FOLDER),
    autoescape=select_autoescape(("html",)),
    undefined=StrictUndefined,
    auto_reload=False,
    trim_blocks=True,
    lstrip_blocks=True,
    finalize=_on_one_line,
)
"""Texts are plain, HTML is escaped; a word that a template asks for and nobody gave is an error."""


def letter(template: str, reader: User, *, type_: str | None = None, job: Job | None = None, **facts: object) -> Letter:
    """A letter to somebody with an account, to be added to the transaction that it tells of.

    `template` is the name of a text in assets/letters, and the letter's type unless that is given; the text may use
    `reader`, `job`, `site` (this installation's address) and the facts. A last paragraph of a label, a colon and an
    address below it becomes the button of the HTML version.
    """
    own = letter_to(reader.email, template, type_=type_, job=job, reader=reader, **facts)
    own.user_id = reader.id
    return own


def letter_to(
    address: str, template: str, *, type_: str | None = None, job: Job | None = None, **facts: object
) -> Letter:
    """The same, to an address without an account. What could reach nobody is dropped as it is written."""
    words = TEMPLATES.get_template(f"{template}.txt").render(job=job, site=settings.current().public_url, **facts)
    subject, body = words.split("\n", 1)
    subject = " ".join(subject.split())[:300]
    reason = reasons.against_address(address)
    return Letter(
        job_id=job and job.id,
        type=type_ or template,
        recipient=address,
        subject=subject,
        subject_folded=folded(subject),
        body=body.strip() + "\n",
        message_id=make_msgid(domain="docket"),
        delivery=Delivery.dropped if reason else Delivery.waiting,
        last_error=reason,
    )
