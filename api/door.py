"""The door: who comes in, how much they may carry, and that every answer is JSON."""

import json
from collections.abc import Callable, Coroutine
from contextlib import AbstractContextManager, nullcontext
from typing import Annotated, Any

from fastapi import Depends, HTTPException, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.routing import APIRoute
from fastapi.security import HTTPBearer
from starlette.types import Message

import settings
from api import access_tokens
from api.errors import TWICE, translated
from models.user import User
from workflow import budgets

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


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

    def get_route_handler(self) -> Handler:
        """FastAPI's handler, which sees a request only once its caller is admitted."""
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
                await self.admit(request)
                with self.counted(request):
                    response = await handle(_bounded(request, self.most))
            except Exception as error:  # noqa: BLE001 - translated, and logged if nobody foresaw it
                return translated(error).answer()
            response.headers["Cache-Control"] = "no-store"
            return response

        return answer


class SignedInRoute(OpenRoute):
    """A route for those with a token, which is judged before anything else about the request."""

    async def admit(self, request: Request) -> None:
        """Find out who calls, and that they do not call too often; raises a refusal (401) when nobody does."""
        request.state.actor = await run_in_threadpool(access_tokens.bearer, request.headers.get("authorization", ""))
        budgets.REQUESTS.spend(request.state.actor.id)

    def counted(self, request: Request) -> AbstractContextManager[None]:
        """One of the caller's requests that are answered at the same time."""
        return budgets.REQUESTS_AT_ONCE.held(request.state.actor.id)


def _actor(request: Request, _token: Annotated[object, Depends(HTTPBearer(auto_error=False))]) -> User:
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
