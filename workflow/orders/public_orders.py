"""Public orders: people without an account fill in a form, and confirm by our letter that it is an order."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from models import clock, database, keys, known
from models.agency import Agency
from models.job import Job
from models.order_request import OrderRequest
from models.user import Role, User
from workflow import budgets, checks
from workflow.history import desk_log
from workflow.live import rings
from workflow.mail import templates
from workflow.orders import placing
from workflow.orders.terms import Order
from workflow.people import arrivals, names, networks
from workflow.refusals import DeadLink, Forbidden, UnknownKey

GOOD_FOR = timedelta(hours=48)

SECOND_CLICK = timedelta(minutes=2)
"""How long after the first click a second one counts as the same: a browser may have dropped the first answer."""

CLOSED = "Orders without an account are not taken at the moment. Please write to the agency."
UNKNOWN = "There is no order under this link. It may have been cut off, or was not confirmed in time."
EXPIRED = "This order was not confirmed in time, or its link was ended. Please fill in the form again."
NOT_A_CLIENT = "This address belongs to somebody who cannot order here. Please sign in, or use another address."


@dataclass(frozen=True)
class Stranger:
    """Who orders: how they call themselves, where our letter shall go, their time zone, and where they come from."""

    name: str
    email: str
    time_zone: str = "UTC"
    remote: str = ""


def check(by: Stranger) -> None:
    """Raises InvalidField for all that cannot be how somebody is called or reached."""
    checks.together(name=lambda: names.house_free("name", by.name, checks.NAME), email=lambda: checks.address(by.email))


def are_open() -> bool:
    """Whether strangers may order now."""
    with database.reading() as session:
        return known.of(session).rules.public_orders


def request(order: Order, by: Stranger) -> None:
    """Keep what a stranger wants to order, and write them a letter with the link that confirms it; sent twice, once.

    A stranger names no price. Raises InvalidField for what does not fit or is not theirs to say, TooOften, Forbidden
    while the form is closed; never tells whether there is an account.
    """
    unit = "" if order.work_type else order.unit
    order = replace(order, unit=unit, amount=None, client_id=None, included_revisions=None)
    with database.writing() as session:
        fields = checks.together(
            name=lambda: names.checked(session, by.name, Role.client),
            email=lambda: checks.address(by.email),
            content=lambda: _content(session, order) | {"time_zone": checks.time_zone(by.time_zone)},
        )
        _still_open(session)
        budgets.PUBLIC_ORDERS.spend(networks.network(by.remote))
        before = OrderRequest.latest(session, fields["email"], clock.now() - SECOND_CLICK)
        if before and all(getattr(before, field) == value for field, value in fields.items()):
            return
        budgets.CONFIRMATIONS.check(OrderRequest.waiting(session, fields["email"], budgets.CONFIRMATIONS.since))
        key, expires = keys.fresh(), clock.now() + GOOD_FOR
        session.add(OrderRequest(key_hash=keys.hashed(key), expires_at=expires, **fields))
        session.add(_letter(session, fields["email"], key))


def look(key: str) -> OrderRequest:
    """What the link of this key would order, or has ordered. Raises DeadLink or Forbidden, as `confirm` does."""
    with database.reading() as session:
        wanted = _opened(session, key)
        _refuse_others(User.by_email(session, wanted.email))
        return wanted


def confirm(key: str, browser: str = "") -> tuple[Job, str | None]:
    """Place the order, for the client account of its address; if there is none, it is opened, and signed in to.

    Returns the order, or the one that came of a link that was used already, and the key for the cookie. There is no key
    for who had an account, which this letter is no way into. Raises DeadLink, InvalidField for what is not offered any
    more, Forbidden when the form is closed or the address is not a client's.
    """
    with database.writing() as session:
        wanted = _opened(session, key)
        client = _client(session, wanted)
        job = session.get_one(Job, wanted.job_id) if wanted.job_id else None
        if job is None:
            job = placing.placed(session, _order(wanted.content), client, by=client)
            session.flush()
            wanted.job_id = job.id
        if not _is_just_opened(client):
            return job, None
        return job, arrivals.begin(session, client, "by a mailed link", browser, by_link=True)


def _is_just_opened(client: User) -> bool:
    """Whether the account was opened by this letter, a moment ago: then nobody has another way in yet."""
    is_untouched = not client.password_hash and client.access_version == 1
    return is_untouched and clock.now() - client.created_at <= SECOND_CLICK


def _opened(session: Session, key: str) -> OrderRequest:
    wanted = OrderRequest.opened_by(session, key)
    if wanted is None:
        raise UnknownKey(UNKNOWN)
    if wanted.job_id is None:
        _still_open(session)
        if wanted.expires_at <= clock.now():
            raise DeadLink(EXPIRED)
    return wanted


def _still_open(session: Session) -> None:
    if not known.of(session).rules.public_orders:
        raise Forbidden(CLOSED)


def _client(session: Session, wanted: OrderRequest) -> User:
    """The account of the address, opened without a password if there is none."""
    client = User.by_email(session, wanted.email)
    if client is None:
        fields = {"email": wanted.email, "name": wanted.name, "time_zone": wanted.content["time_zone"]}
        client = User(role=Role.client, password_hash="", **fields)  # an empty hash fits no password  # nosec B106
        session.add(client)
        session.flush()
        desk_log.add(session, "opened", by=client, about=client, detail=client.role)
        rings.around_user(session, client)
    _refuse_others(client)
    return client


def _refuse_others(user: User | None) -> None:
    if user is not None and (user.role is not Role.client or not user.active):
        raise Forbidden(NOT_A_CLIENT)


def _content(session: Session, order: Order) -> dict[str, Any]:
    """The order as it is kept, with the price of today: what the letter's page shows is what it will cost."""
    fields = placing.priced(session, placing.agreed(session, order, by=None))
    deadline: datetime | None = fields["deadline"]
    del fields["included_revisions"]
    return fields | {"deadline": deadline and deadline.isoformat()}


def _order(content: dict[str, Any]) -> Order:
    kept = {name: content[name] for name in ("title", "instructions", "work_type", "quantity", "unit", "amount")}
    answers = tuple((each["question"], each["answer"]) for each in content["answers"])
    deadline = content["deadline"] and datetime.fromisoformat(content["deadline"])
    return Order(**kept, answers=answers, deadline=deadline)


def _letter(session: Session, email: str, key: str) -> object:
    """The letter repeats nothing of what was filled in: anybody can have it sent to anybody."""
    hours = round(GOOD_FOR.total_seconds() / 3600)
    return templates.letter_to(email, "confirm_order", agency=Agency.called(session), key=key, hours=hours)
