import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from window_client.central.service.database import Database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    found = Database(tmp_path / "central.db")
    yield found
    found.close()


def count_up(db: sqlite3.Connection) -> int:
    row = db.execute(
        "INSERT INTO counters VALUES ('h', 'c', 1) ON CONFLICT DO UPDATE SET last = last + 1 RETURNING last"
    ).fetchone()
    return int(row[0])


def test_what_was_answered_is_on_disk(database: Database) -> None:
    assert database.write(count_up).result(5) == 1

    reader = database.reader()
    assert reader.execute("SELECT last FROM counters").fetchone()[0] == 1
    reader.close()


def test_a_hundred_at_once_are_taken_one_after_another(database: Database) -> None:
    futures = [database.write(count_up) for _ in range(100)]

    assert [future.result(10) for future in futures] == list(range(1, 101))


def test_a_job_that_fails_undoes_itself_alone(database: Database) -> None:
    def fails(db: sqlite3.Connection) -> int:
        count_up(db)
        raise ValueError("no")

    futures = [database.write(job) for job in (count_up, fails, count_up)]

    assert futures[0].result(5) == 1
    with pytest.raises(ValueError, match="no"):
        futures[1].result(5)
    assert futures[2].result(5) == 2


def test_listeners_are_told_after_the_commit(tmp_path: Path) -> None:
    told: list[int] = []
    database = Database(tmp_path / "central.db", on_commit=lambda: told.append(1))
    database.write(count_up).result(5)
    database.close()

    assert told


def test_a_reader_cannot_write(database: Database) -> None:
    reader = database.reader()
    with pytest.raises(sqlite3.OperationalError):
        count_up(reader)
    reader.close()


def test_a_database_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "central.db"
    Database(path).close()
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 99")
    db.close()

    with pytest.raises(RuntimeError, match="version 99"):
        Database(path)


def test_it_opens_again_with_everything(tmp_path: Path) -> None:
    first = Database(tmp_path / "central.db")
    first.write(count_up).result(5)
    first.close()
    second = Database(tmp_path / "central.db")

    assert second.write(count_up).result(5) == 2
    second.close()
