"""A fault at a customer's becomes a test: recorded, sent as a file, replayed against the driver."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event, Timer
from typing import cast

import pytest

from drivers import catalogue
from drivers.contracts import (
    Barcode,
    CardReader,
    CodeReader,
    DeviceConfig,
    Qr,
    ReceiptPrinter,
    Scanner,
    ScanSettings,
    ScanSource,
    Text,
)
from drivers.emulators.process import EmulatorProcess
from drivers.errors import DeviceError
from drivers.recording import RECORDER

Emulate = Callable[..., EmulatorProcess]
LI_MING = "510799198806120017"
RECORDINGS = Path(__file__).parent.parent / "data" / "recordings"
NEEDLES = [
    needle
    for words in ("李明", LI_MING, "涪城区示例路", "绵阳市公安局", "19880612")
    for data in (words.encode("utf-8"), words.encode("utf-16-le"), words.encode("gbk"))
    for needle in (data, data.hex().encode())
]


def card(url: str, wait: float = 1.0, fault: Callable[[], None] = lambda: None) -> str:
    """The name on the card, or the code of the trouble; ``fault`` strikes when the reader is open."""
    reader = catalogue.create(DeviceConfig("recorded", "id_card", "sam_v_serial", url))
    try:
        reader.open()
        fault()
        return cast("CardReader", reader).read_card(wait=wait, cancel=Event()).name
    except DeviceError as error:
        return error.code
    finally:
        reader.close()


def kept(device: str = "recorded") -> str:
    return "\n".join(RECORDER.lines(device)) + "\n"


@pytest.fixture(autouse=True)
def _nothing_from_before() -> None:
    RECORDER.forget()


@pytest.mark.parametrize("fault", ["garbled", "truncated", "silent", "card_moved", "not_genuine", "unknown_card", ""])
def test_a_recorded_read_ends_replayed_as_it_did(fault: str, emulate: Emulate, tmp_path: Path) -> None:
    emulator = emulate("id_card", "--card", LI_MING)
    ended = card(emulator.url, fault=lambda: emulator.set_fault(fault or None))
    file = tmp_path / "fault.jsonl"
    assert RECORDER.save("recorded", file, reason="" if ended == "李明" else ended)
    replayed = card(emulate("replay", str(file)).url)

    assert replayed == ("某某" if ended == "李明" else ended)
    assert not [needle for needle in NEEDLES if needle in file.read_bytes()]


@pytest.mark.parametrize("file", sorted(RECORDINGS.glob("id_card-*.jsonl")), ids=lambda file: file.stem)
def test_the_recordings_in_the_box_give_the_codes_that_they_were_kept_for(file: Path, emulate: Emulate) -> None:
    head = json.loads(file.read_text("utf-8").splitlines()[0])

    assert card(emulate("replay", str(file)).url) == head["reason"]


def test_a_reader_that_is_pulled_out_is_pulled_out_again(emulate: Emulate, tmp_path: Path) -> None:
    emulator = emulate("id_card")
    assert card(emulator.url, wait=5.0, fault=emulator.kill) == "absent"
    file = tmp_path / "fault.jsonl"
    assert RECORDER.save("recorded", file)

    assert card(emulate("replay", str(file)).url, wait=5.0) == "absent"


def test_a_receipt_is_recorded_without_its_words_and_replayed(emulate: Emulate, tmp_path: Path) -> None:
    lines = (Text("姓名 李明", right=LI_MING), Text("涪城区示例路 龘"), Qr(LI_MING), Barcode(LI_MING))

    def printed(url: str) -> str:
        printer = catalogue.create(DeviceConfig("recorded", "printer", "escpos", url))
        try:
            printer.open()
            return cast("ReceiptPrinter", printer).print_receipt(lines, cancel=Event()).end
        finally:
            printer.close()

    assert printed(emulate("printer").url) == "confirmed"
    file = tmp_path / "print.jsonl"
    assert RECORDER.save("recorded", file)
    assert not [needle for needle in NEEDLES if needle in file.read_bytes()]
    assert printed(emulate("replay", str(file), "--tcp").url) == "confirmed"


def test_a_code_is_recorded_by_the_classes_of_its_characters(emulate: Emulate) -> None:
    emulator = emulate("codes")
    reader = catalogue.create(DeviceConfig("recorded", "codes", "serial", emulator.url))
    reader.open()
    try:
        timer = Timer(0.3, lambda: emulator.put("/code", {"text": f"李明,{LI_MING}"}))
        timer.start()
        code = cast("CodeReader", reader).next_code(wait=20.0, cancel=Event())
        timer.join()
    finally:
        reader.close()

    assert code.text == f"李明,{LI_MING}"
    assert ("某某," + "0" * 18).encode().hex() in kept()
    assert not [needle for needle in NEEDLES if needle in kept().encode()]


@pytest.mark.parametrize("fault", ["", "jam_after:1"])
def test_a_scan_is_recorded_without_its_pages_and_replayed(fault: str, emulate: Emulate, tmp_path: Path) -> None:
    emulator = emulate("scanner")
    emulator.put("/feeder", {"pages": 2})
    if fault:
        emulator.set_fault(fault)

    def scanned(url: str) -> tuple[int, str]:
        scanner = catalogue.create(DeviceConfig("recorded", "scanner", "escl", url, options={"retry_pause": 0.05}))
        pages = 0
        try:
            scanner.open()
            for _ in cast("Scanner", scanner).scan(ScanSettings(ScanSource.FEEDER, 100), cancel=Event()):
                pages += 1
        except DeviceError as error:
            return pages, error.code
        finally:
            scanner.close()
        return pages, ""

    first = scanned(emulator.url)
    file = tmp_path / "scan.jsonl"
    assert RECORDER.save("recorded", file)
    assert b"ffd8ff" not in file.read_bytes()

    assert first == scanned(emulate("replay", str(file)).url)
    assert first == ((1, "jam") if fault else (2, ""))


@pytest.mark.parametrize("deed", [("--", "read-card"), ("--wait", "15")], ids=["named", "usual"])
def test_recording_and_replaying_by_hand(deed: tuple[str, ...], emulate: Emulate, tmp_path: Path) -> None:
    out = tmp_path / "fault.jsonl"
    emulator = emulate("id_card", "--card", LI_MING, "--fault", "unknown_card")
    command = [sys.executable, "-m", "drivers", "record", "id_card", emulator.url, "--out", str(out), *deed]
    recorded = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    again = [sys.executable, "-m", "drivers", "read-card", emulate("replay", str(out)).url]
    replayed = subprocess.run(again, capture_output=True, text=True, timeout=60, check=False)

    assert (recorded.returncode, replayed.returncode) == (1, 1)
    assert "card_unknown" in recorded.stderr
    assert "card_unknown" in replayed.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("record", "id_card", "serial:///dev/null", "--out", "x", "--"),
        ("record", "id_card", "serial:///dev/null", "--out", "x", "--", "list"),
        ("record", "dog", "serial:///dev/null", "--out", "x", "--", "read-card"),
        ("record", "id_card", "serial:///dev/null"),
        ("replay", "/none.jsonl"),
        ("replay",),
    ],
)
def test_wrong_use_is_exit_code_2(arguments: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "drivers", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL, check=False)

    assert done.returncode == 2
