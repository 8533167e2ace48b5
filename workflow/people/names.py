"""Names: what people and kinds of work may be called, so that nobody speaks for the house or the agency."""

from sqlmodel import Session

from models.agency import Agency
from models.user import Role
from workflow import checks
from workflow.refusals import InvalidField
from workflow.text import characters, look_alikes

THE_HOUSE = frozenset({"docket", "docketsystem", "thedocketsystem", "docketteam", "docketsupport", "docketadmin"})
"""What the history is signed with where nobody acted; no person is called so."""

THE_AGENCY = frozenset(
    {"theagency", "agency", "admin", "admins", "administrator", "theadmin", "manager", "system", "thesystem", "support"}
)
"""Whom others take for the agency: an admin may call people so, nobody else."""

SPEAKS_FOR_OTHERS = "This name would speak for the agency. Please choose another."


def checked(session: Session, name: str | None, role: Role) -> str:
    """A name on one line, given by somebody with this role; raises InvalidField for none, and for one not to be used.

    Admins speak for the agency, so their names may too: who works alone is often called as the agency is.
    """
    said = house_free("name", name, checks.NAME)
    if role is not Role.admin and _seen_as(said) & (THE_AGENCY | _agency(session)):
        raise InvalidField("name", SPEAKS_FOR_OTHERS)
    return said


def house_free(field: str, name: str | None, longest: int) -> str:
    """A name on one line that is not the house's own; raises InvalidField."""
    said = checks.line(field, characters.unturned(name or ""), longest)
    if _seen_as(said) & THE_HOUSE:
        raise InvalidField(field, SPEAKS_FOR_OTHERS)
    return said


def _seen_as(name: str) -> set[str]:
    return {look_alikes.skeleton(name)} - {""}


def _agency(session: Session) -> set[str]:
    agency = Agency.get(session)
    return _seen_as(agency.name) if agency else set()
