"""The callers of the API meet the faults, too."""

from tests.api.conftest import by, door, stranger, street

__all__ = ["by", "door", "stranger", "street"]
