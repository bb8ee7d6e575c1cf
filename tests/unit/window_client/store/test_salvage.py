"""What a damaged database still tells, where backup and log lack something."""

import shutil
from pathlib import Path

import pytest

from tests.unit.window_client.store.samples import DAY, KEY, accepted, case_id, case_no, page
from window_client.domain.material import PageRef
from window_client.store.blocks import Block
from window_client.store.database import connect
from window_client.store.keys import derive
from window_client.store.restore import restore
from window_client.store.salvage import SKIPPED, _told_of, salvage
from window_client.store.store import Store

CASES = 60


@pytest.fixture
def day(folder: Path) -> Path:
    """Many cases, a backup after the first ten, the log cut off behind it; one page in the middle does not open."""
    store = Store.open(folder, KEY)
    store.blocks.add(Block("b1", DAY, 1, 500))
    store.blocks.take_provisional("12", DAY)
    for number in range(1, CASES + 1):
        with store.transaction("accept"):
            store.blocks.take(DAY)
            digest = store.pages.write(page(number))
            store.cases.accept(accepted(number, pages=(PageRef(digest, 2000),)))
        if number == 10:
            store.backup()
    store.close()
    shutil.rmtree(folder / "log")
    return folder


def damage(folder: Path, *, middle: bool) -> None:
    path = folder / "store.db"
    content = bytearray(path.read_bytes())
    pages = len(content) // 4096
    at = (pages // 2 if middle else pages - 1) * 4096
    content[at : at + 4096] = bytes(4096)
    path.write_bytes(content)
    (folder / "store.suspect").touch()


@pytest.mark.parametrize("middle", [True, False])
def test_what_neither_backup_nor_log_has_is_read_from_the_damaged_file(day: Path, middle: bool) -> None:
    damage(day, middle=middle)

    report = restore(day, KEY)

    assert not report.whole
    assert report.cases == 10 + report.cases_from_damaged
    assert report.cases_from_damaged > 20, "all but what lay on the damaged page"
    store = Store.open(day, KEY)
    assert store.check() == []
    last = store.cases.get(case_no(CASES)) or store.cases.get(case_no(11))
    assert last is not None
    assert store.cases.pages(last.case_id)
    assert {row.id for row in store.outbox.list(500)} >= {case_id(n) for n in (*range(1, 11), CASES)}
    kinds = [row.kind for row in store.outbox.list(500)]
    assert kinds.count("case") == report.cases, "all of them go out"
    assert kinds.count("page") > report.cases // 2, "with the pages whose rows can be read"
    assert store.blocks.left(DAY) == 0, "nobody knows which serials were used: none is given out again"
    assert store.blocks.take_provisional("12", DAY) > SKIPPED
    store.close()


def test_a_file_that_does_not_open_gives_nothing_and_stops_nothing(day: Path) -> None:
    (day / "store.db").write_bytes(b"noise" * 5000)

    report = restore(day, KEY)

    assert (report.cases, report.cases_from_damaged, report.whole) == (10, 0, False)
    store = Store.open(day, KEY)
    assert store.blocks.left(DAY) == 0
    store.close()


def test_a_case_that_is_there_is_not_taken_again(folder: Path, tmp_path: Path) -> None:
    store = Store.open(folder, KEY)
    store.cases.accept(accepted(1))
    store.close()
    shutil.copyfile(folder / "store.db", tmp_path / "old.db")
    store = Store.open(folder, KEY)
    store.cases.accept(accepted(2))
    store.outbox.delivered(case_id(1))
    store.close()
    db = connect(folder / "store.db", derive(KEY, "database"))
    try:
        assert salvage(tmp_path / "old.db", derive(KEY, "database"), db) == 0
        assert db.one("SELECT count(*) FROM outbox WHERE id = ?", (case_id(1),)) == 0
    finally:
        db.close()


def test_pages_whose_rows_cannot_be_read_are_known_from_the_message() -> None:
    body = b'{"rows":[{"pages":[{"digest":"ab","size":3}]},{"pages":[]}]}'

    assert _told_of(body) == (PageRef("ab", 3),)
    assert _told_of(b"no message") == ()
