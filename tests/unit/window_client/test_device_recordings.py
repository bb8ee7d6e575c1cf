"""Recordings of devices that failed: kept when it is worth it, few, and not for long."""

import io
import os
import zipfile
from pathlib import Path

from drivers.contracts import DeviceConfig
from drivers.id_card import frames
from drivers.recording import Recorder
from window_client.device_recordings import AGAIN_AFTER, KEPT_DAYS, MOST_FILES, DeviceRecordings, bundle


class Line:
    def write(self, data: bytes) -> None:
        """Take it."""

    def read(self, timeout: float) -> bytes:
        """Say nothing."""
        return b"" * int(timeout)

    def flush_input(self) -> None:
        """Nothing is there."""

    def close(self) -> None:
        """Nothing is open."""


def used(*names: str) -> Recorder:
    recorder = Recorder()
    for name in names:
        recorder.meet(DeviceConfig(name, "id_card", "sam_v_serial", "serial:///dev/ttyUSB0"))
        recorder.recorded(name, Line()).write(frames.encode(frames.STATUS))
    return recorder


class Clock:
    def __init__(self) -> None:
        self.now = 1_790_000_000.0

    def __call__(self) -> float:
        return self.now


def test_a_fault_is_kept_once_in_a_while_under_its_device_and_code(tmp_path: Path) -> None:
    clock = Clock()
    kept = DeviceRecordings(tmp_path / "recordings", recorder=used("reader/1"), clock=clock)
    first = kept.keep("reader/1", "garbled")

    assert first is not None
    assert first.name.endswith("-reader_1-garbled.jsonl")
    assert frames.encode(frames.STATUS).hex() in first.read_text("utf-8")
    assert kept.keep("reader/1", "garbled") is None
    assert kept.keep("reader/1", "timeout") is not None
    clock.now += AGAIN_AFTER + 1
    assert kept.keep("reader/1", "garbled") is not None
    assert len(kept.files()) == 3


def test_what_is_nobodys_fault_and_what_was_never_used_is_not_kept(tmp_path: Path) -> None:
    kept = DeviceRecordings(tmp_path, recorder=used("reader"))

    assert kept.keep("reader", "no_card") is None
    assert kept.keep("other", "garbled") is None
    assert kept.files() == []


def test_recordings_are_few_and_not_old(tmp_path: Path) -> None:
    clock = Clock()
    kept = DeviceRecordings(tmp_path, recorder=used("reader"), clock=clock)
    for number in range(MOST_FILES + 5):
        (tmp_path / f"2020{number:04d}-000000-reader-garbled.jsonl").write_text("{}")
        os.utime(tmp_path / f"2020{number:04d}-000000-reader-garbled.jsonl", (clock.now, clock.now))
    newest = kept.keep("reader", "garbled")

    assert len(kept.files()) == MOST_FILES
    assert newest in kept.files()
    for file in kept.files():
        os.utime(file, (clock.now, clock.now))
    clock.now += KEPT_DAYS * 86400 + AGAIN_AFTER + 1
    kept.tidy()
    assert kept.files() == []


def test_a_disk_that_takes_nothing_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    assert DeviceRecordings(tmp_path / "file", recorder=used("reader")).keep("reader", "garbled") is None


def test_a_bundle_holds_the_check_what_was_kept_and_the_traffic_of_now(tmp_path: Path) -> None:
    recorder = used("reader")
    file = DeviceRecordings(tmp_path, recorder=recorder).keep("reader", "garbled")
    with zipfile.ZipFile(io.BytesIO(bundle(tmp_path, ["ok  reader"], recorder=recorder))) as archive:
        assert file is not None
        assert sorted(archive.namelist()) == ["check.txt", f"kept/{file.name}", "now/reader.jsonl"]
        assert archive.read("check.txt") == b"ok  reader\n"
