"""Sent twice: two equal requests of one form do what one of them does."""

from collections.abc import Iterator

import httpx
import pytest
from fastapi import FastAPI
from sqlmodel import func, select
from starlette.testclient import TestClient

from models import Job, database
from pages.public import login, public_order
from tests.desk import PASSWORD, Desk
from tests.workflow.orders.strangers import asked, open_the_form


@pytest.fixture(scope="module")
def site() -> Iterator[httpx.Client]:
    """The forms that are sent without a socket, called in memory."""
    web = FastAPI()
    web.include_router(login.router)
    web.include_router(public_order.router)
    with TestClient(web, follow_redirects=False) as client:
        yield client


def twice(site: httpx.Client, path: str, **fields: str) -> list[tuple[int, str]]:
    """Send a form twice; what each is answered: the code, and where it leads."""
    answers = [site.post(path, data=fields) for _ in range(2)]
    return [(answer.status_code, answer.headers["location"]) for answer in answers]


def test_signing_in_twice_leads_in(desk: Desk, site: httpx.Client) -> None:
    answers = twice(site, "/login", email="cleo@example.com", password=PASSWORD)

    assert answers == [(303, "/client")] * 2


def test_confirming_twice_is_one_order(desk: Desk, site: httpx.Client) -> None:
    open_the_form(desk)

    answers = twice(site, "/order/confirm", key=asked(desk))

    assert len(set(answers)) == 1
    with database.reading() as session:
        assert session.exec(select(func.count()).select_from(Job)).one() == 1
