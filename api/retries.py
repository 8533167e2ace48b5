"""Retries: a request that comes again under its Idempotency-Key is answered as the first time, and done once."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import Any

from fastapi import Request, Response, UploadFile
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse

from api.errors import Refusal, translated
from models import database
from models.first_answer import FirstAnswer
from workflow.storage.incoming import Incoming

HEADER = "Idempotency-Key"
MOST = 255
"""How many characters a key may have."""

AGAIN = {"Idempotent-Replayed": "true"}
"""What marks an answer that was given before."""

WRONG_KEY = f"{HEADER}: send one key, of 1 to {MOST} visible ASCII characters."
REUSED = "This Idempotency-Key was sent with another request. Take a new key for each request."

_KEY = re.compile(rf"[!-~]{{1,{MOST}}}")

TOLD = {
    "parameters": [
        {
            "name": HEADER,
            "in": "header",
            "required": False,
            "description": "A key of your choice for this request. For 24 hours, the same request under the same key "
            "is answered as it was the first time, and not carried out again.",
            "schema": {"type": "string", "minLength": 1, "maxLength": MOST, "pattern": f"^{_KEY.pattern}$"},
        }
    ]
}
"""What the reference tells of a route that takes a key."""


@dataclass(frozen=True)
class Keyed:
    """Under which key, and in whose name, a request came; `afford` is asked once it is really to be carried out."""

    user_id: int
    key: str
    afford: Callable[[], None]


_asked: ContextVar[Keyed | None] = ContextVar("asked", default=None)


def key_of(request: Request) -> str | None:
    """The key of a request, if it has one; raises a refusal (422) for what is no key."""
    if HEADER not in request.headers:
        return None
    key, *others = request.headers.getlist(HEADER)
    if others or not _KEY.fullmatch(key):
        raise Refusal(422, "INVALID_FIELD", WRONG_KEY, field=HEADER)
    return key


def is_answered(request: Request, user_id: int) -> bool:
    """Whether the key of a request stands for an answer already."""
    key = key_of(request)
    if key is None:
        return False
    with database.reading() as session:
        return FirstAnswer.of(session, user_id, key) is not None


@contextmanager
def under(keyed: Keyed) -> Iterator[None]:
    """In this block, what is asked is asked under this key."""
    asked = _asked.set(keyed)
    try:
        yield
    finally:
        _asked.reset(asked)


def once(endpoint: Callable[..., Any], status: int, *, exclude_none: bool) -> Callable[..., Any]:
    """The same endpoint, which a request under a key reaches once.

    The answer is kept by the transaction of the change itself, which ends with the endpoint: whatever happens, there
    are both or neither.
    """

    def response(answer: Any) -> Response:
        if isinstance(answer, Response):
            return answer
        return JSONResponse(jsonable_encoder(answer, exclude_none=exclude_none), status)

    @wraps(endpoint)
    def answered(**said: Any) -> Any:
        keyed = _asked.get()
        if keyed is None:
            return endpoint(**said)
        request = _hash(f"{endpoint.__module__}.{endpoint.__name__}", said)
        with database.as_one() as session:
            first = FirstAnswer.of(session, keyed.user_id, keyed.key)
            if first:
                return _again(first, request)
            answer = _judged(lambda: response(endpoint(**said)), keyed)
            FirstAnswer.keep(
                session, keyed.user_id, keyed.key, request, answer.status_code, bytes(answer.body).decode()
            )
        return answer

    return answered


def _judged(answer: Callable[[], Response], keyed: Keyed) -> Response:
    """What is answered: a refusal, too, where the request was judged, and would be judged otherwise later."""
    try:
        keyed.afford()
        with database.writing():
            return answer()
    except Exception as error:
        refusal = translated(error)
        if not refusal.is_judgement:
            raise refusal from error
        return refusal.answer()


def _again(first: FirstAnswer, request: str) -> Response:
    if first.request != request:
        raise Refusal(422, "KEY_REUSED", REUSED)
    return Response(first.body or None, first.status, AGAIN, media_type="application/json" if first.body else None)


def _hash(endpoint: str, said: dict[str, Any]) -> str:
    """What a request means, in short: however its JSON is laid out, and whatever stands between the parts of a form."""
    words = {name: _meant(value) for name, value in said.items() if name not in {"actor", "token"}}
    return hashlib.sha256(json.dumps([endpoint, words], sort_keys=True).encode()).hexdigest()


def _meant(value: Any) -> Any:
    match value:
        case UploadFile():
            return value.filename
        case Incoming():
            return value.finish().sha256
    return jsonable_encoder(value, exclude_unset=True)
