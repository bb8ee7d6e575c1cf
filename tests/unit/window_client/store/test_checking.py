"""Looking through a store: each harm is named, nothing is changed, nothing is made."""

import shutil
from pathlib import Path

import pytest

from tests.unit.window_client.store.samples import KEY, accepted, page
from window_client.domain.material import PageRef
from window_client.store.checking import check, verify_journal
from window_client.store.database import connect
from window_client.store.errors import StoreError
from window_client.store.keys import derive
from window_client.store.store import Store


@pytest.fixture
def digests(folder: Path) -> list[str]:
    """A closed store with three cases, their pages, a page that nobody needs, and a backup."""
    store = Store.open(folder, KEY)
    found = []
    for number in (1, 2, 3):
        found.append(store.pages.write(page(number)))
        store.cases.accept(accepted(number, pages=(PageRef(found[-1], 2000),)))
    found.append(store.pages.write(page(4)))
    store.backup()
    store.close()
    return found


def contents(folder: Path) -> dict[str, bytes]:
    return {str(f): f.read_bytes() for f in folder.rglob("*") if f.is_file() and f.name != "store.lock"}


def alter(folder: Path, *statements: str) -> None:
    """As somebody would who has the key."""
    db = connect(folder / "store.db", derive(KEY, "database"))
    for statement in statements:
        db.execute(statement)
    db.close()


def test_a_sound_store_is_counted_and_not_touched(folder: Path, digests: list[str]) -> None:
    before = contents(folder)

    found = check(folder, KEY)

    assert found.problems == []
    assert (found.cases, found.pages, found.orphans, found.entries, found.backups) == (3, 4, 1, 4, 1)
    assert found.newest_backup
    assert contents(folder) == before


def test_an_empty_folder_is_no_store_and_stays_empty(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store"):
        check(tmp_path, KEY)
    with pytest.raises(StoreError, match="no store"):
        check(tmp_path / "nowhere", KEY)

    assert list(tmp_path.iterdir()) == []


def test_each_page_is_opened_and_a_page_under_another_name_is_found(folder: Path, digests: list[str]) -> None:
    first, second, third, fourth = (folder / "pages" / digest[:2] / digest for digest in digests)
    first.unlink()
    second.unlink()  # the backup's link keeps the content
    second.write_bytes(third.read_bytes())
    fourth.write_bytes(fourth.read_bytes()[:-1])

    wrong = {digests[0], digests[1], digests[3]}
    assert set(check(folder, KEY).problems) == {f"page: {digest} is missing or damaged" for digest in wrong}


def test_damage_to_database_backup_log_and_header_is_named(folder: Path, digests: list[str]) -> None:
    assert digests
    for name in ("store.db", "backups/000001.db", "log/000001.log"):
        content = bytearray((folder / name).read_bytes())
        content[300] ^= 1
        (folder / name).write_bytes(content)
    (folder / "store.json").unlink()

    problems = check(folder, KEY).problems

    assert problems == ["database: it does not open"]
    (folder / "store.db").write_bytes(b"")
    assert check(folder, KEY).problems[0] == "database: it is empty"


def test_a_damaged_backup_is_named_while_the_store_is_sound(folder: Path, digests: list[str]) -> None:
    assert digests
    content = bytearray((folder / "backups" / "000001.db").read_bytes())
    content[-50] ^= 1
    (folder / "backups" / "000001.db").write_bytes(content)

    (problem,) = check(folder, KEY).problems
    assert problem.startswith("backup 000001:")


def test_the_end_of_the_journal_cut_off_together_with_its_head_is_missed(folder: Path, digests: list[str]) -> None:
    assert digests
    alter(
        folder,
        "DELETE FROM journal WHERE seq = 4",
        "UPDATE journal_head SET seq = 3, hash = (SELECT hash FROM journal WHERE seq = 3)",
    )

    assert check(folder, KEY).problems == ["journal: entry 4: end missing: log or backup knows this entry"]


@pytest.mark.parametrize("lost", ["log", "backups", ""])
def test_a_cut_or_rewritten_journal_is_found_by_what_is_left_of_log_and_backups(
    folder: Path, digests: list[str], lost: str
) -> None:
    assert digests
    assert verify_journal(folder, KEY)[0].ok
    if lost:
        shutil.rmtree(folder / lost)
    alter(
        folder,
        "DELETE FROM journal WHERE seq = 4",
        "UPDATE journal_head SET seq = 3, hash = (SELECT hash FROM journal WHERE seq = 3)",
    )

    result, known = verify_journal(folder, KEY)

    assert (result.ok, result.broken_at) == (False, 4)
    assert known


@pytest.mark.parametrize(
    ("statement", "at", "reason"),
    [
        ("UPDATE journal SET detail = '{}' WHERE seq = 2", 2, "entry changed"),
        ("UPDATE journal SET at = '2020-01-01T00:00:00+00:00' WHERE seq = 3", 3, "entry changed"),
        ("DELETE FROM journal WHERE seq = 2", 2, "entry missing"),
        ("UPDATE journal SET seq = 100 + seq WHERE seq = 1", 1, "entry missing"),
        ("UPDATE journal SET prev = hash WHERE seq = 3", 3, "does not follow"),
    ],
)
def test_any_edit_of_the_journal_is_found_where_it_is(
    folder: Path, digests: list[str], statement: str, at: int, reason: str
) -> None:
    assert digests
    alter(folder, statement)

    result, _ = verify_journal(folder, KEY)

    assert (result.ok, result.broken_at, result.reason) == (False, at, reason)


def test_another_key_and_an_open_store_are_refused(folder: Path, digests: list[str]) -> None:
    assert digests
    with pytest.raises(StoreError, match="wrong_key"):
        check(folder, bytes(32))
    store = Store.open(folder, KEY)
    with pytest.raises(StoreError, match="occupied"):
        check(folder, KEY)
    store.close()
