"""A damaged store comes back: the last good backup and the log, and what cannot come back is said."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from tests.unit.window_client.store.samples import ACCEPTED_AT, DAY, KEY, accepted, case_id, case_no, draft, page
from window_client.domain.material import PageRef
from window_client.domain.visit import Step
from window_client.store.blocks import Block
from window_client.store.cases import page_message, receipt_job
from window_client.store.checking import check, verify_journal
from window_client.store.errors import StoreError
from window_client.store.outbox import Message
from window_client.store.prints import PrintState
from window_client.store.restore import Report, restore
from window_client.store.store import Store

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def accept(store: Store, number: int, *, pages: tuple[PageRef, ...] = ()) -> None:
    with store.transaction("accept"):
        assert store.blocks.take(DAY) == number
        store.cases.accept(accepted(number, pages=pages))


def day(folder: Path, *, backup_after: int | None = 2) -> Store:
    """Four acceptances with leased numbers, an open visit, a delivered case, a copy; a backup in the middle."""
    store = Store.open(folder, KEY)
    store.blocks.add(Block("b1", DAY, 1, 50))
    for number in (1, 2, 3, 4):
        digest = store.pages.write(page(number))
        accept(store, number, pages=(PageRef(digest, 2000),))
        if number == backup_after:
            store.backup()
    store.drafts.save(draft(9))
    store.outbox.delivered(case_id(3))
    store.cases.mark_delivered(case_id(3), "N43", "ACCEPTED", ACCEPTED_AT)
    job = store.prints.get(receipt_job(case_id(4)))
    assert job is not None
    store.prints.finish(store.prints.begin(job), PrintState.CONFIRMED)
    store.prints.new_copy(case_no(4))
    store.outbox.put(Message("visit-1", "visit", b"{}"), now=datetime.now(UTC))
    store.journal.add("clerk-1", "id.revealed", "visit-9")
    store.close()
    return store


def damage(folder: Path, *, at: int = 100) -> None:
    """Turn a part of the database into noise."""
    content = bytearray((folder / "store.db").read_bytes())
    content[at : at + 4000] = bytes(byte ^ 0xA5 for byte in content[at : at + 4000])
    (folder / "store.db").write_bytes(content)


def facts(folder: Path) -> dict[str, object]:
    """Everything of a store that must be the same after it was brought back."""
    store = Store.open(folder, KEY)
    try:
        assert store.check() == []
        entries = [entry for entry in store.journal.entries(100) if not entry.action.startswith("store.")]
        return {
            "cases": [(row.case_no, row.national_no, row.state, row.unsent) for row in store.cases.recent()],
            "bodies": [store.cases.body(row.case_id) for row in store.cases.recent()],
            "pages": [store.cases.pages(row.case_id) for row in store.cases.recent()],
            "drafts": store.drafts.open_drafts(),
            "outbox": sorted(row.id for row in store.outbox.list()),
            "prints": [
                (job.id, job.state, job.document) for n in (1, 2, 3, 4) for job in store.prints.of_case(case_no(n))
            ],
            "journal": [(entry.action, entry.subject, entry.actor) for entry in entries],
            "left": store.blocks.left(DAY),
        }
    finally:
        store.close()


@pytest.mark.parametrize("backup_after", [None, 2, 4])
def test_everything_comes_back_from_backup_and_log_or_the_log_alone(folder: Path, backup_after: int | None) -> None:
    day(folder, backup_after=backup_after)
    before = facts(folder)
    damage(folder)
    with pytest.raises(StoreError, match="damaged"):
        Store.open(folder, KEY)

    report = restore(folder, KEY)

    after = facts(folder)
    since = 4 if backup_after is None else 4 - backup_after
    assert (report.cases, report.cases_from_log, report.drafts, report.whole) == (4, since, 1, True), report.problems
    assert (report.pages_missing, report.problems) == (0, ())
    salvaged = {receipt_job(case_id(n)) for n in range(1 if backup_after is None else backup_after + 1, 4)}
    unknown = [(i, PrintState.UNKNOWN if i in salvaged else state, text) for i, state, text in before["prints"]]  # type: ignore[attr-defined]
    assert after == {**before, "prints": unknown}, "a receipt of which the log says nothing is asked of the clerk"
    assert (folder / report.kept / "store.db").exists(), "the damaged file is kept"


def test_it_goes_on_after_it_was_restored_and_can_be_restored_again(folder: Path) -> None:
    day(folder)
    damage(folder)
    restore(folder, KEY)
    store = Store.open(folder, KEY)
    accept(store, 5)
    assert store.journal.verify().ok
    store.close()
    damage(folder)

    report = restore(folder, KEY)

    assert (report.cases, report.cases_from_log, report.whole) == (5, 3, True), report.problems
    store = Store.open(folder, KEY)
    assert store.cases.recent(1)[0].case_no == case_no(5)
    actions = [entry.action for entry in store.journal.entries(50)]
    assert actions.count("store.restored") == 2
    assert store.check() == []
    store.close()
    assert check(folder, KEY).problems == []


def test_a_lost_database_file_and_a_damaged_header_are_damage_as_well(folder: Path) -> None:
    day(folder)
    before = facts(folder)
    (folder / "store.db").unlink()
    assert restore(folder, KEY).cases == 4
    (folder / "store.json").write_text("{")
    with pytest.raises(StoreError, match="damaged"):
        Store.open(folder, KEY)

    report = restore(folder, KEY)

    assert (report.kept, report.cases) == ("", 4), "the database was sound: only its header was made anew"
    assert facts(folder)["cases"] == before["cases"]


def test_an_older_backup_is_taken_when_the_newest_cannot_be_read(folder: Path) -> None:
    day(folder, backup_after=2)
    store = Store.open(folder, KEY)
    made = store.backup()
    accept(store, 5)
    store.close()
    damage(folder)
    path = folder / "backups" / made.file
    path.write_bytes(path.read_bytes()[:5000])

    report = restore(folder, KEY)

    assert (report.backup, report.cases, report.cases_from_log, report.whole) == (made.number - 1, 5, 3, True)
    assert len(report.problems) == 1
    assert made.file.removesuffix(".db") in report.problems[0]


def test_a_hole_in_the_log_is_said_and_what_comes_after_it_is_still_there(folder: Path) -> None:
    day(folder)
    log = max((folder / "log").glob("*.log"))
    content = bytearray(log.read_bytes())
    content[len(bytes(content).rstrip(b"\0")) // 2] ^= 0xFF
    log.write_bytes(content)
    damage(folder)

    report = restore(folder, KEY)

    assert not report.whole
    assert report.problems
    assert report.cases >= 2
    store = Store.open(folder, KEY)
    assert store.journal.verify().ok
    assert store.backup_due
    store.close()
    assert check(folder, KEY).problems == [], "the log that contradicts is put aside with the damaged files"


def test_pages_that_are_lacking_come_from_the_backup(folder: Path) -> None:
    day(folder, backup_after=4)
    store = Store.open(folder, KEY)
    first, second = (store.cases.pages(case_id(n))[0].digest for n in (1, 2))
    store.close()
    (folder / "pages" / first[:2] / first).unlink()
    path = folder / "pages" / second[:2] / second
    path.unlink()
    path.write_bytes(b"noise")
    damage(folder)

    report = restore(folder, KEY)

    assert (report.pages_from_backup, report.pages_missing) == (2, 0)
    assert facts(folder)["outbox"]


def test_without_backup_and_log_nothing_is_made_up(folder: Path) -> None:
    day(folder, backup_after=None)
    shutil.rmtree(folder / "log")
    damage(folder)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != "store.lock"}

    with pytest.raises(StoreError, match="neither"):
        restore(folder, KEY)

    assert all(path.read_bytes() == content for path, content in before.items())


def test_another_key_and_an_open_store_are_refused(folder: Path) -> None:
    store = Store.open(folder, KEY)
    with pytest.raises(StoreError, match="occupied"):
        restore(folder, KEY)
    store.close()
    with pytest.raises(StoreError, match="wrong_key"):
        restore(folder, bytes(32))
    assert restore(folder, KEY).kept == "", "a sound store stays as it is"


def test_what_was_delivered_and_purged_since_the_backup_does_not_come_back(folder: Path) -> None:
    day(folder)
    store = Store.open(folder, KEY)
    digest = store.cases.pages(case_id(3))[0].digest
    store.outbox.delivered(page_message(case_id(3), digest))
    job = store.prints.get(receipt_job(case_id(3)))
    assert job is not None
    store.prints.finish(store.prints.begin(job), PrintState.CONFIRMED)
    assert store.purge(delivered_before=datetime.now(UTC) + timedelta(days=30)).cases == 1
    store.close()
    damage(folder)

    restore(folder, KEY)

    store = Store.open(folder, KEY)
    assert [row.case_no for row in store.cases.recent()] == [case_no(4), case_no(2), case_no(1)]
    assert all(row.case_no != case_no(3) for row in store.outbox.list())
    store.close()


KILLED = """
import sys
from pathlib import Path
from tests.unit.window_client.store.samples import DAY, KEY, accepted, draft
from window_client.domain.visit import Step
from window_client.store.blocks import Block
from window_client.store.store import Store
store = Store.open(Path(sys.argv[1]), KEY)
store.blocks.add(Block("b1", DAY, 1, 50))
store.drafts.save(draft(1, step=Step.CONFIRM))
with store.transaction("accept"):
    store.blocks.take(DAY)
    store.cases.accept(accepted(1))
"""

BACKED_UP = (
    KILLED
    + """
store.backup()
with store.transaction("accept"):
    store.blocks.take(DAY)
    store.cases.accept(accepted(2))
store.journal.add("clerk-1", "signed_out")
store.backup()
"""
)


@pytest.mark.kill
@pytest.mark.parametrize("at", ["backup.segment_begun:2", "backup.copied:2", "backup.in_place:2"])
def test_a_kill_in_the_middle_of_a_backup_costs_neither_the_store_nor_its_restoration(
    folder: Path, run_python: Run, at: str
) -> None:
    done = run_python(BACKED_UP, folder, WINDOW_CLIENT_CRASH_AT=at)
    assert done.returncode == -9, done.stderr
    store = Store.open(folder, KEY)
    accept(store, 3)
    store.close()
    assert check(folder, KEY).problems == []
    damage(folder)

    report = restore(folder, KEY)

    assert (report.cases, report.whole) == (3, True), report.problems
    store = Store.open(folder, KEY)
    store.backup()
    assert store.check() == []
    store.close()
    assert not list((folder / "backups").glob(".*")), "what the kill left unfinished is swept"


DRAFT_LEFT = """
import sys
from pathlib import Path
from tests.unit.window_client.store.samples import KEY, draft
from window_client.store.store import Store
store = Store.open(Path(sys.argv[1]), KEY)
store.drafts.save(draft(1))
store._log._beside.close()
store.drafts.close("visit-1")
"""


@pytest.mark.kill
@pytest.mark.parametrize("damaged", [False, True])
@pytest.mark.parametrize("at", ["accept.log_ahead", "accept.after_commit", "accept.after_log"])
def test_a_kill_around_the_commit_leaves_case_or_draft_and_the_next_start_agrees(
    folder: Path, run_python: Run, at: str, damaged: bool
) -> None:
    done = run_python(KILLED, folder, WINDOW_CLIENT_CRASH_AT=at)
    assert done.returncode == -9, done.stderr
    if damaged:
        for suffix in ("-wal", "-shm"):
            (folder / f"store.db{suffix}").unlink(missing_ok=True)
        damage(folder)
        report = restore(folder, KEY)
        assert report.whole
        assert report.cases == 1, "the log had it: nothing that the clerk submitted is lost"

    store = Store.open(folder, KEY)
    cases, drafts = store.cases.recent(), store.drafts.open_drafts()
    assert store.check() == []
    store.close()
    assert len(cases) + len(drafts) == 1
    assert len(cases) == (0 if at == "accept.log_ahead" and not damaged else 1)
    if drafts:
        assert drafts[0].step is Step.CONFIRM
    damage(folder)
    assert restore(folder, KEY).cases == len(cases), "a case that the kill took back stays away"


@pytest.mark.kill
def test_the_journal_comes_back_whole_when_a_kill_left_an_entry_in_the_log_that_never_was(
    folder: Path, run_python: Run
) -> None:
    assert run_python(KILLED, folder, WINDOW_CLIENT_CRASH_AT="accept.log_ahead").returncode == -9
    Store.open(folder, KEY).close()
    assert check(folder, KEY).problems == []
    assert verify_journal(folder, KEY)[0].ok, "what never was is no end cut off"
    store = Store.open(folder, KEY)
    store.journal.add("clerk-1", "signed_in")  # takes the number of the entry that the kill took back
    accept(store, 1)
    store.journal.add("clerk-1", "signed_out")
    told = [(entry.seq, entry.action, entry.hash) for entry in store.journal.since(0)]
    store.close()
    damage(folder)

    report = restore(folder, KEY)

    assert report.whole, report.problems
    store = Store.open(folder, KEY)
    here = [(entry.seq, entry.action, entry.hash) for entry in store.journal.since(0)]
    assert here[: len(told)] == told
    assert store.check() == []
    store.close()


@pytest.mark.kill
def test_the_copy_of_a_draft_goes_at_the_next_start_when_a_kill_kept_it_and_its_visit_is_over(
    folder: Path, run_python: Run
) -> None:
    done = run_python(DRAFT_LEFT, folder, WINDOW_CLIENT_CRASH_AT="draft_close.after_commit")
    assert done.returncode == -9, done.stderr
    assert list((folder / "log" / "drafts").iterdir())

    Store.open(folder, KEY).close()

    assert not list((folder / "log" / "drafts").iterdir()), "a person's draft stays no longer than the visit"
    damage(folder)
    assert restore(folder, KEY).drafts == 0, "a visit that was ended does not come back"


@pytest.mark.kill
@pytest.mark.parametrize("hole", [False, True])
@pytest.mark.parametrize("backup_after", [None, 2])
def test_a_kill_between_putting_aside_and_putting_in_place_is_restored_again(
    folder: Path, hole: bool, backup_after: int | None
) -> None:
    day(folder, backup_after=backup_after)
    damage(folder)
    if hole:
        newest = max((folder / "log").glob("*.log"))
        content = bytearray(newest.read_bytes())
        content[500] ^= 1  # in the first record: what comes after it still opens
        newest.write_bytes(content)
    shutil.copytree(folder, folder.parent / "undisturbed")
    expected = restore(folder.parent / "undisturbed", KEY)
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom tests.unit.window_client.store.samples import KEY\n"
        "from window_client.store import restore\n"
        "restore.sync_folder = lambda _: os.kill(os.getpid(), 9)\n"
        "restore.restore(Path(sys.argv[1]), KEY)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(folder)], cwd=Path(__file__).parents[4], check=False)
    assert done.returncode == -9
    assert not (folder / "store.db").exists()

    report = restore(folder, KEY)

    assert isinstance(report, Report)
    assert msgspec.structs.replace(report, kept="") == msgspec.structs.replace(expected, kept="")
    assert report.whole is not hole
    assert report.cases == (3 if hole else 4)
    assert not (folder / "restore.begun").exists()
    Store.open(folder, KEY).close()
