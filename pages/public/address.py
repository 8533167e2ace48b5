"""Addresses: where the letters lead by which both mailboxes agree to a change."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response
from nicegui import ui

from pages import building
from pages.public import entrance
from workflow.people import accounts, addresses, guessing
from workflow.refusals import DeadLink

router = APIRouter(include_in_schema=False)

OUTCOMES = {"half": addresses.HALF, "whole": addresses.WHOLE, "dead": addresses.DEAD}
"""What the page says after a link was used."""


@building.at("/address/confirm", "Your address · Docket")
async def confirm_page(request: Request, key: str = "", done: str = "") -> None:
    """What the link would change. It does nothing by itself, for mail scanners open links too."""
    with entrance.door(await run_in_threadpool(accounts.agency), "Your address"):
        if done in OUTCOMES:
            entrance.sentence(OUTCOMES[done])
            ui.link("To the sign-in", "/login")
            return
        try:
            old, new = await run_in_threadpool(guessing.with_key, entrance.remote(request), addresses.look, key)
        except DeadLink as refusal:
            entrance.sentence(refusal.sentence)
            return
        ui.label(f"{old} becomes {new}, once both mailboxes have agreed.").classes("muted")
        with entrance.form("/address/confirm", key=key):
            entrance.send_button("Confirm")


@router.post("/address/confirm")
async def confirm(request: Request, key: Annotated[str, Form(max_length=1000)] = "") -> Response:
    """Agree for one mailbox."""
    try:
        is_whole = await run_in_threadpool(guessing.with_key, entrance.remote(request), addresses.confirm, key)
    except DeadLink:
        return _told("dead")
    return _told("whole" if is_whole else "half")


def _told(done: str) -> Response:
    return RedirectResponse(f"/address/confirm?{urlencode({'done': done})}", 303)
