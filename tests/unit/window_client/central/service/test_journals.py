"""A journal that was cut or written anew at the window does not go unseen at the centre."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from tests.central_process import CentralProcess
from window_client.central.client import CentralClient
from window_client.central.service import journals

TODAY = date.today().isoformat()  # noqa: DTZ011 - the service's own day


class Window:
    """A signed-in window that says what it likes of its journal."""

    def __init__(self, central: CentralProcess, database: Path) -> None:
        self.head = ""
        token = central.token("1203", 12)
        self._client = CentralClient(central.url, token=lambda: token, journal=lambda: self.head)
        self._database = database

    def says(self, seq: int, letter: str) -> None:
        """Write something with this head; the hash is 64 times the letter."""
        self.head = f"{seq}:{letter * 64}" if seq else ""
        self._client.lease_numbers(12, TODAY, 1)

    def later(self) -> None:
        """Let everything that was said be older than a minute."""
        with closing(sqlite3.connect(self._database)) as db:
            db.execute("UPDATE journal_heads SET at = at - 1000")
            db.commit()

    def breaks(self) -> list[tuple[int, int, str]]:
        """What the service has noted."""
        with closing(sqlite3.connect(self._database)) as db:
            db.row_factory = sqlite3.Row
            return journals.breaks(db)

    def close(self) -> None:
        self._client.close()


@pytest.fixture
def window(tmp_path: Path) -> Iterator[Window]:
    with CentralProcess(tmp_path / "central.db") as central:
        made = Window(central, tmp_path / "central.db")
        yield made
        made.close()


def test_a_growing_journal_breaks_nothing_and_an_older_head_may_come_a_little_later(window: Window) -> None:
    for seq, letter in ((1, "a"), (5, "b"), (4, "c"), (5, "b"), (9, "d")):
        window.says(seq, letter)
    window.says(0, "")

    assert window.breaks() == []


def test_an_entry_that_comes_back_with_another_hash_was_written_anew(window: Window) -> None:
    window.says(7, "a")
    window.says(7, "b")
    window.says(7, "b")

    assert window.breaks() == [(12, 7, "written anew")]


def test_a_journal_that_stays_behind_was_cut_off_and_is_told_once(window: Window) -> None:
    window.says(7, "a")
    window.later()
    window.says(3, "b")
    window.says(4, "c")

    assert window.breaks() == [(12, 3, "cut off")]


def test_what_is_no_head_is_left_alone(window: Window) -> None:
    window.says(1, "z")
    window.head = "1:" + "a" * 63
    window._client.lease_numbers(12, TODAY, 1)

    assert window.breaks() == []
