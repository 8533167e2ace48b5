"""What is wished of many orders at once."""

from dataclasses import dataclass

from models.status import Status
from workflow import checks
from workflow.refusals import NoOrders, TooManyOrders

MANY = "work with many orders at once"
"""What only the agency can do."""

MOST = 100
"""How many orders one operation may hold: SPEC section 7."""


@dataclass(frozen=True)
class Wish:
    """What is asked for: these orders to that status, by that action and to that writer if named."""

    order_ids: tuple[int, ...]
    new_status: Status
    action: str | None = None
    reason: str | None = None
    writer_id: int | None = None

    def __post_init__(self) -> None:
        """Raise NoOrders, TooManyOrders or InvalidField for what no operation can be; count every order once."""
        object.__setattr__(self, "order_ids", tuple(dict.fromkeys(self.order_ids)))
        if not self.order_ids:
            raise NoOrders
        if len(self.order_ids) > MOST:
            raise TooManyOrders(MOST)
        object.__setattr__(self, "reason", checks.text("reason", self.reason, checks.NOTE))
