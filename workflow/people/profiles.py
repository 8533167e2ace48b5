"""Profiles: what everybody sets for themselves, and where they are signed in."""

import contextlib

from sqlmodel import col, delete

from models import database
from models.sign_in import SignIn
from models.user import User
from workflow import access, checks
from workflow.access import ENDED
from workflow.history import desk_log
from workflow.live import rings
from workflow.people import names
from workflow.people.accounts import end_access
from workflow.refusals import InvalidField, SignedOut
from workflow.text import locales

THEMES = ("auto", "light", "dark")

NOT_CHOSEN = "UTC"
"""The time zone of an account that has not chosen one: the first sign-in takes it from the browser."""


def set_profile(name: str | None, zone: str, theme: str, locale: str = "", *, by: User) -> User:
    """Set one's name, time zone, theme, and locale if any. Raises InvalidField, or Forbidden for a closed account."""
    with database.writing() as session:
        user = access.own_account(session, by)
        fields = checks.together(
            name=lambda: names.checked(session, name, user.role),
            time_zone=lambda: checks.time_zone(zone),
            theme=lambda: _theme(theme),
            locale=lambda: _locale(locale),
        )
        ring = rings.for_user if user.name == fields["name"] else rings.around_user  # the rest of it, nobody else sees
        if user.name != fields["name"]:
            desk_log.add(session, "name", by=user, about=user, detail=f"{user.name} → {fields['name']}")
        for field, value in fields.items():
            setattr(user, field, value)
        ring(session, user)
        return user


def _theme(wanted: str) -> str:
    if wanted not in THEMES:
        raise InvalidField("theme", "The theme is auto, light or dark.")
    return wanted


def _locale(wanted: str) -> str:
    if wanted and wanted not in locales.places():
        raise InvalidField("locale", "Dates and numbers are not known of that place.")
    return wanted


def learn(zone: str, languages: str, *, by: User) -> None:
    """Take the browser's time zone and locale for somebody who has not chosen them; what is none is left aside.

    Once the account is closed, that has no effect.
    """
    known = {} if by.locale else {"locale": locales.wanted(languages)}
    with contextlib.suppress(InvalidField):
        known |= {"time_zone": checks.time_zone(zone)} if by.time_zone == NOT_CHOSEN else {}
    new = {field: value for field, value in known.items() if value != getattr(by, field)}
    with contextlib.suppress(SignedOut):
        if new:
            with database.writing() as session:
                user = access.own_account(session, by)
                for field, value in new.items():
                    setattr(user, field, value)


def end_sign_in(sign_in_id: int, *, by: User) -> None:
    """Sign oneself out in another browser; its open pages end at once."""
    with database.writing() as session:
        user = access.still_active(session, by)
        session.exec(delete(SignIn).where(col(SignIn.id) == sign_in_id, col(SignIn.user_id) == user.key))
        rings.for_user(session, user)


def end_other_sign_ins(key: str) -> None:
    """Sign oneself out everywhere but here, and end all tokens. Raises SignedOut when this one has ended itself."""
    with database.writing() as session:
        user = SignIn.who(session, key)
        if user is None:
            raise SignedOut(ENDED)
        end_access(session, user, but=key)
