import pytest

from tests.unit.window_client.central.service.samples import Hall
from window_client.central import contract as c
from window_client.central.service import accounts
from window_client.central.service.call import Rules
from window_client.central.service.refusal import Refused


@pytest.fixture
def staffed(hall: Hall) -> Hall:
    accounts.add_account(hall.db, c.Clerk("1203", "王芳", roles=("clerk",)), (12,), "right")
    return hall


def attempt(hall: Hall, *, right: bool, account: str = "1203", window: int = 12) -> c.Session | Refused:
    try:
        return hall.run(lambda call: accounts.sign_in(call, right=right), c.SignIn(account, "x", window))
    except Refused as refusal:
        return refusal


def code(outcome: object) -> str:
    assert isinstance(outcome, Refused)
    return outcome.code


def test_passwords_are_compared_with_what_is_stored(staffed: Hall) -> None:
    assert accounts.right_password(staffed.db, "1203", "right")
    assert not accounts.right_password(staffed.db, "1203", "wrong")
    assert not accounts.right_password(staffed.db, "nobody", "right")
    assert "right" not in staffed.db.execute("SELECT password FROM accounts").fetchone()[0]


def test_a_session_is_found_by_its_token_until_it_expires(staffed: Hall) -> None:
    session = attempt(staffed, right=True)
    assert isinstance(session, c.Session)
    now = staffed.now.timestamp()

    who = accounts.find_session(staffed.db, session.token, now)
    assert who
    assert (who.clerk.account, who.window) == ("1203", 12)
    assert accounts.find_session(staffed.db, "other", now) is None
    assert accounts.find_session(staffed.db, session.token, now + 86_400) is None
    assert session.token not in [row[0] for row in staffed.db.execute("SELECT token FROM sessions")]


def test_five_failures_lock_and_the_right_password_does_not_help(staffed: Hall) -> None:
    outcomes = [code(attempt(staffed, right=False)) for _ in range(5)]

    assert outcomes == ["wrong_password"] * 4 + ["locked"]
    assert code(attempt(staffed, right=True)) == "locked"


def test_the_lock_ends_and_doubles_the_next_time(staffed: Hall) -> None:
    for _ in range(5):
        attempt(staffed, right=False)
    staffed.later(minutes=16)
    for _ in range(5):
        attempt(staffed, right=False)
    staffed.later(minutes=16)
    assert code(attempt(staffed, right=True)) == "locked"
    staffed.later(minutes=15)

    assert isinstance(attempt(staffed, right=True), c.Session)


def test_a_success_forgets_the_failures(staffed: Hall) -> None:
    for _ in range(4):
        attempt(staffed, right=False)
    attempt(staffed, right=True)

    assert code(attempt(staffed, right=False)) == "wrong_password"


@pytest.mark.parametrize(("locks", "minutes"), [(0, 15), (1, 30), (2, 60), (60, 1440)])
def test_locks_double_up_to_a_day(locks: int, minutes: float) -> None:
    assert accounts.lock_seconds(Rules(), locks) == minutes * 60


def test_unknown_accounts_and_other_windows_are_refused(staffed: Hall) -> None:
    assert code(attempt(staffed, right=False, account="nobody")) == "wrong_password"
    assert code(attempt(staffed, right=True, window=13)) == "not_your_window"
    assert code(attempt(staffed, right=True, window=999)) == "no_such_window"


def test_signing_out_ends_the_session(staffed: Hall) -> None:
    session = attempt(staffed, right=True)
    assert isinstance(session, c.Session)
    who = accounts.find_session(staffed.db, session.token, staffed.now.timestamp())
    call = staffed.call()
    call.who = who

    assert accounts.session(call).clerk.name == "王芳"
    accounts.sign_out(call)
    assert accounts.find_session(staffed.db, session.token, staffed.now.timestamp()) is None


def test_an_account_can_be_given_a_new_password(staffed: Hall) -> None:
    accounts.add_account(staffed.db, c.Clerk("1203", "王芳", roles=("clerk",)), (), "newer")

    assert accounts.right_password(staffed.db, "1203", "newer")
    assert not accounts.right_password(staffed.db, "1203", "right")
