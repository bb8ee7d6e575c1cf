import json
import os
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from tests.unit.window_client.store.samples import KEY
from window_client.store.database import HEADER, Database, has_data, open_database, transaction
from window_client.store.errors import StoreError

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database with a few hundred drafts in it, closed."""
    db = open_database(tmp_path / "store.db", KEY)
    with transaction(db):
        for number in range(300):
            db.execute("INSERT INTO drafts VALUES (?, ?, '')", (f"v{number}", b"x" * 500))
    db.close()
    return tmp_path / "store.db"


def contents(folder: Path) -> dict[str, bytes]:
    return {f.name: f.read_bytes() for f in folder.iterdir()}


def refused(path: Path, key: bytes = KEY) -> str:
    """The code with which the database is refused, after looking that nothing was touched."""
    before = contents(path.parent)
    with pytest.raises(StoreError) as caught:
        open_database(path, key)
    assert contents(path.parent) == before
    return caught.value.code


def header(path: Path, **changes: object) -> None:
    file = path.parent / HEADER
    file.write_text(json.dumps(json.loads(file.read_text()) | changes))


def test_database_survives_a_power_cut_by_its_settings(path: Path) -> None:
    db = open_database(path, KEY)

    asked = [db.one(f"PRAGMA {name}") for name in ("journal_mode", "synchronous", "foreign_keys", "temp_store")]
    db.close()

    assert asked == ["wal", 2, 1, 2]


def test_nothing_can_be_read_without_the_key(path: Path) -> None:
    content = path.read_bytes()

    assert not content.startswith(b"SQLite format 3")
    assert b"drafts" not in content
    assert b"xxxxxxxx" not in content
    assert KEY.hex() not in (path.parent / HEADER).read_text()


def test_wrong_key_is_called_so(path: Path) -> None:
    assert refused(path, bytes(32)) == "wrong_key"


@pytest.mark.parametrize("place", [0, 20, 2000])
def test_damage_to_the_first_page_is_not_taken_for_a_wrong_key(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 0xFF
    path.write_bytes(content)

    assert refused(path) == "damaged"


def test_damage_further_in_is_found_when_it_is_read(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for place in range(len(content) // 8192 * 4096, len(content), 4096):
        content[place] ^= 0xFF
    path.write_bytes(content)
    db = open_database(path, KEY)

    with pytest.raises(StoreError, match="damaged"):
        db.rows("SELECT * FROM drafts")
    db.close()


def test_database_that_is_gone_is_damage_and_not_a_fresh_start(path: Path) -> None:
    path.unlink()

    assert refused(path) == "damaged"


def test_database_without_its_header_is_damaged(path: Path) -> None:
    (path.parent / HEADER).unlink()

    assert refused(path) == "damaged"


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"format": "x", "key_check": "y"}'])
def test_header_that_says_nothing_is_damage(path: Path, text: str) -> None:
    (path.parent / HEADER).write_text(text)

    assert refused(path) == "damaged"


@pytest.mark.parametrize("changes", [{"format": 2}, {"tables": 99}])
def test_newer_store_is_refused_and_not_touched(path: Path, changes: dict[str, object]) -> None:
    header(path, **changes)

    assert refused(path) == "newer_version"


def test_newer_tables_are_refused_even_if_the_header_does_not_tell(path: Path) -> None:
    db = open_database(path, KEY)
    db.execute("PRAGMA user_version = 99")
    db.close()

    assert refused(path) == "newer_version"


def test_first_opening_that_was_cut_off_is_completed(path: Path) -> None:
    header(path, ready=False, tables=0)
    path.unlink()

    open_database(path, KEY).close()

    assert json.loads((path.parent / HEADER).read_text())["ready"] is True


def test_older_header_is_brought_up_to_date(path: Path) -> None:
    before = contents(path.parent)[HEADER]
    header(path, tables=0)

    open_database(path, KEY).close()

    assert contents(path.parent)[HEADER] == before


def test_folder_has_data_once_it_was_opened(tmp_path: Path) -> None:
    assert not has_data(tmp_path)
    open_database(tmp_path / "store.db", KEY).close()
    assert has_data(tmp_path)
    (tmp_path / HEADER).unlink()
    assert has_data(tmp_path)


def test_path_that_cannot_be_opened_is_refused(path: Path) -> None:
    path.unlink()
    path.mkdir()

    with pytest.raises(StoreError, match="read_only"):
        open_database(path, KEY)


@pytest.fixture
def db(path: Path) -> Database:
    return open_database(path, KEY)


def test_transaction_is_all_or_nothing(db: Database) -> None:
    with pytest.raises(ZeroDivisionError), transaction(db):  # noqa: PT012  the rollback is the test
        db.execute("DELETE FROM drafts")
        raise ZeroDivisionError

    assert db.one("SELECT count(*) FROM drafts") == 300
    db.close()


def test_inner_transaction_joins_the_outer(db: Database) -> None:
    with pytest.raises(ZeroDivisionError), transaction(db):  # noqa: PT012  the rollback is the test
        with transaction(db):
            db.execute("DELETE FROM drafts")
        assert db.in_transaction
        raise ZeroDivisionError

    assert not db.in_transaction
    assert db.one("SELECT count(*) FROM drafts") == 300
    db.close()


def test_error_of_ours_in_a_statement_is_no_store_error(db: Database) -> None:
    with pytest.raises(dbapi2.Error):
        db.execute("SELECT * FROM nowhere")
    assert db.row("SELECT 1 WHERE 0") is None
    db.close()


def test_two_connections_wait_for_each_other_instead_of_failing(path: Path) -> None:
    first = open_database(path, KEY, gate=(gate := threading.RLock()))
    holds, go = threading.Event(), threading.Event()
    trouble: list[BaseException] = []

    def courier() -> None:
        try:
            second = open_database(path, KEY, gate=gate)
            with transaction(second):
                second.execute("DELETE FROM drafts WHERE visit_id = 'v1'")
                holds.set()
                go.wait(20)
            second.close()
        except BaseException as error:
            trouble.append(error)
            raise

    thread = threading.Thread(target=courier)
    thread.start()
    assert holds.wait(20)
    threading.Timer(0.3, go.set).start()  # far longer than the busy timeout of 50 ms

    with transaction(first):
        first.execute("DELETE FROM drafts WHERE visit_id = 'v2'")

    thread.join()
    assert trouble == []
    assert first.one("SELECT count(*) FROM drafts") == 298
    first.close()


def test_foreign_process_that_holds_the_file_makes_it_occupied(path: Path, db: Database) -> None:
    foreign = dbapi2.connect(str(path), isolation_level=None)
    foreign.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
    foreign.execute("BEGIN IMMEDIATE")

    with pytest.raises(StoreError, match="occupied"), transaction(db):
        pass

    foreign.close()
    db.close()


def test_independent_reader_opens_the_file_with_the_raw_key(path: Path) -> None:
    """SQLCipher's own defaults, no setting of ours: what any SQLCipher 4 reader would do."""
    reader = dbapi2.connect(str(path))
    reader.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
    count = reader.execute("SELECT count(*) FROM drafts").fetchone()
    reader.close()

    assert count == (300,)


READ_ONLY = """
import os, sys
from pathlib import Path
from window_client.store.database import open_database, transaction
from window_client.store.errors import StoreError
if os.getuid() == 0:
    os.setuid(65534)
try:
    db = open_database(Path(sys.argv[1]), bytes(range(32)))
    with transaction(db):
        db.execute("DELETE FROM drafts")
except StoreError as error:
    print(error.code)
"""


@pytest.mark.skipif(os.name != "posix", reason="rights are another matter on Windows")
def test_folder_that_may_not_be_written_is_read_only(run_python: Run, path: Path) -> None:
    open_up = [path.parent, *path.parent.parents]
    rights = {folder: folder.stat().st_mode for folder in open_up if folder.owner() == path.owner()}
    try:
        for folder in rights:
            if "pytest" in str(folder):
                folder.chmod(0o555)
        for file in path.parent.iterdir():
            file.chmod(0o444)
        done = run_python(READ_ONLY, path)
    finally:
        for folder, mode in rights.items():
            if "pytest" in str(folder):
                folder.chmod(mode)

    assert (done.stdout, done.stderr) == ("read_only\n", "")
