"""Errors: every refusal becomes one sentence and one code, here and nowhere else."""

import logging
from typing import Any

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic.alias_generators import to_camel
from starlette.exceptions import HTTPException

from models import trouble
from models.status import Status
from workflow import logs, refusals

log = logging.getLogger("docket.api")

VALID = ", ".join(Status)

_NOT_JUDGED = ("INVALID_JSON", "INVALID_ID", "MISSING_STATUS", "INVALID_STATUS", "MISSING_USER_ID", "INVALID_SINCE")

CODES = {
    400: (*_NOT_JUDGED, "INVALID_TRANSITION", "NO_ORDERS", "TOO_MANY_ORDERS"),
    401: ("UNAUTHENTICATED", "INVALID_CREDENTIALS"),
    403: ("FORBIDDEN", "CHANGED_BY_MISMATCH"),
    404: ("JOB_NOT_FOUND", "NOT_FOUND"),
    405: ("METHOD_NOT_ALLOWED",),
    409: ("CONFLICT", "CONDITION_NOT_MET", "STALE_PREVIEW"),
    413: ("TOO_LARGE",),
    422: ("INVALID_FIELD", "KEY_REUSED"),
    429: ("RATE_LIMITED",),
    500: ("UPDATE_FAILED",),
    503: ("BUSY", "STORAGE_FAILED"),
    507: ("STORAGE_FULL",),
}
"""The codes of all refusals, by their HTTP status, as the reference tells them."""


class Refusal(Exception):
    """An answer that is not a success: its HTTP status, code and sentence, and what else it carries."""

    def __init__(self, http: int, code: str, sentence: str, headers: dict[str, str] | None = None, **more: Any):
        super().__init__(sentence)
        self.http, self.code, self.sentence, self.headers, self.more = http, code, sentence, headers, more

    @property
    def is_judgement(self) -> bool:
        """Whether a request was understood, and judged by what is so: the next judge might find otherwise."""
        return self.http in (403, 404, 409) or self.code == "INVALID_TRANSITION"

    def answer(self) -> JSONResponse:
        """The response."""
        body = {"error": self.sentence, "code": self.code, **self.more, **logs.named()}
        return JSONResponse(body, self.http, {"Cache-Control": "no-store", **(self.headers or {})})


NOT_ANY_MORE = "This token is not valid any more."


def unauthenticated(sentence: str) -> Refusal:
    """What is answered to somebody without a token that counts."""
    return Refusal(401, "UNAUTHENTICATED", sentence, {"WWW-Authenticate": "Bearer"})


def translated(error: Exception) -> Refusal:
    """What a program is told of this error; what nobody foresaw is logged under a reference that the answer carries."""
    if cause := trouble.behind(error):
        return Refusal(cause.http, cause.code, cause.sentence, {"Retry-After": str(cause.wait)})
    match error:
        case Refusal():
            return error
        case RequestValidationError():
            return _invalid_request(error)
        case HTTPException(__cause__=refusals.SignedOut()) | refusals.SignedOut():  # the former while the body was read
            return unauthenticated(NOT_ANY_MORE)
        case HTTPException():
            return _http(error)
        case refusals.Refused():
            return _refused(error)
    reference = logs.reference()
    log.error("Reference %s", reference, exc_info=error)
    return Refusal(500, "UPDATE_FAILED", f"Something went wrong; nothing was changed. Reference: {reference}.",
                   reference=reference)  # fmt: skip


def _refused(error: refusals.Refused) -> Refusal:
    headers = {"Retry-After": str(error.wait)} if isinstance(error, refusals.TooOften) else None
    return Refusal(error.http, error.code, error.sentence, headers, **_carried(error))


def _carried(error: refusals.Refused) -> dict[str, Any]:
    match error:
        case refusals.InvalidField():
            return _named({to_camel(field): sentence for field, sentence in error.fields.items()})
        case refusals.Conflict(job=job):
            return {"status": job.status, "version": job.version}
        case refusals.InvalidTransition():
            return {"from": error.source, "to": error.wanted, "allowed": error.allowed}
        case refusals.ConditionNotMet(reasons=reasons):
            return {"reasons": reasons}
    return {}


def _named(wrong: dict[str, str]) -> dict[str, Any]:
    """The first wrong field; and where there are more, each with its sentence."""
    return {"field": next(iter(wrong))} | ({"fields": wrong} if len(wrong) > 1 else {})


def _http(error: HTTPException) -> Refusal:
    headers = dict(error.headers or {})
    match error.status_code:
        case 404:
            return Refusal(404, "NOT_FOUND", "There is nothing at this address.", headers)
        case 405:
            return Refusal(405, "METHOD_NOT_ALLOWED", "This address does not take this method.", headers)
        case 413:
            return Refusal(413, "TOO_LARGE", "The body of this request is too large.", headers)
    return Refusal(400, "INVALID_JSON", "The body is not valid JSON.", headers)


def _invalid_request(error: RequestValidationError) -> Refusal:
    """The first complaint in the order in which SPEC section 7 judges a request; those about fields, all at once."""
    complaints = [_complaint(fault) for fault in error.errors()]
    first = min(complaints, key=lambda refusal: _ORDER.index(refusal.code))
    if first.code != "INVALID_FIELD":
        return first
    wrong: dict[str, str] = {}
    for each in complaints:
        wrong.setdefault(each.more["field"], each.sentence)
    return Refusal(422, "INVALID_FIELD", " ".join(wrong.values()), **_named(wrong))


TWICE = "The body names a field twice."

_ORDER = ["INVALID_JSON", "INVALID_ID", "MISSING_USER_ID", "MISSING_STATUS", "INVALID_STATUS", "INVALID_SINCE",
          "INVALID_FIELD"]  # fmt: skip


def _complaint(fault: dict[str, Any]) -> Refusal:
    place, *names = fault["loc"]
    field = str(names[0]) if names else ""
    missing = fault["type"] == "missing" or fault.get("input") is None
    if fault["type"] == "json_invalid" or (place == "body" and not names):
        is_double = fault.get("ctx", {}).get("error") == TWICE
        return Refusal(400, "INVALID_JSON", TWICE if is_double else "The body must be a JSON object.")
    if place == "path":
        return Refusal(400, "INVALID_ID", "The id in the address must be a positive whole number.")
    if fault["type"] == "extra_forbidden":
        return Refusal(422, "INVALID_FIELD", f"{field}: there is no such field.", field=field)
    if field in {"status", "newStatus"}:
        return _about_status(missing)
    if field == "userId":
        return _about_user(missing)
    if field == "since":
        return Refusal(400, "INVALID_SINCE", "since must be a time such as 2026-11-21T09:30:00Z.")
    return Refusal(422, "INVALID_FIELD", f"{field}: {_said(fault)}.", field=field)


def _about_status(missing: bool) -> Refusal:
    if missing:
        return Refusal(400, "MISSING_STATUS", f"Name the status; it is one of {VALID}.")
    return Refusal(400, "INVALID_STATUS", f"There is no such status; it is one of {VALID}.", valid=list(Status))


def _about_user(missing: bool) -> Refusal:
    if missing:
        return Refusal(400, "MISSING_USER_ID", "Name the user with userId.")
    return Refusal(400, "INVALID_ID", "userId must be a positive whole number.")


def _said(fault: dict[str, Any]) -> str:
    if fault["type"] == "missing":
        return "this field is missing"
    if fault["type"] == "string_too_long":
        return f"at most {fault['ctx']['max_length']:,} characters fit"
    if "UploadFile" in fault["msg"]:
        return "this is no file with a name"
    text = str(fault["msg"]).removeprefix("Value error, ")
    return text[0].lower() + text[1:]
