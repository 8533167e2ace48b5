"""Shapes: what requests and answers look like, in camelCase, with times in UTC and money as decimal strings."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
)
from pydantic.alias_generators import to_camel

from models.user import Role
from workflow import checks


class Shape(BaseModel):
    """A JSON object; fields that it does not know are refused."""

    model_config = ConfigDict(
        alias_generator=to_camel, validate_by_name=True, validate_by_alias=True, extra="forbid", from_attributes=True
    )


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _written_out(value: Any) -> str:
    if not isinstance(value, str) or value[4:5] != "-":
        raise ValueError("must be a time such as 2026-11-21T09:30:00Z")
    return value


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("must be a time between the years 1 and 9999") from None


def _positive(value: Any) -> int:
    digits = str(value)
    if isinstance(value, bool) or not digits.isascii() or not digits.isdigit() or not 1 <= len(digits) <= 10:
        raise ValueError("must be a positive whole number")
    if not 1 <= int(digits) <= checks.LARGEST:
        raise ValueError("must be a positive whole number")
    return int(digits)


Time = Annotated[AwareDatetime, PlainSerializer(_iso, return_type=str)]
"""A moment in an answer: ISO 8601 in UTC, with Z."""

Moment = Annotated[AwareDatetime, BeforeValidator(_written_out), AfterValidator(_in_utc)]
"""A moment in a request: ISO 8601 in any zone, but with one."""

Id = Annotated[int, BeforeValidator(_positive)]
"""A positive whole number that a database holds."""

Text = Annotated[str, AfterValidator(checks.storable)]
Note = Annotated[str, StringConstraints(max_length=checks.NOTE), AfterValidator(checks.storable)]
Amount = Annotated[Decimal, Field(ge=0, max_digits=12, allow_inf_nan=False)]
"""Money in a request: a decimal string or number, not negative."""


def none_if_blank(value: Any) -> Any:
    """A query parameter that is there but empty counts as absent."""
    return None if value == "" else value


def given(value: Any) -> Any:
    """A field that may be left out, but not be null."""
    if value is None:
        raise ValueError("must not be null")
    return value


class Wrong(BaseModel):
    """What every answer holds that is not a success; some codes carry more."""

    error: str
    code: str


class UserOut(Shape):
    """Somebody with an account."""

    id: int
    email: str
    name: str
    role: Role
