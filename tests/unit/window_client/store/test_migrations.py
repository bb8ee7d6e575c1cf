from pathlib import Path

from tests.unit.window_client.store.samples import KEY
from window_client.store.database import open_database
from window_client.store.migrations import MIGRATIONS


def test_a_new_database_has_taken_every_step(tmp_path: Path) -> None:
    db = open_database(tmp_path / "store.db", KEY)

    assert db.one("PRAGMA user_version") == len(MIGRATIONS)
    tables = {row[0] for row in db.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    db.close()
    assert tables >= {
        "drafts", "cases", "case_pages", "outbox", "prints", "journal", "journal_head", "blocks", "provisional",
        "cache",
    }  # fmt: skip


def test_steps_taken_before_are_not_taken_again(tmp_path: Path) -> None:
    db = open_database(tmp_path / "store.db", KEY)
    db.execute("INSERT INTO drafts VALUES ('v', x'00', '')")
    db.close()

    again = open_database(tmp_path / "store.db", KEY)
    rows = again.rows("SELECT visit_id FROM drafts")
    again.close()

    assert rows == [("v",)]


def test_a_step_interrupted_before_its_commit_is_taken_at_the_next_start(tmp_path: Path) -> None:
    db = open_database(tmp_path / "store.db", KEY)
    for (name,) in db.rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"):
        db.execute(f"DROP TABLE {name}")
    db.execute("PRAGMA user_version = 0")
    db.close()

    again = open_database(tmp_path / "store.db", KEY)
    version = again.one("PRAGMA user_version")
    head = again.rows("SELECT * FROM journal_head")
    again.close()

    assert version == len(MIGRATIONS)
    assert head == [(1, 0, "0" * 64)]
