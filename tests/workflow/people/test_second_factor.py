"""The second factor: nothing opens before its code, which counts once; ten codes help where the app is lost."""

import pytest
from pyotp.totp import TOTP

from models import clock, database
from models.sign_in import SignIn
from tests.desk import Desk, later, on_sqlite, refused
from tests.workflow.people.test_mailed_links import mailed
from workflow import rules
from workflow.people import administration, guessing, mailed_links, second_factor, sign_ins
from workflow.refusals import ConditionNotMet, Forbidden, InvalidField, SignedOut, TooOften


class App:
    """An authenticator app that knows somebody's secret."""

    def __init__(self, desk: Desk, name: str = "bea") -> None:
        self.desk, self.name = desk, name
        self.totp = TOTP(second_factor.begin(by=desk.who(name)).secret)
        self.codes = second_factor.turn_on(self.shown(-1), by=desk.who(name))

    def shown(self, step: int = 0) -> str:
        """The code of now, or of some steps away."""
        return self.totp.at(clock.now(), counter_offset=step)


def test_nothing_opens_before_the_code(desk: Desk) -> None:
    app = App(desk)

    key = sign_ins.sign_in(desk.who("bea"))
    assert sign_ins.signed_in(key) is None
    whole = second_factor.complete(key, app.shown())

    user = sign_ins.signed_in(whole)
    assert user == desk.who("bea")
    assert sign_ins.signed_in(key) is None


@on_sqlite
def test_a_mailed_link_is_no_way_around_it(desk: Desk) -> None:
    App(desk)

    key = mailed_links.use(mailed(desk, "bea@example.com"))

    assert sign_ins.signed_in(key) is None
    assert second_factor.waits(key) == desk.who("bea")


def test_a_code_counts_once(desk: Desk) -> None:
    code = App(desk).shown()
    second_factor.complete(sign_ins.sign_in(desk.who("bea")), code)

    with refused(second_factor.WRONG, InvalidField):
        second_factor.complete(sign_ins.sign_in(desk.who("bea")), code)


@on_sqlite
@pytest.mark.parametrize("step, is_taken", [(-2, False), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_a_little_off(desk: Desk, step: int, is_taken: bool) -> None:
    with clock.at(clock.now()):
        app, key = App(desk), sign_ins.sign_in(desk.who("bea"))
        if is_taken:
            assert second_factor.complete(key, app.shown(step))
        else:
            with refused(second_factor.WRONG, InvalidField):
                second_factor.complete(key, app.shown(step))


def test_a_recovery_code_counts_once_however_it_is_typed(desk: Desk) -> None:
    app = App(desk)
    assert len(set(app.codes)) == 10

    assert second_factor.complete(sign_ins.sign_in(desk.who("bea")), f" {app.codes[0].lower()} ")

    with refused(second_factor.WRONG, InvalidField):
        second_factor.complete(sign_ins.sign_in(desk.who("bea")), app.codes[0])


@on_sqlite
def test_new_codes_end_the_old_ones(desk: Desk) -> None:
    app = App(desk)
    fresh = second_factor.fresh_codes(app.shown(), by=desk.who("bea"))

    with refused(second_factor.WRONG, InvalidField):
        second_factor.complete(sign_ins.sign_in(desk.who("bea")), app.codes[0])
    assert second_factor.complete(sign_ins.sign_in(desk.who("bea")), fresh[0])


def test_after_five_wrong_codes_there_is_a_pause(desk: Desk) -> None:
    app = App(desk)
    for number in range(5):
        with pytest.raises(InvalidField):
            second_factor.complete(sign_ins.sign_in(desk.who("bea")), f"00000{number}")

    with refused(guessing.CODES, TooOften):
        second_factor.complete(sign_ins.sign_in(desk.who("bea")), app.shown())
    with later(minutes=16):
        assert second_factor.complete(sign_ins.sign_in(desk.who("bea")), app.shown())


@on_sqlite
def test_a_sign_in_waits_ten_minutes(desk: Desk) -> None:
    app, key = App(desk), sign_ins.sign_in(desk.who("bea"))

    with later(minutes=11), pytest.raises(SignedOut):
        second_factor.complete(key, app.shown())


@on_sqlite
def test_only_a_code_turns_it_off(desk: Desk) -> None:
    app = App(desk)
    with refused(second_factor.WRONG, InvalidField):
        second_factor.turn_off("123456", by=desk.who("bea"))

    second_factor.turn_off(app.shown(), by=desk.who("bea"))

    assert sign_ins.signed_in(sign_ins.sign_in(desk.who("bea")))


def test_an_admin_takes_it_away_and_all_sign_ins_end(desk: Desk) -> None:
    app = App(desk)
    whole = second_factor.complete(sign_ins.sign_in(desk.who("bea")), app.shown())
    with refused("Only an admin can do this.", Forbidden):
        second_factor.take_away(desk.who("bea").key, by=desk.who("bob"))

    second_factor.take_away(desk.who("bea").key, by=desk.who("ada"))

    assert sign_ins.signed_in(whole) is None
    assert sign_ins.signed_in(sign_ins.sign_in(desk.who("bea")))
    with refused(second_factor.IS_OFF, ConditionNotMet):
        second_factor.take_away(desk.who("bea").key, by=desk.who("ada"))


@on_sqlite
def test_what_is_not_confirmed_asks_for_nothing(desk: Desk) -> None:
    second_factor.begin(by=desk.who("bea"))

    assert sign_ins.signed_in(sign_ins.sign_in(desk.who("bea")))


def test_the_rule_gives_days_of_grace_and_then_asks_at_the_door(desk: Desk) -> None:
    desk.sql("UPDATE users SET created_at = '2026-01-01 00:00:00'")
    rules.change({"second_factor_days": 7}, by=desk.who("ada"))

    with later(days=6):
        assert sign_ins.signed_in(sign_ins.sign_in(desk.who("bea")))
    with later(days=8):
        assert sign_ins.signed_in(sign_ins.sign_in(desk.who("wren")))
        key = sign_ins.sign_in(desk.who("bea"))
        assert sign_ins.signed_in(key) is None
        setup = second_factor.setup_at_the_door(key)
        assert setup
        assert sign_ins.signed_in(second_factor.complete(key, TOTP(setup.secret).at(clock.now())))


@on_sqlite
def test_who_came_before_with_a_stolen_password_learns_no_secret(desk: Desk) -> None:
    desk.sql("UPDATE users SET created_at = '2026-01-01 00:00:00'")
    rules.change({"second_factor_days": 0}, by=desk.who("ada"))
    thief, bea = sign_ins.sign_in(desk.who("bea")), sign_ins.sign_in(desk.who("bea"))

    stolen, own = second_factor.setup_at_the_door(thief), second_factor.setup_at_the_door(bea)

    assert stolen
    assert own
    assert stolen.secret != own.secret
    assert second_factor.setup_at_the_door(bea) == own
    assert second_factor.complete(bea, TOTP(own.secret).at(clock.now()))


@on_sqlite
def test_a_program_without_a_code_does_not_lock_its_person_out(desk: Desk) -> None:
    app = App(desk)

    for _ in range(6):
        with refused(second_factor.NEEDED, InvalidField):
            second_factor.check(desk.who("bea"), "")

    assert second_factor.complete(sign_ins.sign_in(desk.who("bea")), app.shown())


@on_sqlite
def test_a_copy_of_the_database_makes_no_codes(desk: Desk) -> None:
    app = App(desk)

    with database.reading() as session:
        kept = repr([*session.connection().exec_driver_sql("SELECT * FROM second_factors, recovery_codes")])

    assert app.totp.secret not in kept
    assert not any(code in kept or code.replace("-", "") in kept for code in app.codes)


@on_sqlite
def test_who_waits_is_not_listed_as_signed_in(desk: Desk) -> None:
    App(desk)
    sign_ins.sign_in(desk.who("bea"))

    with database.reading() as session:
        assert SignIn.of(session, desk.who("bea")) == []


@on_sqlite
def test_a_closed_account_completes_nothing(desk: Desk) -> None:
    app, key = App(desk), sign_ins.sign_in(desk.who("bea"))
    administration.change(desk.who("bea").key, {"active": False}, by=desk.who("ada"))

    with pytest.raises(SignedOut):
        second_factor.complete(key, app.shown())
