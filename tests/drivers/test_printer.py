"""The printer's driver against the emulator, as programs over real ports, with every fault."""

import json
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import IO, Any

import pytest

from drivers.contracts import Align, Barcode, DeviceConfig, Feed, Line, PrintEnd, Qr, Rule, Text
from drivers.errors import DeviceError, DeviceState, Fault
from drivers.printer.driver import EscPosPrinter

QR = "https://counter.example/c/510799-2026-000017?t=ABCDEF"
RECEIPT: tuple[Line, ...] = (
    Text("市政务服务中心", align=Align.CENTRE, bold=True, big=True),
    Text("受理回执", align=Align.CENTRE, big=True),
    Rule(),
    Text("受理号", "510799-2026-000017"),
    Text("事项", "个体工商户设立登记"),
    Text("申请人", "王小明"),
    Rule(),
    *(Text(f"{number}. 材料名称第{number}份（原件）", "1 份") for number in range(1, 25)),
    Feed(1),
    Qr(QR),
    Barcode("510799202600001719"),
    Text("请妥善保管", align=Align.CENTRE),
)


class Emulator:
    """The emulator program, with its admin port."""

    def __init__(self, *arguments: str, stderr: IO[str] | None = None) -> None:
        command = [sys.executable, "-m", "drivers.emulators.printer", *arguments]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=stderr)
        assert self.process.stdout is not None
        first = json.loads(self.process.stdout.readline())
        self.url, self._admin = first["url"], first["admin"]

    def ask(self, method: str, path: str, body: object = None) -> bytes:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._admin + path, data=data, method=method)  # noqa: S310 - our own address
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            return bytes(answer.read())

    def fault(self, name: str, times: int | None = None) -> None:
        self.ask("PUT", "/fault", {"name": name, "times": times})

    def state(self) -> dict[str, Any]:
        return dict(json.loads(self.ask("GET", "/state")))

    def receipts(self) -> list[dict[str, Any]]:
        return list(json.loads(self.ask("GET", "/receipts")))

    def until(self, true: Callable[[], bool]) -> None:
        give_up_at = time.monotonic() + 30
        while not true():
            assert time.monotonic() < give_up_at
            time.sleep(0.02)

    def end(self) -> None:
        self.process.communicate()  # closes its stdin, which ends it
        assert self.process.returncode == 0


@pytest.fixture
def start() -> Iterator[Callable[..., Emulator]]:
    running: list[Emulator] = []

    def started(*arguments: str) -> Emulator:
        running.append(Emulator(*arguments))
        return running[-1]

    yield started
    for emulator in running:
        if emulator.process.poll() is None:
            emulator.end()


@pytest.fixture
def emulator(start: Callable[..., Emulator]) -> Emulator:
    return start()


@pytest.fixture
def connect() -> Iterator[Callable[..., EscPosPrinter]]:
    printers: list[EscPosPrinter] = []

    def connected(url: str, **options: str | float | bool) -> EscPosPrinter:
        options = {"confirm_within": 4.0, "stall_within": 1.0, **options}
        printers.append(EscPosPrinter(DeviceConfig("printer", "printer", "escpos", url, True, dict(options))))
        return printers[-1]

    yield connected
    for printer in printers:
        printer.close()


@pytest.fixture
def printer(emulator: Emulator, connect: Callable[..., EscPosPrinter]) -> EscPosPrinter:
    printer = connect(emulator.url)
    printer.open()
    return printer


def test_a_receipt_is_confirmed_by_the_printer_and_says_what_it_was_asked_to_say(
    printer: EscPosPrinter, emulator: Emulator
) -> None:
    result = printer.print_receipt(RECEIPT, cancel=threading.Event())

    assert result.end is PrintEnd.CONFIRMED
    assert result.blocks == result.sent == result.confirmed > 1
    [receipt] = emulator.receipts()
    assert receipt["cut"]
    assert receipt["qr"] == [QR]
    assert receipt["barcodes"] == ["510799202600001719"]
    assert receipt["lines"][3] == "受理号" + " " * (48 - 6 - 18) + "510799-2026-000017"
    assert "24. 材料名称第24份（原件）" in emulator.ask("GET", "/text").decode()


def test_codes_on_the_paper_can_be_read_by_an_independent_reader(printer: EscPosPrinter, emulator: Emulator) -> None:
    import zxingcpp
    from PIL import Image

    mixed = "WX-20261104{7}"
    printer.print_receipt([*RECEIPT, Feed(3), Barcode(mixed)], cancel=threading.Event())

    with Image.open(BytesIO(emulator.ask("GET", "/paper.png"))) as paper:
        found = {(code.format.name, code.text) for code in zxingcpp.read_barcodes(paper.convert("L"))}

    assert {text for _, text in found} == {QR, "510799202600001719", mixed}
    assert any("QR" in name for name, _ in found)


def test_a_name_outside_gbk_comes_out_as_a_picture(printer: EscPosPrinter, emulator: Emulator) -> None:
    result = printer.print_receipt([Text("申请人", "㐀𠮷"), Text("事项", "登记")], cancel=threading.Event())

    [receipt] = emulator.receipts()
    assert result.end is PrintEnd.CONFIRMED
    assert receipt["pictures"] == 1
    assert receipt["lines"][0].split() == ["事项", "登记"]


def test_a_character_that_no_font_has_stops_the_receipt_before_anything_is_sent(
    printer: EscPosPrinter, emulator: Emulator
) -> None:
    with pytest.raises(DeviceError) as caught:
        printer.print_receipt([Text("申请人 \U000ffffd")], cancel=threading.Event())

    assert (caught.value.fault, caught.value.code) == (Fault.REFUSED, "unsupported")
    assert emulator.receipts() == []


def test_narrow_paper_and_pictures_only(start: Callable[..., Emulator], connect: Callable[..., EscPosPrinter]) -> None:
    emulator = start("--width", "32")
    printer = connect(emulator.url, width=32, text="image")

    result = printer.print_receipt(RECEIPT, cancel=threading.Event())

    assert result.end is PrintEnd.CONFIRMED
    [receipt] = emulator.receipts()
    assert receipt["lines"] == [""]  # the line feed behind the QR code
    assert receipt["pictures"] > 30


@pytest.mark.parametrize(
    ("fault", "code"),
    [("paper_out", "paper_out"), ("cover", "cover_open"), ("cutter", "cutter"), ("offline", "printer_offline")],
)
def test_nothing_is_sent_to_a_printer_that_cannot_print(
    printer: EscPosPrinter, emulator: Emulator, fault: str, code: str
) -> None:
    emulator.fault(fault)

    with pytest.raises(DeviceError) as caught:
        printer.print_receipt(RECEIPT, cancel=threading.Event())
    health = printer.health()
    emulator.ask("DELETE", "/fault")

    assert (caught.value.fault, caught.value.code) == (Fault.ATTENTION, code)
    assert (health.state, health.code) == (DeviceState.FAULT, code)
    assert printer.health().state is DeviceState.READY
    assert emulator.receipts() == []


def test_a_nearly_empty_roll_prints_and_is_told(printer: EscPosPrinter, emulator: Emulator) -> None:
    emulator.fault("near_end")

    assert printer.health().code == "paper_near_end"
    assert printer.health().state is DeviceState.READY
    assert printer.print_receipt(RECEIPT, cancel=threading.Event()).end is PrintEnd.CONFIRMED


def test_paper_that_ends_in_the_middle_leaves_the_outcome_unknown_and_is_never_printed_again(
    printer: EscPosPrinter, emulator: Emulator
) -> None:
    emulator.fault("paper_out_after:25")

    result = printer.print_receipt(RECEIPT, cancel=threading.Event())

    assert (result.end, result.code) == (PrintEnd.UNKNOWN, "paper_out")
    assert 0 < result.confirmed < result.blocks == result.sent
    assert emulator.state()["lines"] == 25

    emulator.ask("PUT", "/paper")  # the printer goes on with its buffer
    emulator.until(lambda: emulator.state()["buffered"] == 0)
    second = printer.print_receipt([Text("第二张")], cancel=threading.Event())

    assert second.end is PrintEnd.CONFIRMED
    assert second.confirmed == second.blocks == 1
    first, other = emulator.receipts()
    assert first["qr"] == [QR]
    assert other["lines"] == ["第二张"]


def test_a_printer_that_takes_no_more_bytes_leaves_the_outcome_unknown(
    printer: EscPosPrinter, emulator: Emulator
) -> None:
    emulator.fault("cut_off:14")  # the status questions pass, then two bytes of the receipt

    result = printer.print_receipt(RECEIPT, cancel=threading.Event())

    assert result.end is PrintEnd.UNKNOWN
    assert result.confirmed == 0
    emulator.ask("DELETE", "/fault")
    assert printer.print_receipt([Text("下一张")], cancel=threading.Event()).end is PrintEnd.CONFIRMED
    assert emulator.receipts()[-1]["lines"] == ["下一张"]


def test_a_stalled_printer_answers_nothing_and_nothing_is_sent(printer: EscPosPrinter, emulator: Emulator) -> None:
    emulator.fault("stalled")

    with pytest.raises(DeviceError) as caught:
        printer.print_receipt(RECEIPT, cancel=threading.Event())

    assert caught.value.fault is Fault.TIMEOUT
    assert printer.health().state is DeviceState.OFFLINE


def test_a_stall_in_the_middle_leaves_the_outcome_unknown(
    emulator: Emulator, connect: Callable[..., EscPosPrinter]
) -> None:
    printer = connect(emulator.url, text="image", confirm_within=2.0)
    printer.open()
    emulator.fault("slow")
    results: list[Any] = []
    many = [Text(f"第 {number} 行") for number in range(1500)]  # 3 MB: more than sockets hold
    thread = threading.Thread(target=lambda: results.append(printer.print_receipt(many, cancel=threading.Event())))
    thread.start()
    emulator.until(lambda: emulator.state()["lines"] > 0)
    emulator.fault("stalled")
    thread.join(60)

    [result] = results
    assert (result.end, result.code) == (PrintEnd.UNKNOWN, "timeout")


def test_a_silent_printer_prints_but_is_never_taken_as_confirmed(
    emulator: Emulator, connect: Callable[..., EscPosPrinter]
) -> None:
    emulator.fault("silent")
    with_ids, without = connect(emulator.url, confirm_within=1.0), connect(emulator.url, process_id=False)

    with_ids.open()
    assert with_ids.status().paper == "unknown"
    assert with_ids.health().state is DeviceState.READY
    assert with_ids.print_receipt(RECEIPT, cancel=threading.Event()).end is PrintEnd.UNKNOWN
    with_ids.close()
    without.open()
    assert without.print_receipt(RECEIPT, cancel=threading.Event()).end is PrintEnd.SENT
    emulator.until(lambda: len(emulator.receipts()) == 2)


def test_a_printer_without_process_ids_is_asked_whether_it_took_the_data(
    emulator: Emulator, connect: Callable[..., EscPosPrinter]
) -> None:
    printer = connect(emulator.url, process_id=False)

    assert printer.print_receipt(RECEIPT, cancel=threading.Event()).end is PrintEnd.SENT
    emulator.fault("paper_out_after:5")
    result = printer.print_receipt(RECEIPT, cancel=threading.Event())

    assert (result.end, result.code) == (PrintEnd.UNKNOWN, "paper_out")


def test_a_printer_that_never_gives_process_ids_is_found_out_and_no_longer_waited_for(
    printer: EscPosPrinter, emulator: Emulator
) -> None:
    emulator.fault("no_ids")

    first = printer.print_receipt(RECEIPT, cancel=threading.Event())
    assert (first.end, first.confirmed) == (PrintEnd.SENT, 0)
    assert printer.health().facts["confirms"] == "no"
    assert printer.print_receipt(RECEIPT, cancel=threading.Event()).end is PrintEnd.SENT

    emulator.ask("DELETE", "/fault")
    assert printer.print_receipt(RECEIPT, cancel=threading.Event()).end is PrintEnd.CONFIRMED
    assert "confirms" not in printer.health().facts
    assert len(emulator.receipts()) == 3


def test_a_slow_printer_is_waited_for(printer: EscPosPrinter, emulator: Emulator) -> None:
    emulator.fault("slow")

    assert printer.print_receipt(RECEIPT, cancel=threading.Event()).end is PrintEnd.CONFIRMED


def test_a_cancel_before_the_first_byte_sends_nothing(printer: EscPosPrinter, emulator: Emulator) -> None:
    cancel = threading.Event()
    cancel.set()

    with pytest.raises(DeviceError) as caught:
        printer.print_receipt(RECEIPT, cancel=cancel)

    assert caught.value.fault is Fault.CANCELLED
    assert emulator.receipts() == []


def test_a_cancel_while_waiting_leaves_the_outcome_unknown(printer: EscPosPrinter, emulator: Emulator) -> None:
    emulator.fault("slow")
    cancel = threading.Event()
    threading.Timer(0.5, cancel.set).start()

    result = printer.print_receipt(RECEIPT, cancel=cancel)

    assert (result.end, result.code) == (PrintEnd.UNKNOWN, "cancelled")


def test_health_sees_a_printer_that_stopped_and_one_that_came_back(
    start: Callable[..., Emulator], connect: Callable[..., EscPosPrinter]
) -> None:
    first = start()
    printer = connect(first.url)
    printer.open()
    assert printer.health().facts["paper"] == "ok"
    first.end()

    health = printer.health()

    assert (health.state, health.code) == (DeviceState.OFFLINE, "absent")
    with pytest.raises(DeviceError) as caught:
        printer.print_receipt(RECEIPT, cancel=threading.Event())
    assert caught.value.fault is Fault.ABSENT
    again = start("--port", first.url.rpartition(":")[2])
    assert printer.health().state is DeviceState.READY
    assert printer.print_receipt(RECEIPT, cancel=threading.Event()).end is PrintEnd.CONFIRMED
    assert len(again.receipts()) == 1


def test_the_same_receipt_over_a_serial_port(
    start: Callable[..., Emulator], connect: Callable[..., EscPosPrinter], tmp_path: Path
) -> None:
    link = tmp_path / "printer"
    emulator = start("--link", str(link))
    printer, other = connect(emulator.url), connect(emulator.url)

    printer.open()
    result = printer.print_receipt(RECEIPT, cancel=threading.Event())

    assert result.end is PrintEnd.CONFIRMED
    assert emulator.receipts()[0]["qr"] == [QR]
    with pytest.raises(DeviceError) as caught:
        other.open()
    assert caught.value.fault is Fault.OCCUPIED
    emulator.end()
    assert printer.health().state is DeviceState.OFFLINE
    assert not link.exists()


def test_a_device_file_takes_the_bytes_and_confirms_nothing(
    connect: Callable[..., EscPosPrinter], tmp_path: Path
) -> None:
    port = tmp_path / "lp0"
    port.touch()
    printer = connect(port.as_uri(), process_id=False)
    printer.open()

    result = printer.print_receipt([Text("办理回执")], cancel=threading.Event())

    assert result.end is PrintEnd.SENT
    assert printer.status().paper == "unknown"
    printer.close()
    assert "办理回执".encode("gbk") in port.read_bytes()


@pytest.mark.parametrize("url", ["socket://127.0.0.1:1", "serial:///dev/does-not-exist", "usb://0000:0000"])
def test_a_printer_that_is_not_there(connect: Callable[..., EscPosPrinter], url: str) -> None:
    printer = connect(url)

    with pytest.raises(DeviceError) as caught:
        printer.open()

    assert caught.value.fault is Fault.ABSENT
    printer.close()


def test_a_code_wider_than_the_paper_is_refused(printer: EscPosPrinter) -> None:
    with pytest.raises(DeviceError) as caught:
        printer.print_receipt([Barcode("A" * 60)], cancel=threading.Event())

    assert (caught.value.fault, caught.value.code) == (Fault.REFUSED, "unsupported")


@pytest.mark.parametrize(
    ("way", "fault"), [("tcp", "silent"), ("tcp", "garbled"), ("tcp", "wrong"), ("tcp", "partial"), ("pty", "garbled")]
)
def test_a_printer_whose_answers_are_none_any_more_gets_nothing(
    start: Callable[..., Emulator], connect: Callable[..., EscPosPrinter], tmp_path: Path, way: str, fault: str
) -> None:
    emulator = start(*(["--link", str(tmp_path / "printer")] if way == "pty" else []))
    printer = connect(emulator.url, flow="none")
    printer.open()
    emulator.fault(fault)

    with pytest.raises(DeviceError) as caught:
        printer.print_receipt(RECEIPT, cancel=threading.Event())
    health = printer.health()
    emulator.ask("DELETE", "/fault")

    assert (caught.value.fault, caught.value.code) == (Fault.TIMEOUT, "timeout")
    assert (health.state, health.code) == (DeviceState.OFFLINE, "timeout")
    assert printer.print_receipt(RECEIPT, cancel=threading.Event()).end is PrintEnd.CONFIRMED
    assert len(emulator.receipts()) == 1


def test_answers_that_turn_bad_behind_the_first_block_leave_the_outcome_unknown_and_one_paper(
    emulator: Emulator, connect: Callable[..., EscPosPrinter]
) -> None:
    printer = connect(emulator.url, confirm_within=1.0)
    printer.open()

    result = printer.print_receipt(
        RECEIPT, cancel=threading.Event(), on_block=lambda sent: emulator.fault("garbled") if sent == 1 else None
    )

    assert result.end is PrintEnd.UNKNOWN
    emulator.until(lambda: len(emulator.receipts()) == 1)
    emulator.until(lambda: emulator.receipts()[0]["cut"])
    assert emulator.receipts()[0]["qr"] == [QR]


def test_a_printer_that_stands_still_and_mute_has_told_why_before(
    start: Callable[..., Emulator], connect: Callable[..., EscPosPrinter], tmp_path: Path
) -> None:
    """Over a serial port, by automatic status: it answers no question while it has no paper."""
    emulator = start("--link", str(tmp_path / "printer"))
    printer = connect(emulator.url, profile="epson_tm", flow="none")
    printer.open()
    emulator.fault("mute:10")

    result = printer.print_receipt(RECEIPT, cancel=threading.Event())

    assert (result.end, result.code) == (PrintEnd.UNKNOWN, "paper_out")
    with pytest.raises(DeviceError) as caught:
        printer.print_receipt(RECEIPT, cancel=threading.Event())
    assert (caught.value.fault, caught.value.code) == (Fault.ATTENTION, "paper_out")
    emulator.ask("PUT", "/paper")
    emulator.until(lambda: emulator.state()["buffered"] == 0)
    assert len(emulator.receipts()) == 1
    assert printer.print_receipt([Text("第二张")], cancel=threading.Event()).end is PrintEnd.CONFIRMED
    assert [receipt["qr"] for receipt in emulator.receipts()] == [[QR], []]


@pytest.mark.parametrize("flow", ["none", "xonxoff"])
def test_a_serial_printer_with_and_without_flow_control(
    start: Callable[..., Emulator], connect: Callable[..., EscPosPrinter], tmp_path: Path, flow: str
) -> None:
    emulator = start("--link", str(tmp_path / "printer"))
    printer = connect(emulator.url, flow=flow)
    printer.open()

    assert printer.print_receipt(RECEIPT, cancel=threading.Event()).end is PrintEnd.CONFIRMED
    assert emulator.receipts()[0]["qr"] == [QR]


def test_a_cable_pulled_out_in_the_middle_leaves_the_outcome_unknown_and_the_printer_is_found_again(
    start: Callable[..., Emulator], connect: Callable[..., EscPosPrinter], tmp_path: Path
) -> None:
    link = tmp_path / "printer"
    first = start("--link", str(link))
    printer = connect(first.url, flow="none")
    printer.open()
    gone: list[int] = []

    def pulled(sent: int) -> None:
        if sent == 1:
            first.end()
            gone.append(sent)

    result = printer.print_receipt(RECEIPT, cancel=threading.Event(), on_block=pulled)

    assert gone == [1]
    assert (result.end, result.code) == (PrintEnd.UNKNOWN, "absent")
    again = start("--link", str(link))
    assert printer.health().state is DeviceState.READY
    assert printer.print_receipt([Text("第二张")], cancel=threading.Event()).end is PrintEnd.CONFIRMED
    assert [receipt["lines"] for receipt in again.receipts()] == [[], ["第二张"]], "what hung in it is cut first"


def test_the_paper_can_be_watched_in_a_terminal_and_as_a_picture(
    start: Callable[..., Emulator], connect: Callable[..., EscPosPrinter], tmp_path: Path
) -> None:
    picture, words = tmp_path / "paper.png", tmp_path / "paper.txt"
    drawn = start("--show", str(picture))
    with words.open("w", encoding="utf-8") as terminal:
        seen = Emulator("--show", stderr=terminal)
    try:
        for emulator in (drawn, seen):
            connect(emulator.url).print_receipt(RECEIPT[:7], cancel=threading.Event())
        drawn.until(picture.exists)
        seen.until(lambda: "申请人" in words.read_text(encoding="utf-8"))
    finally:
        seen.end()

    assert picture.read_bytes().startswith(b"\x89PNG")
