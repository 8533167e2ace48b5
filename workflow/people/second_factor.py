"""The second factor: codes of an app (TOTP), or one of ten recovery codes, after whatever else lets somebody in."""

import base64
import hmac
import secrets
from dataclasses import dataclass

import segno
from pyotp.totp import TOTP
from sqlmodel import Session

from models import clock, database, keys
from models.agency import Agency
from models.second_factor import RecoveryCode, SecondFactor
from models.sign_in import SignIn, idle
from models.user import User
from workflow import access
from workflow.history import desk_log, signatures
from workflow.live import rings
from workflow.people import administration, guessing
from workflow.people.accounts import end_access
from workflow.refusals import ConditionNotMet, InvalidField, SignedOut

STEP = 30
"""Seconds for which a code is shown; those of the step before and after are taken, too."""

CODES, LETTERS_EACH = 10, 10
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"

WRONG = "This code is wrong, or was used already. Take the one that the app shows now."
NEEDED = "The code of your second factor is missing."
IS_ON = "You have a second factor already."
SET_UP = "The agency asks for a second factor: sign in by the page and set it up there."
IS_OFF = "There is no second factor."
OWN = "Your own is turned off on your profile, with a code."


@dataclass(frozen=True)
class Setup:
    """What an app has to learn: the secret in letters, and as a picture of its address."""

    secret: str
    picture: str


def begin(*, by: User) -> Setup:
    """Begin to set up one's own; the same again while it is not confirmed, for the same sign-in.

    Raises ConditionNotMet, SignedOut.
    """
    with database.writing() as session:
        return _begun(session, access.still_active(session, by), by.came_with.sign_in if by.came_with else "")


def turn_on(code: str | None, *, by: User) -> list[str]:
    """Take what was set up into use, with its first code; returns the recovery codes, which are told this once.

    Raises InvalidField for a wrong code (`code`), TooOften, or as `begin` does.
    """
    tried = guessing.count(guessing.CODE, by.email)
    with database.writing() as session:
        user = access.still_active(session, by)
        _confirm(session, user, code)
        rings.for_user(session, user)
        codes = _fresh_codes(session, user)
    guessing.forgive(tried)
    return codes


def fresh_codes(code: str | None, *, by: User) -> list[str]:
    """New recovery codes, for a code; those before end. Raises as `turn_on` does."""
    tried = guessing.count(guessing.CODE, by.email)
    with database.writing() as session:
        user = access.still_active(session, by)
        _check(session, user, code)
        codes = _fresh_codes(session, user)
    guessing.forgive(tried)
    return codes


def turn_off(code: str | None, *, by: User) -> None:
    """Do without one's own, for a code. Raises as `turn_on` does."""
    tried = guessing.count(guessing.CODE, by.email)
    with database.writing() as session:
        user = access.still_active(session, by)
        _check(session, user, code)
        _forget(session, user)
        desk_log.add(session, "factor_off", by=user, about=user)
    guessing.forgive(tried)


def take_away(user_id: int, *, by: User | None) -> None:
    """Take somebody's away who has lost app and codes, by an admin or (None) the command line; their sign-ins end."""
    with database.writing() as session:
        user = administration.opened(session, user_id, by)
        if SecondFactor.of(session, user) is None:
            raise ConditionNotMet([IS_OFF])
        if by is not None and user.id == by.id:
            raise ConditionNotMet([OWN])
        _forget(session, user)
        desk_log.add(session, "factor_off", by=by, about=user)
        end_access(session, user)


def waits(key: str) -> User | None:
    """Who has come as far as the code with this key of a sign-in; None for anybody else."""
    with database.reading() as session:
        return SignIn.halfway(session, key)


def setup_at_the_door(key: str) -> Setup | None:
    """What somebody has to set up before they come in any further; None for who has it, and for anybody else."""
    with database.writing() as session:
        user = SignIn.halfway(session, key)
        return None if user is None or SecondFactor.of(session, user) else _begun(session, user, keys.hashed(key))


def complete(key: str, code: str | None, remote: str = "") -> str:
    """Come in all the way with a code; returns another key for the cookie.

    Raises InvalidField for a wrong code, TooOften, or SignedOut for a key that waits for none.
    """
    user = waits(key)
    if user is None:
        raise SignedOut(access.ENDED)
    tried = guessing.count(guessing.CODE, user.email, remote)
    with database.writing() as session:
        user = SignIn.halfway(session, key)
        if user is None:
            raise SignedOut(access.ENDED)
        (_check if SecondFactor.of(session, user) else _confirm)(session, user, code)
        desk_log.add(session, "factor", by=user)
        whole = SignIn.complete(session, key, idle(user))
    guessing.forgive(tried)
    return whole


def check(user: User, code: str | None, remote: str = "") -> None:
    """For who comes by no page: a code where one is asked for. Raises InvalidField or TooOften.

    A program that knows of no code guesses none, or it would close the door to its person.
    """
    with database.reading() as session:
        if not SecondFactor.is_asked_of(session, user):
            return
        if SecondFactor.of(session, user) is None:
            raise ConditionNotMet([SET_UP])
    if not _typed(code):
        raise InvalidField("code", NEEDED)
    tried = guessing.count(guessing.CODE, user.email, remote)
    with database.writing() as session:
        _check(session, user, code)
    guessing.forgive(tried)


def _begun(session: Session, user: User, sign_in: str) -> Setup:
    """What is being set up by the sign-in with this hash; of what another one was shown, nobody knows the secret then.

    Or who came with a stolen password, and looked, would know the codes of who sets it up afterwards.
    """
    factor, own = session.get(SecondFactor, user.key), sign_in[:20]
    if factor is not None and factor.confirmed_at is not None:
        raise ConditionNotMet([IS_ON])
    if factor is None or not factor.seed.startswith(own):
        factor = session.merge(SecondFactor(user_id=user.key, seed=own + keys.fresh()))
    totp, agency = TOTP(_secret(factor)), Agency.called(session)
    address = totp.provisioning_uri(name=user.email, issuer_name=agency)
    return Setup(totp.secret, segno.make(address, error="m").svg_data_uri(scale=4, light="#fff"))


def _secret(factor: SecondFactor) -> str:
    """The secret that the app knows: a copy of the database alone makes no codes."""
    return base64.b32encode(bytes.fromhex(signatures.sealed(f"second factor {factor.seed}"))[:20]).decode()


def _confirm(session: Session, user: User, code: str | None) -> None:
    factor = session.get(SecondFactor, user.key)
    if factor is None or factor.confirmed_at is not None:
        raise ConditionNotMet([IS_OFF if factor is None else IS_ON])
    _take(factor, _typed(code))
    factor.confirmed_at = clock.now()
    desk_log.add(session, "factor_on", by=user, about=user)


def _check(session: Session, user: User, code: str | None) -> None:
    """Raises InvalidField unless this is a code of the app, or a recovery code, which is used up."""
    factor, typed = SecondFactor.of(session, user), _typed(code)
    if factor is None:
        raise InvalidField("code", IS_OFF)
    if len(typed) == LETTERS_EACH and RecoveryCode.take(session, user, _hashed(user, typed)):
        return
    _take(factor, typed)


def _take(factor: SecondFactor, code: str) -> None:
    now, totp = int(clock.now().timestamp()) // STEP, TOTP(_secret(factor))
    for step in (now - 1, now, now + 1):
        if step > factor.last_step and hmac.compare_digest(totp.generate_otp(step).encode(), code.encode()):
            factor.last_step = step
            return
    raise InvalidField("code", WRONG)


def _typed(code: str | None) -> str:
    return "".join(each for each in (code or "").upper() if each.isascii() and each.isalnum())


def _fresh_codes(session: Session, user: User) -> list[str]:
    RecoveryCode.end_all(session, user)
    codes = ["".join(secrets.choice(LETTERS) for _ in range(LETTERS_EACH)) for _ in range(CODES)]
    session.add_all(RecoveryCode(user_id=user.key, code_hash=_hashed(user, code)) for code in codes)
    desk_log.add(session, "factor_codes", by=user, about=user)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def _hashed(user: User, code: str) -> str:
    return signatures.sealed(f"recovery code of {user.key}: {code}")


def _forget(session: Session, user: User) -> None:
    RecoveryCode.end_all(session, user)
    if factor := session.get(SecondFactor, user.key):
        session.delete(factor)
