"""Shapes: what requests and answers look like, in camelCase, with times in UTC and money as decimal strings."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any

from fastapi import Response
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
from pydantic_core import to_json

from api.errors import CODES
from models.status import Status
from models.user import Role
from workflow import checks
from workflow.text import look_alikes


class Shape(BaseModel):
    """A JSON object of an answer, in camelCase."""

    model_config = ConfigDict(
        alias_generator=to_camel, validate_by_name=True, validate_by_alias=True, extra="forbid", from_attributes=True
    )


def written(answer: Shape | Sequence[Shape]) -> Response:
    """The answer as it goes out, for long ones and those on the way of a change: FastAPI would check it once more."""
    return Response(to_json(answer, by_alias=True), media_type="application/json")


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


def told(**keywords: Any) -> Any:
    """For a field of which the workflow judges what the reference tells of it in these words of JSON Schema."""
    return Field(json_schema_extra=keywords)


def at_most(length: int) -> Any:
    """For a text of so many characters."""
    return told(maxLength=length)


def needed(length: int) -> Any:
    """The same for one of which something must be seen."""
    return told(maxLength=length, pattern=f"^{_STORED}*{look_alikes.SEEN}{_STORED}*$")


def _decimals(least: int, pattern: str) -> Any:
    number = {"type": "number", "minimum": least, "maximum": checks.LARGEST}
    return told(anyOf=[number, {"type": "string", "pattern": f"^{pattern}$"}])


_STORED = r"[^\u0000]"
A_TEXT = told(pattern=f"^{_STORED}*$")
_AN_ID = told(minimum=1, maximum=checks.LARGEST)
_A_DECIMAL = _decimals(-checks.LARGEST, _DECIMAL.pattern)
_AN_AMOUNT = _decimals(0, _DECIMAL.pattern.removeprefix("-?"))

Time = Annotated[AwareDatetime, PlainSerializer(_iso, return_type=str)]
"""A moment in an answer: ISO 8601 in UTC, with Z."""

Moment = Annotated[AwareDatetime, BeforeValidator(_written_out), AfterValidator(_in_utc)]
"""A moment in a request: ISO 8601 in any zone, but with one."""

Id = Annotated[int, BeforeValidator(_positive), _AN_ID]
"""An id in an address: a positive whole number that a database holds, written in digits."""

Number = Annotated[int, BeforeValidator(_number), _AN_ID]
"""The same in a body, where a number is a number and never a text."""

A_COUNT = BeforeValidator(_digits)
"""What makes a whole number in an address one that is written in digits."""

Text = Annotated[str, AfterValidator(checks.storable), A_TEXT]
Note = Annotated[str, StringConstraints(max_length=checks.NOTE), AfterValidator(checks.storable), A_TEXT]
Money = Annotated[Decimal, Field(max_digits=12, allow_inf_nan=False), BeforeValidator(_decimal), _A_DECIMAL]
"""Money in a request: a decimal string or number."""

Amount = Annotated[Decimal, Field(max_digits=12, allow_inf_nan=False, ge=0), BeforeValidator(_decimal), _AN_AMOUNT]
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
    """What every answer holds that is not a success: a sentence and a code. Some codes carry more."""

    error: str
    code: Annotated[str, told(enum=[code for codes in CODES.values() for code in codes])]
    field: Annotated[str, Field(description="INVALID_FIELD: the first field that is wrong")]
    fields: Annotated[
        dict[str, str], Field(description="INVALID_FIELD: where several are wrong, each and its sentence")
    ]
    source: Annotated[Status, Field(alias="from", description="INVALID_TRANSITION: where the order stands")]
    to: Annotated[Status, Field(description="INVALID_TRANSITION: where it was to go")]
    allowed: Annotated[list[Status], Field(description="INVALID_TRANSITION: where it may go")]
    status: Annotated[Status, Field(description="CONFLICT: where the order stands now")]
    version: Annotated[int, Field(description="CONFLICT: its version now")]
    reasons: Annotated[list[str], Field(description="CONDITION_NOT_MET: each reason, and who can help")]
    valid: Annotated[list[Status], Field(description="INVALID_STATUS: those that there are")]
    reference: Annotated[str, Field(description="UPDATE_FAILED: what the server's log has, too")]
    request_id: Annotated[str, Field(alias="requestId", description="What the log calls this request; a header, too")]
    reads: Annotated[bool, Field(description="/readyz: whether the storage can be read")]
    writes: Annotated[bool, Field(description="/readyz: whether it can be written")]

    model_config = ConfigDict(json_schema_extra={"required": ["error", "code"], "additionalProperties": False})


def a_file(*types: str) -> dict[str, Any]:
    """For a route that answers with a file of one of these types."""
    content = {type_.partition(";")[0]: {"schema": {"type": "string", "format": "binary"}} for type_ in types}
    return {"response_class": Response, "responses": {200: {"content": content}}}


class UserOut(Shape):
    """Somebody with an account."""

    id: int
    email: str
    name: str
    role: Role
