from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from window_client.offline_signin import OfflineSignIn, Verdict
from window_client.store.store import Store

KEY = bytes(range(32))
NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
RIGHT = "right"
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


class Machine:
    """A window's store, and a clock that nobody can set."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ticks = 1000.0
        self.open()

    def open(self) -> None:
        self.store = Store.open(self.folder, KEY)
        self.door = OfflineSignIn(self.store.second_connection, cost=16, ticks=lambda: self.ticks)

    def restart(self) -> None:
        self.store.close()
        self.ticks = 5.0
        self.open()

    def check(self, password: str = RIGHT, after: timedelta = timedelta(0), account: str = "1203") -> Verdict:
        return self.door.check(account, password, NOW + after)


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    made = Machine(tmp_path / "store")
    made.door.remember("1203", "王芳", ("clerk",), "right", NOW)
    yield made
    made.store.close()


def test_who_signed_in_online_may_sign_in_for_seven_days(machine: Machine) -> None:
    assert machine.check() == Verdict("", "王芳", ("clerk",), days_left=7)
    assert machine.check(after=6 * DAY + MINUTE).days_left == 1
    assert machine.check(after=7 * DAY).code == "too_long_ago"


def test_a_new_sign_in_at_the_centre_begins_the_seven_days_anew(machine: Machine) -> None:
    machine.door.remember("1203", "王芳", ("clerk",), "changed", NOW + 6 * DAY)

    assert machine.check("changed", 12 * DAY).days_left == 1
    assert machine.check("right", 12 * DAY).code == "wrong_password"


def test_nobody_else_may(machine: Machine) -> None:
    assert machine.check(account="1305") == Verdict("offline_unknown")


def test_a_clerk_without_the_role_is_not_remembered_and_one_who_lost_it_is_forgotten(machine: Machine) -> None:
    machine.door.remember("1305", "赵敏", ("reviewer",), "right", NOW)
    machine.door.remember("1203", "王芳", (), "right", NOW)

    assert machine.check(account="1305").code == "offline_unknown"
    assert machine.check().code == "offline_unknown"


def test_five_wrong_passwords_lock_for_fifteen_minutes_and_the_next_five_for_thirty(machine: Machine) -> None:
    assert [machine.check("wrong").left for _ in range(4)] == [4, 3, 2, 1]
    assert machine.check("wrong") == Verdict("locked", minutes=15)
    machine.ticks += 14 * 60
    assert machine.check("right", 14 * MINUTE) == Verdict("locked", minutes=1)
    machine.ticks += 2 * 60
    for _ in range(4):
        assert machine.check("wrong", 16 * MINUTE).code == "wrong_password"
    assert machine.check("wrong", 16 * MINUTE) == Verdict("locked", minutes=30)
    machine.ticks += 31 * 60
    assert not machine.check("right", 47 * MINUTE).code


def test_a_clock_set_forward_ends_no_lock_and_the_lock_passes_by_both_clocks(machine: Machine) -> None:
    for _ in range(5):
        machine.check("wrong")
    machine.ticks += 60
    assert machine.check("right", DAY) == Verdict("locked", minutes=14)
    machine.ticks += 14 * 60
    assert not machine.check("right", DAY + 15 * MINUTE).code


def test_the_right_password_begins_the_count_anew(machine: Machine) -> None:
    for _ in range(4):
        machine.check("wrong")
    machine.check("right")

    assert machine.check("wrong").left == 4


def test_failures_and_lock_survive_a_restart(machine: Machine) -> None:
    for _ in range(3):
        machine.check("wrong")
    machine.restart()
    assert machine.check("wrong").left == 1
    machine.check("wrong")
    machine.restart()

    assert machine.check("right", MINUTE) == Verdict("locked", minutes=14)


def test_a_clock_set_back_gives_no_days_and_ends_no_lock(machine: Machine) -> None:
    assert machine.check(after=7 * DAY).code == "too_long_ago"
    machine.restart()
    assert machine.check(after=-30 * DAY).code == "too_long_ago"


def test_a_lock_passes_by_the_other_clock_when_the_machines_was_set_back(machine: Machine) -> None:
    for _ in range(5):
        machine.check("wrong")
    machine.ticks += 60.0
    assert machine.check("right", -2 * DAY) == Verdict("locked", minutes=14)
    machine.ticks += 15 * 60.0
    assert not machine.check("right", -2 * DAY).code


def test_the_centres_time_puts_right_what_a_clock_that_ran_ahead_had_noted(machine: Machine) -> None:
    machine.door.remember("1305", "赵敏", ("clerk",), "right", NOW + 900 * DAY)
    assert machine.check(after=DAY).code == "too_long_ago"

    machine.door.remember("1203", "王芳", ("clerk",), "right", NOW + DAY)

    assert machine.check(after=DAY).days_left == 7
    assert machine.check(after=8 * DAY + MINUTE, account="1305").code == "too_long_ago"


def test_the_password_is_nowhere_in_what_is_kept(machine: Machine) -> None:
    machine.door.remember("1305", "赵敏", ("clerk",), "a rather long password", NOW)
    connection = machine.store.second_connection()
    known = connection.signins.get("1305")
    connection.close()

    assert known is not None
    assert b"a rather long password" not in known.salt + known.verifier
    assert len(known.verifier) == 32
