"""How a client pays: the agency's own words, an account for a SEPA transfer, and which orders wait for it."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from segno.helpers import make_epc_qr
from sqlmodel import Session

from models.agency import Agency
from models.job import Job
from models.rules import Rules
from models.status import Status
from workflow import checks, money
from workflow.refusals import InvalidField

WORDS, HOLDER = 2000, 70
"""The longest texts, in characters; the second is the code's."""


@dataclass(frozen=True)
class HowToPay:
    """What an agency says about paying. `iban` has no spaces; without one there is no code. `name` is the agency's."""

    words: str = ""
    iban: str = ""
    holder: str = ""
    name: str = ""

    @classmethod
    def read(cls, session: Session) -> "HowToPay":
        """What the agency says now."""
        agency = Agency.get(session)
        return cls(agency.pay_words, agency.iban, agency.account_holder, agency.name) if agency else cls()

    def __bool__(self) -> bool:
        return bool(self.words or self.iban)

    def code(self, job: Job) -> str | None:
        """The QR code (EPC069-12) from which a banking app fills in what is due, as the address of a picture."""
        if not self.iban or job.currency != "EUR" or not job.balance_due:
            return None
        due = Decimal(money.decimal(job.balance_due, job.currency))
        return _drawn(self.payee, self.iban, due, job.display_id)

    @property
    def payee(self) -> str:
        """Whose account it is: the agency's, where nobody else is named."""
        return self.holder or self.name

    @property
    def spelt(self) -> str:
        """The IBAN in groups of four, as people read it."""
        return " ".join(self.iban[place : place + 4] for place in range(0, len(self.iban), 4))


@lru_cache(256)
def _drawn(payee: str, iban: str, due: Decimal, reference: str) -> str:
    code = make_epc_qr(payee[:HOLDER], iban, due, text=reference, encoding="utf-8")
    return code.svg_data_uri(scale=4, light="#fff")


def checked(words: str | None, iban: str | None, holder: str | None) -> dict[str, str]:
    """What an admin typed, as the agency's columns have it; raises InvalidField."""
    return checks.together(
        pay_words=lambda: checks.text("pay_words", words, WORDS) or "",
        iban=lambda: _iban(iban or ""),
        account_holder=lambda: checks.text("account_holder", holder, HOLDER) or "",
    )


def _iban(typed: str) -> str:
    """The IBAN without spaces; its check digits (ISO 7064) catch what is mistyped."""
    iban = "".join(typed.split()).upper()
    if not iban:
        return ""
    is_well_formed = iban.isascii() and iban.isalnum() and iban[:2].isalpha() and 15 <= len(iban) <= 34
    if not is_well_formed or int("".join(str(int(each, 36)) for each in iban[4:] + iban[:4])) % 97 != 1:
        raise InvalidField("iban", "This is no IBAN: a letter or a digit is wrong.")
    return iban


def is_awaited(job: Job, rules: Rules) -> bool:
    """Whether the order waits for its client to pay: the deposit where it is asked for first, or what was delivered."""
    if job.status is Status.pending:
        return rules.deposit_first and job.amount_paid * 100 < job.amount * rules.deposit_percent
    is_handed_over = job.status in (Status.delivered, Status.completed)
    return is_handed_over and job.balance_due > 0 and job.payment_status != "refunded"
