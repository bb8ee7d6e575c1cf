"""The log of cases: what is told comes back, what is torn, changed, moved or wiped is seen."""

import os
from pathlib import Path

import pytest

from window_client.store.caselog import KINDS, Begin, CaseLog, Record, segments, standing_entries, subject_bytes

KEY = bytes(range(32))
BEGIN = Begin(0, 0, 0, "", "2026-11-24T02:00:00+00:00")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "log"


def begun(folder: Path, number: int = 0) -> CaseLog:
    log = CaseLog(folder, KEY)
    if not log.open():
        log.start(number, BEGIN)
    return log


def told(folder: Path, number: int = 0) -> list[tuple[str, str]]:
    found = CaseLog(folder, KEY).read(number)
    assert found.whole
    return [(record.kind, record.subject) for record in found.records]


def cut(folder: Path, bytes_off: int) -> None:
    path = folder / "000000.log"
    content = path.read_bytes().rstrip(b"\0")
    path.write_bytes(content[:-bytes_off])


def test_what_was_told_comes_back_in_its_order_after_a_restart(folder: Path) -> None:
    log = begun(folder)
    assert log.write([Record("case", "c1", {"n": 1}), Record("entry", "1", {"n": 2})])
    log.close()
    log.close()
    again = begun(folder)
    again.write([Record("sent", "m1", "")])

    assert (again.has("case", "c1"), again.has("case", "c2"), again.cases, again.begin) == (True, False, 1, BEGIN)
    again.close()
    assert told(folder) == [("begin", "0"), ("case", "c1"), ("entry", "1"), ("sent", "m1")]
    assert CaseLog(folder, KEY).read(0).records[1].body == {"n": 1}


def test_bodies_cannot_be_read_and_another_key_opens_nothing(folder: Path) -> None:
    log = begun(folder)
    log.write([Record("case", "visit-of-zhang", {"name": "张三"})])
    log.keep_draft("visit-of-zhang", "张三".encode())
    log.close()

    for path in folder.rglob("*.*"):
        assert "张三".encode() not in path.read_bytes()
        assert b"zhang" not in path.read_bytes()
        assert "zhang" not in path.name
    other = CaseLog(folder, bytes(32))
    assert (other.read(0).records, other.read(0).whole, other.open()) == ((), False, False)
    assert other.drafts() == ([], 1)


@pytest.mark.parametrize("off", [1, 10, 40, 60])
def test_a_torn_end_is_cut_off_and_the_log_goes_on(folder: Path, off: int) -> None:
    log = begun(folder)
    log.write([Record("case", "c1", "x" * 20)])
    log.write([Record("case", "c2", "y" * 20)])
    log.close()
    cut(folder, off)

    log = begun(folder)
    assert (log.has("case", "c1"), log.has("case", "c2")) == (True, False)
    log.write([Record("case", "c3", "")])
    log.close()

    assert told(folder) == [("begin", "0"), ("case", "c1"), ("case", "c3")]


def test_a_changed_or_moved_record_does_not_open(folder: Path) -> None:
    log = begun(folder)
    for number in range(4):
        log.write([Record("entry", str(number), "same length")])
    log.close()
    path = folder / "000000.log"
    content = path.read_bytes()
    changed = bytearray(content)
    changed[content.rstrip(b"\0").__len__() - 30] ^= 1
    path.write_bytes(changed)

    found = CaseLog(folder, KEY).read(0)

    assert not found.whole
    assert [r.subject for r in found.records if r.kind == "entry"] == ["0", "1", "2"]


def test_a_transaction_that_fails_leaves_nothing_in_the_log(folder: Path) -> None:
    log = begun(folder)
    ahead = log.ahead([Record("case", "c1", "z" * 1000)])
    ahead.done(good=False)
    log.write([Record("case", "c2", "")])
    log.close()

    assert told(folder) == [("begin", "0"), ("case", "c2")]


def test_a_case_that_a_kill_left_behind_is_named_until_it_is_settled(folder: Path) -> None:
    log = begun(folder)
    log.write([Record("case", "c1", "")])
    log.write([Record("case", "c2", "")])

    assert log.unfinished(["c1", "c2"]) == ""
    assert log.unfinished(["c1"]) == "c2"
    log.write([Record("void", "c2", "")])
    assert log.unfinished(["c1"]) == ""
    log.write([Record("case", "c2", "")])
    assert log.unfinished(["c1"]) == "c2", "the same case accepted and killed once more"
    log.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_what_a_full_disk_refuses_is_owed_and_comes_with_the_next(folder: Path) -> None:
    log = begun(folder)
    handle, log._handle = log._handle, os.open("/dev/full", os.O_WRONLY)
    log._room = 1 << 40  # the device cannot grow
    assert not log.write([Record("case", "c1", "")])
    assert log.owed == 1
    os.close(log._handle)
    log._handle, log._room = handle, log._end

    assert log.write([Record("case", "c2", "")])
    assert log.owed == 0
    log.close()
    assert told(folder) == [("begin", "0"), ("case", "c1"), ("case", "c2")]


def test_a_new_segment_is_its_own_and_old_ones_can_go(folder: Path) -> None:
    log = begun(folder)
    log.write([Record("case", "c1", "")])
    log.start(1, Begin(1, 1, 0, "", ""))
    log.write([Record("case", "c2", "")])

    assert (log.cases, log.has("case", "c1")) == (1, False)
    assert segments(folder) == [0, 1]
    log.remove_before(1)
    log.close()
    assert segments(folder) == [1]
    assert told(folder, 1) == [("begin", "1"), ("case", "c2")]


def test_drafts_are_written_over_in_turns_and_a_torn_one_leaves_the_one_before(folder: Path) -> None:
    log = begun(folder)
    for text in (b"first", b"second, longer", b"third"):
        log.keep_draft("v1", text)
    log.keep_draft("v2", b"other")
    assert log.drafts() in (([b"third", b"other"], 0), ([b"other", b"third"], 0))
    log.drop_draft("v2")
    assert not list((folder / "drafts").glob(f"{subject_bytes('v2').hex()}*"))
    log.close()
    again = begun(folder)
    again.keep_draft("v1", b"fourth")
    again.close()

    for path in (folder / "drafts").glob("*.*"):
        if again._read_draft(path.stem, path.suffix[1:])[1] == b"fourth":
            path.write_bytes(path.read_bytes()[: 4 + 12 + 20])
    assert CaseLog(folder, KEY).drafts() == ([b"third"], 0)


def test_the_place_of_a_kind_on_disk_never_changes() -> None:
    assert KINDS == ("begin", "case", "entry", "print", "message", "sent", "known", "purged", "void", "head")


def test_entries_that_a_kill_took_back_do_not_stand(folder: Path) -> None:
    log = begun(folder)
    for number, digest in ((1, "a"), (2, "never"), (3, "never")):
        log.write([Record("entry", str(number), {"hash": digest})])
    assert standing_entries([log.read(0)]) == {1: "a", 2: "never", 3: "never"}
    log.write([Record("head", "1", "")])
    assert standing_entries([log.read(0)]) == {1: "a"}
    for number, digest in ((2, "b"), (3, "never"), (2, "c")):
        log.write([Record("entry", str(number), {"hash": digest})])
    assert standing_entries([log.read(0)]) == {1: "a", 2: "c"}
    log.close()
