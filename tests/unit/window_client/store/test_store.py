import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.unit.window_client.store.samples import ACCEPTED_AT, KEY, accepted, case_id, case_no, draft, page
from window_client.domain.material import PageRef
from window_client.store.database import SUSPECT
from window_client.store.errors import StoreError
from window_client.store.store import Store

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def test_everything_is_there_after_a_restart(folder: Path) -> None:
    store = Store.open(folder, KEY)
    digest = store.pages.write(page(1))
    store.drafts.save(draft(2))
    store.cases.accept(accepted(1, pages=(PageRef(digest, 2000),)))
    store.close()
    store.close()

    again = Store.open(folder, KEY)
    try:
        assert [c.case_no for c in again.cases.recent()] == [case_no(1)]
        assert again.drafts.open_drafts() == [draft(2)]
        assert again.pages.read(digest) == page(1)
        assert again.check() == []
    finally:
        again.close()


def test_closed_store_leaves_no_log_beside_the_database(folder: Path) -> None:
    store = Store.open(folder, KEY)
    store.drafts.save(draft(1))
    store.close()

    assert {f.name for f in folder.iterdir()} == {"store.db", "store.json", "store.lock", "pages", "log"}


def test_nothing_personal_can_be_read_in_the_folder(folder: Path) -> None:
    store = Store.open(folder, KEY)
    store.cases.accept(accepted(1))
    store.pages.write("张三 510799199001010018".encode() * 20)
    files = [f.read_bytes() for f in folder.rglob("*") if f.is_file()]  # the log is full at this moment
    store.close()

    for content in files:
        for secret in ("张", "个体工商户", "510799", "clerk-1"):
            assert secret.encode() not in content


def test_wrong_key_opens_nothing_and_touches_nothing(folder: Path) -> None:
    Store.open(folder, KEY).close()
    before = {f: f.read_bytes() for f in folder.rglob("*") if f.is_file()}

    with pytest.raises(StoreError, match="wrong_key"):
        Store.open(folder, bytes(32))

    before_names = set(before)
    assert {f for f in folder.rglob("*") if f.is_file()} == before_names
    assert all(f.read_bytes() == content for f, content in before.items() if f.name != "store.lock")
    Store.open(folder, KEY).close()  # and let go of the lock


def test_copied_folder_opens_only_with_the_key_of_the_first_account(folder: Path, tmp_path: Path) -> None:
    store = Store.open(folder, KEY)
    store.drafts.save(draft(1))
    store.close()
    shutil.copytree(folder, tmp_path / "copy")

    with pytest.raises(StoreError, match="wrong_key"):
        Store.open(tmp_path / "copy", os.urandom(32))


HOLD = """
import sys
from pathlib import Path
from tests.unit.window_client.store.samples import KEY
from window_client.store.store import Store
store = Store.open(Path(sys.argv[1]), KEY)
print("open", flush=True)
sys.stdin.read()
"""


def test_second_process_is_told_who_has_the_store_and_may_have_it_after(folder: Path) -> None:
    root = Path(__file__).parents[4]
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"open\n"

        with pytest.raises(StoreError) as caught:
            Store.open(folder, KEY)
        assert (caught.value.code, caught.value.detail) == ("occupied", f"process {other.pid}")

        other.kill()
        other.wait()
    Store.open(folder, KEY).close()


def test_store_that_failed_to_open_lets_go_of_the_folder(folder: Path) -> None:
    folder.mkdir()
    (folder / "pages").write_text("no folder")

    with pytest.raises(OSError, match="pages"):
        Store.open(folder, KEY)

    (folder / "pages").unlink()
    Store.open(folder, KEY).close()


def test_courier_sees_what_was_accepted_and_its_notes_are_seen(store: Store) -> None:
    store.cases.accept(accepted(1))
    seen: list[str] = []

    def courier() -> None:
        connection = store.second_connection()
        for message in connection.outbox.due(datetime.now(UTC)):
            seen.append(message.id)
            with connection.transaction("delivered"):
                connection.outbox.delivered(message.id)
                connection.cases.mark_delivered(message.case_id, "N43", "accepted", ACCEPTED_AT)
        connection.close()

    thread = threading.Thread(target=courier)
    thread.start()
    thread.join()

    assert seen == [case_id(1)]
    row = store.cases.get(case_no(1))
    assert row is not None
    assert (row.national_no, row.unsent) == ("N43", 0)


def test_clerk_and_courier_write_at_once_and_nobody_is_turned_away(store: Store) -> None:
    trouble: list[BaseException] = []

    def courier() -> None:
        try:
            connection = store.second_connection()
            for number in range(60):
                connection.cache.put(f"k{number}", b"x")
            connection.close()
        except BaseException as error:
            trouble.append(error)
            raise

    thread = threading.Thread(target=courier)
    thread.start()
    for number in range(60):
        store.cases.accept(accepted(number))
    thread.join()

    assert trouble == []
    assert len(store.cases.recent(100)) == 60
    assert store.cache.get("k59") is not None
    assert store.journal.verify().ok


def test_check_names_each_kind_of_harm(store: Store) -> None:
    digest = store.pages.write(page(1))
    store.cases.accept(accepted(1, pages=(PageRef(digest, 2000),)))
    store.pages.remove(digest)
    store._db.execute("UPDATE journal SET actor = 'nobody'")

    assert store.check() == ["journal: entry 1: entry changed", f"page: {digest} is missing or damaged"]


def test_check_finds_damage_in_the_database(folder: Path) -> None:
    store = Store.open(folder, KEY)
    for number in range(40):
        store.cases.accept(accepted(number))
    store.close()
    store = Store.open(folder, KEY)
    store.backup()  # a start reads what came after it
    store.cache.put("large", b"x" * 30_000)
    store.close()
    content = bytearray((folder / "store.db").read_bytes())
    content[-5000] ^= 0xFF  # near the end, which opening does not read
    (folder / "store.db").write_bytes(content)

    store = Store.open(folder, KEY)
    problems = store.check()
    store.close()

    assert (folder / SUSPECT).exists(), "the next start looks through the database first"
    with pytest.raises(StoreError, match="damaged"):
        Store.open(folder, KEY)
    assert problems
    assert all(problem.startswith("database: ") for problem in problems)


FULL = """
import sys
from pathlib import Path
from tests.unit.window_client.store.samples import KEY, accepted, draft, page
from window_client.store.database import SUSPECT
from window_client.store.errors import StoreError
from window_client.store.store import Store
import msgspec

folder = Path(sys.argv[1])
store = Store.open(folder / "store", KEY)
store.drafts.save(draft(1))
{limit}
large = msgspec.structs.replace(accepted(1), body=b"x" * 1_500_000)
codes = []
for deed in (lambda: store.cases.accept(large), lambda: store.pages.write(b"x" * 1_500_000)):
    try:
        deed()
    except StoreError as error:
        codes.append(error.code)
print(codes)
print(len(store.cases.recent()), store.outbox.counts().waiting, store.prints.open_jobs(), store.journal.head()[0])
print(store.drafts.open_drafts() == [draft(1)])
store.cases.accept(accepted(1))
print(len(store.cases.recent()), len(store.prints.open_jobs()), store.drafts.open_drafts(), store.check())
store.close()
"""
LIMIT = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (800_000, 800_000))
"""
NOTED = "the log of cases could not be written: disk_full\n"
EXPECTED = "['disk_full', 'disk_full']\n0 0 [] 0\nTrue\n1 1 [] []\n"


def test_full_disk_undoes_the_acceptance_whole_and_the_next_one_works(
    run_python: Run, small_disk: tuple[str, ...], tmp_path: Path
) -> None:
    done = run_python(FULL.format(limit=""), tmp_path / "disk", within=small_disk)

    assert (done.stdout, done.stderr) == (EXPECTED, NOTED)


@pytest.mark.skipif(os.name != "posix", reason="Windows knows no limit on file sizes")
def test_limit_on_the_size_of_files_undoes_the_acceptance_whole(run_python: Run, tmp_path: Path) -> None:
    done = run_python(FULL.format(limit=LIMIT), tmp_path)

    assert (done.stdout, done.stderr) == (EXPECTED, NOTED)
