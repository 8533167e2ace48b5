"""Fuzz: schemathesis sends to every route of the reference what fits it and what does not, in one role's name.

`make fuzz` does so for each role, `test_fuzz.py` for a moment. All its checks and phases are on.
"""

import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import schemathesis
from argon2 import PasswordHasher
from fastapi.concurrency import run_in_threadpool
from schemathesis import engine
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import AcceptedNegativeData, Failure
from schemathesis.engine.events import FatalError, NonFatalError, ScenarioFinished
from schemathesis.engine.recorder import ScenarioRecorder
from starlette.types import ASGIApp, Receive, Scope, Send

import api
from api import access_tokens
from models import User, database
from models.file import Kind
from models.user import Role
from tests.databases import sqlite_copies
from tests.desk import PASSWORD, ROUTES, Desk
from workflow import budgets, limits

PEERS = {"client": ("cleo", "carl"), "writer": ("wren", "wolf"), "manager": ("bea", "zoe"), "admin": ("ada", "zoe")}
"""In whose name each role is tried, and who must not be given what is theirs. Zoe writes, with room for no order."""

UNTOLD = {
    "writerId": "goes with an assignment only, and must be a writer's",
    "clientId": "must be an active client's; staff must name one",
    "revisionRequested": "goes with the status revision only",
    "revisionNotes": "goes with the status revision only",
    "clientApproved": "goes with the status completed only",
    "amount": "has as many decimals as its currency, and is not nothing",
    "minAmount": "has as many decimals as the currency",
    "maxAmount": "has as many decimals as the currency",
    "sort": "writers do not sort by amounts",
    "cursor": "must be one that a page handed out",
    "email": "must be one to which a letter can go, and nobody else's",
    "capacity": "is a writer's only",
    "paymentId": "must be one of the order's",
}
"""What no schema says of a field, for it depends on what is stored, on who asks, or on another field."""


@dataclass
class Report:
    """What came of a run."""

    answers: Counter[int] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def take(self, recorder: ScenarioRecorder) -> None:
        """Add what one scenario sent, and what was wrong about the answers."""
        sent = recorder.interactions.values()
        self.answers.update(each.response.status_code for each in sent if each.response)
        for key, nodes in recorder.checks.items():
            failed = [node.failure_info for node in nodes if node.failure_info]
            self.failures += [
                f"{recorder.cases[key].value.operation.label}\n{each.failure}\n{each.code_sample}" for each in failed
            ]


@schemathesis.check
def refused_for_a_reason(_context: object, response: Any, case: Any) -> None:
    """What fits the reference is refused only for what the reference cannot tell, which stands in `UNTOLD`."""
    fits = case.meta is not None and case.meta.generation.mode.is_positive
    if not fits or response.status_code not in (400, 422):
        return
    said = response.json()
    wrong = said.get("fields") or {said.get("field"): said["error"]}
    untold = UNTOLD.keys() | {name for name, value in _fields(case.body) if _is_whole_with_a_point(value)}
    is_told = said["code"] in {"INVALID_TRANSITION", "KEY_REUSED"}  # keys are simple here, and come again
    assert is_told or wrong.keys() <= untold, said


@schemathesis.hook
def filter_failure(context: object, failure: Failure, case: Any, response: object) -> bool:
    """A form holds bytes: a file that is said to be `true` is one of these four letters, and rightly taken."""
    body = case.body if isinstance(case.body, dict) else {}
    is_a_file = "file" in body and body.get("kind") in set(Kind)
    return not (isinstance(failure, AcceptedNegativeData) and is_a_file)


def _fields(body: object) -> Iterable[tuple[str, object]]:
    return body.items() if isinstance(body, dict) else ()


def _is_whole_with_a_point(value: object) -> bool:
    """Whether there is a number such as 1.0, which is an integer to JSON Schema and none to us."""
    if isinstance(value, list):
        return any(_is_whole_with_a_point(each) for each in value)
    return isinstance(value, float) and value.is_integer()


class Restored:
    """The API, whose people stay as they are: an admin who changes roles and addresses would end the run."""

    def __init__(self, app: ASGIApp, restore: Callable[[], None]) -> None:
        self.app, self.restore = app, restore

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, and put the people back."""
        await self.app(scope, receive, send)
        if scope["type"] == "http" and scope["method"] == "PATCH" and "/users/" in scope["path"]:
            await run_in_threadpool(self.restore)


def furnish(desk: Desk) -> Callable[[], None]:
    """An order in every status, and Zoe; gives what puts people back."""
    with database.writing() as session:
        session.add(User(email="zoe@example.com", name="Zoe Zorn", role=Role.writer, password_hash="", capacity=0))
    for status in ROUTES:
        desk.job(status)
    columns = ", ".join(f"{name} = was.{name}" for name in User.model_fields if name != "id")
    desk.sql("CREATE TABLE cast_then AS SELECT * FROM users")
    return lambda: desk.sql(f"UPDATE users SET {columns} FROM cast_then AS was WHERE was.id = users.id")


def fuzz(desk: Desk, role: str, folder: Path, examples: int, **more: Any) -> Report:
    """Send so many examples to each route, and more of what leads along its edges."""
    peers, report = PEERS[role], Report()
    app = Restored(api.application(), furnish(desk))
    (folder / "peers.json").write_text(json.dumps({"auth": [_peer(desk, name) for name in peers]}))
    wanted = {
        "auth": {"wfc": {"path": str(folder / "peers.json"), "user": peers[0], "peers": list(peers)}},
        "generation": {"max-examples": examples, "database": "none", "deterministic": "seed" in more},
        "checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", 400, 401, 403, 404, 409, 422, 429]}},
        "operations": [
            # a receipt comes with the completion, not with the order
            {"include-path-regex": "/receipt$", "checks": {"ensure_resource_availability": {"enabled": False}}}
        ],
        "continue-on-failure": True,
        "max-stream-events": 1,
        "suppress-health-check": ["all"],  # they tell of a slow machine, or of much that was thrown away
    }
    config = SchemathesisConfig.from_dict(wanted | more)
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", app, config=config)
    for event in engine.from_schema(schema).execute():
        match event:
            case ScenarioFinished(recorder=recorder):
                report.take(recorder)
            case NonFatalError(value=error) | FatalError(exception=error):
                report.failures.append(repr(error))
    return report


def _peer(desk: Desk, name: str) -> dict[str, Any]:
    token = access_tokens.issued(desk.who(name))
    return {"name": name, "fixedHeaders": [{"name": "Authorization", "value": f"Bearer {token}"}]}


def without_budgets() -> None:
    """Let everybody ask for as much as they like, as nobody but this may."""
    for each in vars(budgets).values():
        if isinstance(each, limits.Limit):
            each.most = 10**9


def main(role: str, examples: int) -> bool:
    """One role, on a desk of its own; whether anything failed."""
    without_budgets()
    password_hash = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with TemporaryDirectory() as name, sqlite_copies(Path(name), password_hash)(Path(name)) as url:
        report = fuzz(Desk(url, Path(name)), role, Path(name), examples)
    print(*report.failures, sep="\n\n")
    answers = ", ".join(f"{status}: {number:,}" for status, number in sorted(report.answers.items()))
    print(f"{role}: {report.answers.total():,} cases, {len(report.failures)} failures ({answers})", flush=True)
    return bool(report.failures)


if __name__ == "__main__":
    roles, examples = sys.argv[1:] or PEERS, int(os.environ.get("EXAMPLES", "120"))
    sys.exit(sum(main(role, examples) for role in roles))
