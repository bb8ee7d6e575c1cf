"""Backups: whole, looked through, numbered, the last few kept, with the pages that the centre has not."""

import contextlib
import os
import shutil
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.unit.window_client.store.samples import KEY, accepted, case_id, draft, page
from window_client.domain.material import PageRef
from window_client.store.backups import Backups
from window_client.store.cases import page_message
from window_client.store.errors import StoreError
from window_client.store.keys import derive
from window_client.store.store import Store


def accept(store: Store, number: int) -> str:
    digest = store.pages.write(page(number))
    store.cases.accept(accepted(number, pages=(PageRef(digest, 2000),)))
    return digest


def test_the_last_few_are_kept_with_rising_numbers_and_the_log_since_the_oldest(folder: Path) -> None:
    store = Store.open(folder, KEY, keep=2)
    numbers = []
    for number in range(1, 5):
        accept(store, number)
        assert store.cases_since_backup == 1
        numbers.append(store.backup().number)
    store.close()

    assert [backup.number for backup in store.backups()] == numbers[-2:]
    assert sorted(int(path.stem) for path in (folder / "log").glob("*.log")) == numbers[-2:]
    assert {path.name for path in (folder / "backups").iterdir()} == {
        "pages",
        *(f"{number:06}.db" for number in numbers[-2:]),
    }


def test_a_backup_older_than_a_week_goes_with_its_log_when_there_is_a_newer_one(folder: Path) -> None:
    store = Store.open(folder, KEY)
    accept(store, 1)
    old = store.backup()
    week = time.time() - 8 * 86_400
    os.utime(folder / "backups" / old.file, (week, week))
    middle, newest = store.backup(), store.backup()
    store.close()

    assert [backup.number for backup in store.backups()] == [middle.number, newest.number]
    assert sorted(int(path.stem) for path in (folder / "log").glob("*.log")) == [middle.number, newest.number]


def test_a_log_that_could_not_be_used_at_the_start_is_used_from_the_next_backup_on(folder: Path) -> None:
    Store.open(folder, KEY).close()
    shutil.rmtree(folder / "log")
    (folder / "log").write_text("in the way")
    with contextlib.closing(Store.open(folder, KEY)) as store:
        (folder / "log").unlink()
        assert store.backup_due
        store.backup()
        accept(store, 1)
        assert store.cases_since_backup == 1


def test_a_backup_is_encrypted_whole_and_opens_with_the_stores_key_only(store: Store, folder: Path) -> None:
    accept(store, 1)
    made = store.backup()

    content = (folder / "backups" / made.file).read_bytes()
    assert not content.startswith(b"SQLite format 3")
    assert "个体工商户".encode() not in content
    assert Backups(folder / "backups", derive(KEY, "database")).good() == [made.number]
    assert Backups(folder / "backups", bytes(32)).good() == []


def test_pages_are_linked_while_the_centre_has_them_not_and_go_later(store: Store, folder: Path) -> None:
    first, second = accept(store, 1), accept(store, 2)
    kept = folder / "backups" / "pages"
    store.backup()
    assert {path.name for path in kept.iterdir()} == {first, second}
    assert (kept / first).stat().st_ino == (folder / "pages" / first[:2] / first).stat().st_ino

    store.outbox.delivered(page_message(case_id(1), first))
    for _ in range(4):
        store.backup()

    assert {path.name for path in kept.iterdir()} == {second}


def test_pages_of_an_open_visit_are_kept_too(store: Store, folder: Path) -> None:
    digest = store.pages.write(page(7))
    store.drafts.save(draft(7, pages=(PageRef(digest, 2000),)))

    store.backup()

    assert (folder / "backups" / "pages" / digest).exists()


def test_backups_may_lie_in_another_folder(folder: Path, tmp_path: Path) -> None:
    store = Store.open(folder, KEY, backups=tmp_path / "elsewhere")
    accept(store, 1)
    store.backup()
    store.close()

    assert not (folder / "backups").exists()
    assert len(list((tmp_path / "elsewhere").glob("*.db"))) == 1


def test_the_desk_goes_on_while_a_backup_is_made(store: Store) -> None:
    made: list[object] = []
    threads = [threading.Thread(target=lambda: made.append(_tried(store))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for number in range(30):
        accept(store, number)
    for thread in threads:
        thread.join()

    assert {one for one in made if isinstance(one, str)} <= {"occupied"}
    assert any(not isinstance(one, str) for one in made)
    assert len(store.cases.recent(100)) == 30
    assert store.check() == []


def _tried(store: Store) -> object:
    try:
        return store.backup()
    except StoreError as error:
        return error.code


@pytest.mark.skipif(os.name != "posix", reason="Windows knows no limit on file sizes")
def test_a_disk_that_is_full_leaves_the_earlier_backups_and_no_rest(folder: Path, run_python: object) -> None:
    store = Store.open(folder, KEY)
    for number in range(40):
        accept(store, number)
    first = store.backup()
    store.close()
    code = (
        "import resource, signal, sys\nfrom pathlib import Path\n"
        "from tests.unit.window_client.store.samples import KEY\n"
        "from window_client.store.errors import StoreError\nfrom window_client.store.store import Store\n"
        "store = Store.open(Path(sys.argv[1]), KEY)\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (90_000, 90_000))\n"
        "try:\n    store.backup()\nexcept StoreError as error:\n    print(error.code)\nstore.close()\n"
    )
    done = run_python(code, folder)  # type: ignore[operator]

    assert done.stdout == "disk_full\n", done.stderr
    assert [path.name for path in (folder / "backups").glob("*db*")] == [first.file]


def test_a_damaged_database_makes_no_backup_and_is_looked_through_at_the_next_start(folder: Path) -> None:
    store = Store.open(folder, KEY)
    for number in range(60):
        accept(store, number)
    store.backup()
    store.close()
    content = bytearray((folder / "store.db").read_bytes())
    content[len(content) // 2] ^= 0xFF
    (folder / "store.db").write_bytes(content)

    store = Store.open(folder, KEY)
    with pytest.raises(StoreError, match="damaged"):
        store.backup()
    assert len(store.backups()) == 1
    store.close()

    with pytest.raises(StoreError, match="damaged"):
        Store.open(folder, KEY)


def test_a_backup_knows_when_it_was_made(store: Store) -> None:
    before = datetime.now(UTC).replace(microsecond=0)

    made = store.backup("clerk-1")

    assert before <= datetime.fromisoformat(made.made_at) <= datetime.now(UTC)
    newest = store.journal.entries(1)[0]
    assert (newest.actor, newest.action, newest.subject) == ("clerk-1", "store.backup", str(made.number))
