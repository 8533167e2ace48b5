"""What the palette and the help are told (assets/palette.js): as data, for whoever is signed in, with their rights."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from models import database
from models.folding import folded
from models.user import Role, User
from pages import cookie, keys
from pages.parts.search import plain, said
from workflow.access import ENDED
from workflow.orders import finding
from workflow.orders.finding import Found
from workflow.people import sign_ins
from workflow.words import label

router = APIRouter(include_in_schema=False)

ALL = "All {total} orders that fit"

Group = dict[str, Any]


@router.get("/keys")
def told(request: Request) -> Response:
    """The keys of this reader, and the words of help and palette."""
    user = sign_ins.signed_in(cookie.key(request))
    if user is None:
        return _said({"error": ENDED}, 401)
    return _said({"help": list(keys.helped(user.role)), "go": keys.places(user.role), "words": keys.WORDS})


@router.get("/find")
def found(request: Request, q: str = "") -> Response:
    """What fits these words: orders, people and pages; without words, pages alone."""
    user, words = sign_ins.signed_in(cookie.key(request)), plain(q)
    if user is None:
        return _said({"error": ENDED}, 401)
    with database.reading() as session:
        fitting = finding.find(session, user, words)
    return _said([_orders(fitting, user, words), _people(fitting, user), _pages(user, words)])


def _said(what: object, status: int = 200) -> Response:
    return JSONResponse(what, status, {"Cache-Control": "no-store"})


def _orders(found: Found, reader: User, words: str) -> Group:
    lines = [
        {
            "name": job.title,
            "about": f"{job.display_id} · {label(job.status, reader.role)}",
            "address": f"/jobs/{job.display_id}",
        }
        for job in found.jobs
    ]
    if reader.is_staff and found.total > len(lines):
        lines.append({"name": ALL.format(total=found.total), "address": f"/all?{said(q=words)}"})
    return {"title": "Orders", "found": lines}


def _people(found: Found, reader: User) -> Group:
    """To admins a person is an account, to managers the orders that are theirs."""
    place = "/admin/people" if reader.role is Role.admin else "/all"
    lines = [
        {
            "name": user.name,
            "about": f"{user.role.capitalize()} · {user.email}",
            "address": f"{place}?{said(q=user.email)}",
        }
        for user in found.people
    ]
    return {"title": "People", "found": lines}


def _pages(reader: User, words: str) -> Group:
    """The pages whose names have all of the words."""
    sought = folded(words).split()
    fitting = [(name, address) for name, address in keys.pages(reader.role) if all(w in folded(name) for w in sought)]
    return {"title": "Pages", "found": [{"name": name, "address": address} for name, address in fitting]}
