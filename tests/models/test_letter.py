"""Letters are looked for every other second: that costs no more when many have been sent."""

from models import database
from models.letter import _due
from tests.desk import Desk, on_sqlite


@on_sqlite
def test_what_is_due_is_found_by_an_index(desk: Desk) -> None:
    with database.reading() as session:
        question = _due(()).order_by(None).compile(session.connection(), compile_kwargs={"literal_binds": True})
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {question}").all()

    assert "USING INDEX ix_letters_delivery_next_try_at (delivery=? AND next_try_at<?)" in str(plan)
