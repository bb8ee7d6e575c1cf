"""A visit leaves no name, number, phone or address readable on the machine."""

import faulthandler
import logging
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.counter import KEY, Counter
from ui.reception.texts import say
from ui.words import words
from window_client import crash_file, logs
from window_client.app import open_store
from window_client.demo import LIMING
from window_client.domain.visit import Step
from window_client.settings import read
from window_client.store.errors import StoreError
from window_client.store.keys import load_or_make_key
from window_client.store.store import Store

KINDS = ("id_card", "scanner", "printer", "display")
PREMISES = "涪城区示例路 18 号附 3 号"
PAPER = b"\xff\xd8\xff"
PICTURE = b"\x89PNG"


@pytest.fixture
def file_log(tmp_path: Path) -> Iterator[Path]:
    """The log of a window, as ``run`` starts it, with debug messages; taken down again afterwards."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    folder = tmp_path / "world" / "window" / "logs"
    logs.start(None, verbose=True)
    yield folder
    for handler in [one for one in root.handlers if one not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def personal(counter: Counter) -> dict[str, str]:
    """What is known about the applicant of the open visit."""
    draft = counter.state.draft
    assert draft is not None
    assert draft.applicant is not None
    person = draft.applicant
    found = {
        "name": person.name,
        "id_no": person.id_no,
        "address": person.address,
        "phone": draft.contact.phone,
        "premises": PREMISES,
        "end of the number": person.id_no[6:],
    }
    assert all(len(value) > 1 for value in found.values()), "the visit must have all of them, or nothing is proved"
    return found


def spellings(value: str) -> tuple[bytes, ...]:
    """How a text might lie on a disk."""
    escaped = value.encode("ascii", "backslashreplace")
    return (value.encode(), value.encode("utf-16-le"), value.encode("gbk", "ignore"), escaped)


def actions(counter: Counter) -> set[str]:
    """What the journal tells of, so far."""
    return {entry.action for entry in counter.app.store.journal.entries(200)}


def readable(folder: Path, facts: dict[str, str]) -> list[str]:
    """Which facts can be read in which file below ``folder``, in its bytes or in its name."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    assert files
    found = []
    for path in files:
        data = path.read_bytes()
        name = str(path.relative_to(folder))
        found += [
            f"{what} in {name}"
            for what, value in facts.items()
            if value in name or any(form in data for form in spellings(value))
        ]
    return found


def in_titles(facts: dict[str, str]) -> list[str]:
    """Which facts stand in the command line or the name of a process that anybody on the machine can list."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        for name in ("cmdline", "comm"):
            with suppress(OSError):
                text = (folder / name).read_bytes()
                found += [f"{what} in {folder.name}" for what, value in facts.items() if value.encode() in text]
    return found


def test_the_search_itself_finds_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "a.log").write_text(f"read {LIMING}", encoding="utf-8")
    (tmp_path / "b.db").write_bytes("李示例".encode("utf-16-le"))

    assert readable(tmp_path, {"id": LIMING, "name": "李示例", "none": "13800000000"}) == [
        "id in a.log",
        "name in b.db",
    ]


def test_a_whole_visit_leaves_nothing_readable_on_the_disk(
    tmp_path: Path, file_log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", None)  # it remembers where it was before
    with Counter(tmp_path, kinds=KINDS) as counter:
        logs.start(file_log, verbose=True)
        crash_file.start(file_log)
        counter.up_to(Step.CONFIRM)
        counter.desk.reveal_id()
        data = counter.world.data()
        facts = personal(counter)
        assert readable(data, facts) == [], "in the middle of a visit"
        counter.sign()
        counter.world.central.stop()  # everything stays in the outbox
        counter.submit()
        counter.printed()
        counter.desk.print_again()
        counter.wait(lambda: "receipt.copy" in actions(counter), "a copy was begun")
        counter.printed()
        assert counter.state.outbox.waiting
        assert readable(data, facts) == [], "accepted, not delivered"
        counter.world.central.start()
        counter.until(lambda s: s.outbox.waiting == 0, "delivered")
        counter.desk.applicant_rates("SATISFIED")
        counter.dispatcher.fire(5)
        counter.settle(0.2)
        counter.app.store.purge(delivered_before=datetime.now(UTC) + timedelta(days=1))
        assert readable(data, facts) == [], "delivered and purged"
        counter.desk.lock()
        counter.until(lambda s: s.lock is not None, "locked")
        assert actions(counter) >= {
            "clerk.signed_in",
            "id.revealed",
            "case.accepted",
            "receipt.copy",
            "lock",
            "store.purged",
        }
        assert counter.app.store.journal.verify().ok
        counter.app.store.backup()
        assert readable(data, facts) == [], "in backups and the log of cases"
        assert in_titles(facts) == [], "in the command line of any process"
        assert not [what for what, value in facts.items() if value in counter.world.settings().read_text("utf-8")]
        log = "".join(path.read_text("utf-8") for path in file_log.glob("*.log"))
        assert "receipt job ended" in log, "the log is the whole one"

    assert crash_file._file is not None
    faulthandler.dump_traceback(crash_file._file, all_threads=True)  # what a crash would have written
    crash_file.stop()
    assert "test_privacy" in (file_log / crash_file.NAME).read_text("utf-8")
    assert readable(data, facts) == [], "after the end"
    assert list(temporary.iterdir()) == [], "nothing is left in the temporary folder"


def test_pages_lie_sealed_on_the_disk(tmp_path: Path) -> None:
    with Counter(tmp_path, kinds=KINDS) as counter:
        counter.up_to(Step.SUBMIT)
        counter.world.central.stop()
        counter.submit()
        pages = [path for path in (counter.world.data() / "store").rglob("*") if path.is_file()]

        assert len(pages) > 6
        for path in pages:
            data = path.read_bytes()
            assert not data.startswith((PAPER, PICTURE, b"SQLite format 3")), path.name
            assert PAPER not in data[:4096], path.name


def test_a_copied_data_folder_opens_nowhere(tmp_path: Path) -> None:
    with Counter(tmp_path / "here", kinds=()) as counter:
        counter.sign_in()
        settings = read(counter.world.settings())
        store = counter.world.data() / "store"
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(store, elsewhere)

    with pytest.raises(StoreError) as wrong:
        Store.open(elsewhere, bytes(reversed(KEY)))
    with pytest.raises(StoreError) as without:
        open_store(settings, passphrase="guessed")

    assert wrong.value.code == "wrong_key"
    assert without.value.code == "key_missing", "a key file is never made for data that is there already"
    assert not (settings.data / "window.key").exists()
    Store.open(elsewhere, KEY).close()  # the copy itself is whole


def test_a_data_folder_on_another_account_has_no_key(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        load_or_make_key("window-client-test", f"store-{tmp_path.name}", existing_data=True)

    assert caught.value.code in {"key_missing", "no_keyring"}


def test_window_titles_are_constant_words_without_a_place_for_a_name() -> None:
    titles = (say("product"), words("signin.product"), words("desk.product"))

    assert all(title and "{" not in title for title in titles)
    root = Path(__file__).resolve().parents[2] / "ui"
    lines = [
        line.strip()
        for path in root.rglob("*.py")
        for line in path.read_text("utf-8").splitlines()
        if "setWindowTitle(" in line
    ]
    constant = re.compile(r'\w+(\.\w+)*\.setWindowTitle\((?:(?:say|words)\("[^"{}]*"\)|"[^"{}]*")\)')
    assert lines
    assert [line for line in lines if not constant.fullmatch(line)] == []
