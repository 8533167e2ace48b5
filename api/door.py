"""The door: who comes in, how much they may carry, and that every answer is JSON."""

import json
from collections.abc import Callable, Coroutine
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import Annotated, Any

from fastapi import Depends, HTTPException, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.routing import APIRoute
from fastapi.security import HTTPBearer
from starlette.types import Message

import settings
from api import access_tokens, retries
from api.access_tokens import Token
from api.errors import TWICE, Refusal, translated
from api.retries import Keyed
from models.user import User
from workflow import budgets

Handler = Callable[[Request], Coroutine[Any, Any, Response]]

WRITING = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class OpenRoute(APIRoute):
    """A route that anyone may call. Bodies are bounded, and no error leaves it but as a sentence with its code."""

    @property
    def most(self) -> int:
        """The largest body, in bytes."""
        return settings.current().max_body_bytes

    async def admit(self, request: Request) -> None:
        """Let the caller in; an open route lets in everybody."""

    def counted(self, request: Request) -> AbstractContextManager[None]:
        """What counts for as long as the request is answered; of an open route nothing does."""
        return nullcontext()

    async def handled(self, handle: Handler, request: Request) -> Response:
        """What the handler answers."""
        return await handle(request)

    async def refusal(self, _request: Request, error: Exception) -> Refusal:
        """What is answered instead, when something went wrong."""
        return translated(error)

    def get_route_handler(self) -> Handler:
        """FastAPI's handler, which sees a request only once its caller is admitted."""
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
                await self.admit(request)
                with self.counted(request):
                    response = await self.handled(handle, _bounded(request, self.most))
            except Exception as error:  # noqa: BLE001 - translated, and logged if nobody foresaw it
                return (await self.refusal(request, error)).answer()
            response.headers["Cache-Control"] = "no-store"
            return response

        return answer


class SignedInRoute(OpenRoute):
    """A route for those with a token, which is judged before anything else about the request."""

    takes_keys = True
    """Whether what changes something takes an Idempotency-Key."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **how: Any) -> None:
        """A route at this path; one that changes something, and is called under a key, is reached once."""
        self.takes_keys = self.takes_keys and not WRITING.isdisjoint(how["methods"])
        if self.takes_keys:
            exclude_none = how["response_model_exclude_none"]
            endpoint = retries.once(endpoint, how["status_code"] or 200, exclude_none=exclude_none)
            how["openapi_extra"] = retries.TOLD
        super().__init__(path, endpoint, **how)

    async def handled(self, handle: Handler, request: Request) -> Response:
        """What the handler answers, under the key that the request may have."""
        key = retries.key_of(request) if self.takes_keys else None
        if key is None:
            self.afford(request)
            return await handle(request)
        with retries.under(Keyed(request.state.user_id, key, partial(self.afford, request))):
            return await handle(request)

    def afford(self, request: Request) -> None:
        """Count what only a request costs that is really carried out; raises TooOften."""

    async def admit(self, request: Request) -> None:
        """Find out who calls, and that they do not call too often; raises a refusal (401) when nobody does."""
        shown, writes = request.headers.get("authorization", ""), request.method in WRITING
        request.state.actor = await run_in_threadpool(access_tokens.bearer, shown, writes=writes)
        self.count(request, request.state.actor.key)

    def count(self, request: Request, user_id: int) -> None:
        """Count the request as this user's; raises TooOften."""
        request.state.user_id = user_id
        budgets.REQUESTS.spend(user_id)

    def counted(self, request: Request) -> AbstractContextManager[None]:
        """One of the caller's requests that are answered at the same time."""
        return budgets.REQUESTS_AT_ONCE.held(request.state.user_id)


class ActingRoute(SignedInRoute):
    """The same for what asks in one look at the database for its caller and all else; it spares the way there and back.

    At the door the token's signature and time are judged. What is wrong with a request is still told to nobody else
    than the holder of a token that counts.
    """

    async def admit(self, request: Request) -> None:
        """Have a token shown; raises a refusal (401) when there is none of ours."""
        said = request.headers.get("authorization", "")
        kept = access_tokens.is_kept(said)
        request.state.token = await run_in_threadpool(access_tokens.shown, said) if kept else access_tokens.shown(said)
        access_tokens.check_scope(request.state.token)
        self.count(request, request.state.token.user_id)
        if retries.key_of(request):  # what was answered before is told before anything is looked up
            await run_in_threadpool(access_tokens.bearer, request.headers["authorization"])

    async def refusal(self, request: Request, error: Exception) -> Refusal:
        """What is answered instead; to somebody whose token does not count any more, only that."""
        if hasattr(request.state, "token"):
            try:
                await run_in_threadpool(access_tokens.bearer, request.headers["authorization"])
            except Exception as doubt:  # noqa: BLE001 - translated, and logged if nobody foresaw it
                return translated(doubt)
        return translated(error)


async def _token(request: Request, _token: Annotated[object, Depends(HTTPBearer(auto_error=False))]) -> Token:
    return request.state.token


Bearer = Annotated[Token, Depends(_token)]
"""The token that was shown at an acting route's door."""


async def _actor(request: Request, _token: Annotated[object, Depends(HTTPBearer(auto_error=False))]) -> User:
    return request.state.actor


Actor = Annotated[User, Depends(_actor)]
"""The signed-in user who calls."""


def _bounded(request: Request, limit: int) -> Request:
    """The same request, whose body may not grow beyond the limit, whatever its headers promised."""
    received = 0
    if int(request.headers.get("content-length") or 0) > limit:
        raise HTTPException(413)

    async def receive() -> Message:
        nonlocal received
        message = await request.receive()
        received += len(message.get("body", b""))
        if received > limit:
            raise HTTPException(413)
        return message

    return Plain(request.scope, receive)


class Plain(Request):
    """A request whose JSON says each thing once: of two values for one name, who checks and who acts might each
    take another."""

    async def json(self) -> Any:
        """The body; raises JSONDecodeError for what is no JSON."""
        return json.loads(await self.body(), object_pairs_hook=_each_once)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    said = dict(pairs)
    if len(said) < len(pairs):
        raise json.JSONDecodeError(TWICE, "", 0)
    return said
