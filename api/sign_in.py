"""Signing in: a token for an account's e-mail and password."""

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool

from api import access_tokens
from api.door import OpenRoute
from api.schemas import Shape, Text, UserOut, Wish
from workflow.people import second_factor, sign_ins

router = APIRouter(prefix="/api/auth", route_class=OpenRoute, tags=["Signing in"])


class Credentials(Wish):
    """Who wants a token; `code` is of their second factor, where they have one."""

    email: Text
    password: Text
    code: Text = ""


class Token(Shape):
    """A token, and the seconds that it is good."""

    access_token: str
    token_type: str
    expires_in: int
    user: UserOut


@router.post("/token")
async def token(body: Credentials, request: Request) -> Token:
    """A bearer token, to be sent with every other request."""
    remote = request.client.host if request.client else ""
    user = await sign_ins.authenticate_in_turn(body.email, body.password, remote)
    await run_in_threadpool(second_factor.check, user, body.code, remote)
    return Token(
        access_token=await run_in_threadpool(access_tokens.born, user),
        token_type="bearer",  # noqa: S106 - the name of the scheme  # nosec B106
        expires_in=int(access_tokens.lifetime().total_seconds()),
        user=UserOut.model_validate(user),
    )
