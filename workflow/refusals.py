"""Refusals: everything that may answer "no", each with its code and the one sentence that people read."""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from models.job import Job
from models.status import Status


class Refused(Exception):
    """Something is not done, and nothing was changed; the text is a plain sentence.

    `code` and `http`, the status by which both doors answer, are those of SPEC section 7.
    """

    code: ClassVar[str]
    http: ClassVar[int]

    @property
    def sentence(self) -> str:
        """Why not, for the person who asked."""
        return str(self)


class NotFound(Refused):
    """There is no such order, or none that this person may see: the two are told apart by nobody."""

    code, http = "JOB_NOT_FOUND", 404
    text = "There is no such order."

    def __init__(self) -> None:
        super().__init__(self.text)


class InvalidField(Refused):
    """Values are of the wrong kind or size: `fields` are their names in the model, each with its sentence.

    `field` is the first of them. `checks.together` gathers those of one request.
    """

    code, http = "INVALID_FIELD", 422

    def __init__(self, field: str, sentence: str, others: Mapping[str, str] | None = None) -> None:
        self.field, self.fields = field, {field: sentence, **(others or {})}
        super().__init__(" ".join(dict.fromkeys(self.fields.values())))


class Forbidden(Refused):
    """The way exists, but this person may not take it."""

    code, http = "FORBIDDEN", 403


class SignedOut(Forbidden):
    """Who acts is not signed in any more: their sign-in or token has ended, or their account was closed."""

    code, http = "UNAUTHENTICATED", 401


class Conflict(Refused):
    """Somebody else was faster; `job` is how it stands now."""

    code, http = "CONFLICT", 409

    def __init__(self, job: Job) -> None:
        super().__init__(f"Order {job.display_id} has changed in the meantime: please look again.")
        self.job = job


class InvalidTransition(Refused):
    """No action leads from where the job stands to where it should go, or the action named is not one that does."""

    code, http = "INVALID_TRANSITION", 400

    def __init__(self, source: Status, wanted: str, allowed: Iterable[Status]) -> None:
        self.source, self.wanted, self.allowed = source, wanted, tuple(allowed)
        ways = f"it can become {' or '.join(self.allowed)}" if self.allowed else "this status is final"
        super().__init__(f"'{wanted}' is not possible for an order that is {source}: {ways}.")


class ConditionNotMet(Refused):
    """The person may do it, but not yet: `reasons` are sentences that say why and who can help."""

    code, http = "CONDITION_NOT_MET", 409

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(" ".join(self.reasons))


class WrongCredentials(Refused):
    """No active account has this address and password; the sentence tells nobody whether an account exists."""

    code, http = "INVALID_CREDENTIALS", 401

    def __init__(self) -> None:
        super().__init__("E-mail or password is wrong.")


class DeadLink(Refused):
    """The link of a letter leads nowhere (any more); the sentence says what to do instead."""

    code, http = "DEAD_LINK", 410


class UnknownKey(DeadLink):
    """There is no such key at all, and maybe there never was: it was cut off, mistyped, or guessed."""

    http = 404


class TooOften(Refused):
    """Somebody asks for the same again and again; `wait` is in seconds."""

    code, http = "RATE_LIMITED", 429

    def __init__(self, sentence: str, wait: int) -> None:
        super().__init__(sentence)
        self.wait = max(wait, 1)


class TooLarge(Refused):
    """A file is larger than files may be."""

    code, http = "TOO_LARGE", 413

    def __init__(self, most: int) -> None:
        super().__init__(f"A file may have {most:,} bytes at most.")


class NoOrders(Refused):
    """A bulk operation names no order at all."""

    code, http = "NO_ORDERS", 400

    def __init__(self) -> None:
        super().__init__("Choose at least one order.")


class TooManyOrders(Refused):
    """A bulk operation names more orders than one may."""

    code, http = "TOO_MANY_ORDERS", 400

    def __init__(self, most: int) -> None:
        super().__init__(f"At most {most} orders can be changed together.")


class StalePreview(Refused):
    """What was previewed is not what would happen now."""

    code, http = "STALE_PREVIEW", 409

    def __init__(self) -> None:
        super().__init__("An order or a rule has changed since the preview: please look again.")
