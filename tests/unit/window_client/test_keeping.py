"""Backups in time, and a word before the disk is full."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.unit.window_client.store.samples import KEY, accepted
from window_client.dispatch import ManualDispatcher
from window_client.keeping import Keeping
from window_client.store.database import SUSPECT
from window_client.store.store import Store


class Room:
    """A store, the keeping of it, a clock that the test turns, and what was told."""

    def __init__(self, folder: Path, *, every: int = 3, floor_mb: int = 0) -> None:
        self.store = Store.open(folder, KEY)
        self.gate = ManualDispatcher()
        self.told: list[tuple[str, dict[str, str]]] = []
        self.now = datetime.now(UTC)
        self.keeping = Keeping(
            self.store,
            self.gate,
            every=every,
            floor_mb=floor_mb,
            tell=lambda code, args: self.told.append((code, args)),
            clock=lambda: self.now,
        )

    def look(self, *, idle: bool = True) -> int:
        """Look, wait for what that began, and count the backups."""
        self.keeping.look(idle=idle)
        if self.keeping._thread is not None:
            self.keeping._thread.join()
        self.gate.run()
        return len(self.store.backups())


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = Room(tmp_path / "store")
    yield made
    made.keeping.stop()
    made.store.close()


def test_an_empty_store_needs_none_and_the_first_case_brings_one_while_idle(room: Room) -> None:
    assert room.look() == 0
    room.store.cases.accept(accepted(1))
    assert room.look(idle=False) == 0
    assert room.look() == 1
    assert room.look() == 1


def test_another_one_is_due_after_so_many_acceptances(room: Room) -> None:
    room.store.cases.accept(accepted(1))
    assert room.look() == 1
    for number in (2, 3):
        room.store.cases.accept(accepted(number))
    assert room.look() == 1
    room.store.cases.accept(accepted(4))
    assert room.look() == 2


@pytest.mark.parametrize(
    ("later", "due"),
    [
        (timedelta(hours=23), False),
        (timedelta(hours=25), True),
        (timedelta(minutes=-5), False),
        (timedelta(days=-1), True),
        (timedelta(days=366), True),
    ],
)
def test_once_a_day_and_a_clock_that_jumped_back_puts_none_off(room: Room, later: timedelta, due: bool) -> None:
    room.store.cases.accept(accepted(1))
    room.look()

    room.now += later

    assert room.keeping.due() is due


def test_little_space_is_told_once_each_time_it_comes(tmp_path: Path) -> None:
    room = Room(tmp_path / "store", floor_mb=1 << 40)
    room.look()
    room.look()
    assert [code for code, _ in room.told] == ["store.low_space"]
    assert room.told[0][1]["mb"].isdecimal()
    room.keeping._floor_mb = 0
    room.look()
    assert not room.keeping.low
    room.keeping._floor_mb = 1 << 40
    room.look()
    assert len(room.told) == 2
    room.store.close()


def test_a_backup_that_finds_damage_tells_the_clerk_and_the_next_start_looks(room: Room, tmp_path: Path) -> None:
    for number in range(60):
        room.store.cases.accept(accepted(number))
    assert room.look() == 1
    room.store._db.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    path = tmp_path / "store" / "store.db"
    with path.open("r+b") as file:
        file.seek(path.stat().st_size - 5000)
        file.write(bytes(4096))
    room.store.backup_due = True

    assert room.look() == 1
    assert room.told == [("store.damaged", {})]
    assert (tmp_path / "store" / SUSPECT).exists()


def test_a_stopped_one_waits_for_its_backup(room: Room) -> None:
    room.store.cases.accept(accepted(1))
    room.keeping.look(idle=True)

    room.keeping.stop()

    assert len(room.store.backups()) == 1
