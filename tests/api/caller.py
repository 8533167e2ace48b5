"""A caller of the API, who checks at every answer what all answers have in common."""

import json
from collections.abc import Callable
from typing import Any

import httpx

from models import Job
from tests.desk import Desk


class Caller:
    """A program that acts in somebody's name, or in nobody's when it has no token."""

    def __init__(self, client: httpx.Client, token: str | None = None) -> None:
        self.client = client
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def call(self, method: str, path: str, **parts: Any) -> httpx.Response:
        """Send any request."""
        parts["headers"] = self.headers | parts.get("headers", {})
        answer = self.client.request(method, path, **parts)
        check(answer)
        return answer

    def get(self, path: str, **query: Any) -> httpx.Response:
        """Read, with this query."""
        return self.call("GET", path, params=query)

    def send(self, path: str, body: object, method: str = "POST") -> httpx.Response:
        """Send this body: text and bytes as they are, everything else as JSON, even what JSON has no words for."""
        content = body if isinstance(body, str | bytes) else json.dumps(body)
        return self.call(method, path, content=content, headers={"Content-Type": "application/json"})

    def place(self, title: object = "Research Paper", **fields: Any) -> httpx.Response:
        """Place an order."""
        return self.send("/api/jobs", {"title": title, **fields})

    def move(self, job: Job | int, status: object, **fields: Any) -> httpx.Response:
        """Ask for a job to go to this status."""
        return self.send(f"{address(job)}/status", {"status": status, **fields}, "PATCH")

    def read(self, job: Job | int) -> dict[str, Any]:
        """The job, as this caller sees it."""
        return self.get(address(job)).json()

    def logs(self, job: Job | int) -> list[dict[str, Any]]:
        """The job's history as this caller sees it, newest line first."""
        return self.get(f"{address(job)}/logs").json()

    def titles(self, **query: Any) -> list[str]:
        """The titles on one page of the list."""
        return [job["title"] for job in self.get("/api/jobs", **query).json()["items"]]


By = Callable[[str], Caller]
"""Gives the caller who acts for one of the cast."""


def address(job: Job | int) -> str:
    """Where a job is found."""
    return f"/api/jobs/{job.id if isinstance(job, Job) else job}"


def news(desk: Desk, by: By, name: str, **query: object) -> httpx.Response:
    """Somebody asks for their news."""
    return by(name).get("/api/notifications", userId=desk.who(name).id, **query)


def check(answer: httpx.Response) -> None:
    """Nobody stores an answer; an error is JSON with a sentence and a code, and no redirect leads to a page."""
    assert answer.headers["cache-control"] == "no-store"
    assert not answer.is_redirect
    if answer.is_error:
        assert answer.headers["content-type"] == "application/json"
        assert answer.json()["error"].endswith(".")
        assert answer.json()["code"].replace("_", "").isupper()


def said(answer: httpx.Response) -> tuple[int, str | None]:
    """The HTTP status, and the code of a refusal."""
    return answer.status_code, answer.json()["code"] if answer.is_error else None
