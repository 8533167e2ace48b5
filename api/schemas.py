"""Shapes: what requests and answers look like, in camelCase, with times in UTC and money as decimal strings."""

import re
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
    """A JSON object of an answer, in camelCase."""

    model_config = ConfigDict(
        alias_generator=to_camel, validate_by_name=True, validate_by_alias=True, extra="forbid", from_attributes=True
    )


class Wish(Shape):
    """What a request says: its fields are called as SPEC calls them and no other way, and unknown ones are refused."""

    model_config = ConfigDict(validate_by_name=False)


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
    found = 0 if isinstance(value, bool) else checks.number_in(str(value))
    if not found:
        raise ValueError("must be a positive whole number")
    return found


def _number(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError("must be a positive whole number")
    return _positive(value)


def _digits(value: Any) -> Any:
    if isinstance(value, str) and not _COUNT.fullmatch(value):
        raise ValueError("must be a whole number")
    return value


def _decimal(value: Any) -> Any:
    if isinstance(value, str) and not _DECIMAL.fullmatch(value):
        raise ValueError("must be a decimal number such as 120.50")
    return value


_COUNT = re.compile(r"[0-9]{1,9}")
_DECIMAL = re.compile(r"-?[0-9]{1,16}(\.[0-9]{1,16})?")

Time = Annotated[AwareDatetime, PlainSerializer(_iso, return_type=str)]
"""A moment in an answer: ISO 8601 in UTC, with Z."""

Moment = Annotated[AwareDatetime, BeforeValidator(_written_out), AfterValidator(_in_utc)]
"""A moment in a request: ISO 8601 in any zone, but with one."""

Id = Annotated[int, BeforeValidator(_positive)]
"""An id in an address: a positive whole number that a database holds, written in digits."""

Number = Annotated[int, BeforeValidator(_number)]
"""The same in a body, where a number is a number and never a text."""

Count = Annotated[int, BeforeValidator(_digits)]
"""A whole number in an address."""

Text = Annotated[str, AfterValidator(checks.storable)]
Note = Annotated[str, StringConstraints(max_length=checks.NOTE), AfterValidator(checks.storable)]
Money = Annotated[Decimal, Field(max_digits=12, allow_inf_nan=False), BeforeValidator(_decimal)]
"""Money in a request: a decimal string or number."""

Amount = Annotated[Money, Field(ge=0)]
"""Money that is not negative."""


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
