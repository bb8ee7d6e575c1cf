"""Receipts and documents through CUPS itself: our own cupsd with a spool of its own."""

import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from drivers.contracts import DeviceConfig, Line, PrintEnd, Qr, Text
from drivers.document_printer.cups import CupsPrinter
from drivers.emulators.printer_paper import Paper
from drivers.emulators.printer_tokens import PrintBuffer
from drivers.emulators.process import EmulatorProcess
from drivers.errors import DeviceError, DeviceState, Fault
from drivers.printer.queues import CupsQueue, Fate
from drivers.printer.spooled import QueuedPrinter
from drivers.recognise import places
from drivers.recognise.places import Machine
from tests.drivers.cups_peer import CupsPeer
from tests.drivers.ipp_peer import IppPeer, document

RECEIPT: list[Line] = [Text("受理回执"), Qr("https://counter.example/1")]


@pytest.fixture(scope="module")
def cups() -> Iterator[CupsPeer]:
    # not below pytest's own folder, which the print service's account may not enter
    with tempfile.TemporaryDirectory(prefix="cups-") as folder:
        Path(folder).chmod(0o755)
        with CupsPeer(Path(folder) / "cups") as running:
            yield running


@pytest.fixture
def port(emulate: Callable[..., EmulatorProcess]) -> EmulatorProcess:
    """What stands at the far end of a queue and takes whatever it is sent."""
    return emulate("document_printer")


def arrived(port: EmulatorProcess, count: int) -> bytes:
    """The last of ``count`` documents that came out of the queue."""
    give_up_at = time.monotonic() + 20
    while port.state()["printed"] != count:
        assert time.monotonic() < give_up_at, f"{port.state()}"
        time.sleep(0.05)
    return port.request("GET", "/document.pdf")


def on_paper(data: bytes) -> list[dict[str, object]]:
    buffer, paper = PrintBuffer(), Paper()
    buffer.append(data)
    while (token := buffer.take()) is not None:
        paper.take(token)
    return paper.receipts()


def test_a_raw_queue_of_cups_gets_the_very_bytes_of_the_receipt(cups: CupsPeer, port: EmulatorProcess) -> None:
    printer = QueuedPrinter(DeviceConfig("printer", "printer", "escpos_queue", cups.queue("RECEIPT", port.url)))
    printer.open()

    result = printer.print_receipt(RECEIPT, cancel=threading.Event())

    assert result.end is PrintEnd.SENT
    assert printer.health().state is DeviceState.READY
    assert printer.status().paper == "unknown"
    [receipt] = on_paper(arrived(port, 1))
    assert receipt["lines"][0] == "受理回执"  # type: ignore[index]
    assert receipt["qr"] == ["https://counter.example/1"]
    assert receipt["cut"]


PPD = """*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "ACME.PPD"
*Manufacturer: "Acme"
*Product: "(Acme)"
*ModelName: "{model}"
*ShortNickName: "{model}"
*NickName: "{model}"
*PSVersion: "(3010) 1"
*LanguageLevel: "3"
*ColorDevice: False
*DefaultColorSpace: Gray
*FileSystem: False
*OpenUI *PageSize/Media: PickOne
*DefaultPageSize: {paper}
*PageSize {paper}: ""
*CloseUI: *PageSize
*OpenUI *PageRegion/Media: PickOne
*DefaultPageRegion: {paper}
*PageRegion {paper}: ""
*CloseUI: *PageRegion
*DefaultImageableArea: {paper}
*ImageableArea {paper}: "0 0 {size}"
*DefaultPaperDimension: {paper}
*PaperDimension {paper}: "{size}"
"""


def test_a_search_tells_receipt_printers_from_office_printers_by_what_cups_says_of_each_queue(
    cups: CupsPeer, port: EmulatorProcess, tmp_path: Path
) -> None:
    for name, model, paper, size in (
        ("OFFICE", "Acme A4 Laser", "A4", "595 842"),
        ("ROLL", "Acme TM", "X80", "226 842"),
    ):
        ppd = tmp_path / f"{name}.ppd"
        ppd.write_text(PPD.format(model=model, paper=paper, size=size))
        cups.driver(name, port.url, ppd)
    raw = cups.queue("FOUND", port.url)
    machine = Machine(tmp_path, own_ports=False, network=False, cups=str(cups.socket))

    found = {row.place: row for row in places.queues(machine)}

    assert (found["FOUND"].kind, found["FOUND"].driver) == ("printer", "escpos_queue")
    assert found["FOUND"].facts == {"model": "FOUND", "behind": "ipp"}
    assert (found["ROLL"].kind, found["ROLL"].driver) == ("printer", "escpos_queue")
    assert (found["OFFICE"].kind, found["OFFICE"].driver) == ("document_printer", "cups")
    assert found["OFFICE"].facts["model"] == "Acme A4 Laser"
    assert found["FOUND"].url == raw
    for row in (found["FOUND"], found["ROLL"]):  # what was found is what prints
        printer = QueuedPrinter(DeviceConfig("printer", row.kind, row.driver, row.url))
        printer.open()
        assert printer.print_receipt(RECEIPT, cancel=threading.Event()).end is PrintEnd.SENT
    assert on_paper(arrived(port, 2))[0]["qr"] == ["https://counter.example/1"]


def test_a_stopped_queue_gets_nothing_and_says_why(cups: CupsPeer, port: EmulatorProcess) -> None:
    printer = QueuedPrinter(DeviceConfig("printer", "printer", "escpos_queue", cups.queue("STOPPED", port.url)))
    cups.disable("STOPPED")

    with pytest.raises(DeviceError) as caught:
        printer.print_receipt(RECEIPT, cancel=threading.Event())
    health = printer.health()
    cups.enable("STOPPED")
    after = printer.print_receipt(RECEIPT, cancel=threading.Event())

    assert (caught.value.fault, caught.value.code) == (Fault.ATTENTION, "printer_offline")
    assert (health.state, health.code) == (DeviceState.FAULT, "printer_offline")
    assert after.end is PrintEnd.SENT
    assert len(on_paper(arrived(port, 1))) == 1


def test_a_job_that_does_not_begin_is_taken_out_of_the_queue(cups: CupsPeer, port: EmulatorProcess) -> None:
    """The queue stops behind our question and before the job: hours later nothing must come out."""
    queue = CupsQueue(DeviceConfig("printer", "printer", "escpos_queue", cups.queue("LATER", port.url)))
    cups.disable("LATER")

    job = queue.submit(b"\x1b@late", "receipt")
    waiting = queue.fate(job)
    taken_back = queue.take_back(job)
    cups.enable("LATER")

    assert waiting is Fate.WAITING
    assert taken_back is Fate.WAITING, "nothing of it was printed"
    queue.submit(b"\x1b@next", "receipt")
    assert arrived(port, 1) == b"\x1b@next"


def test_a_queue_that_does_not_exist_is_absent(cups: CupsPeer) -> None:
    printer = QueuedPrinter(DeviceConfig("printer", "printer", "escpos_queue", f"cups://NOBODY?socket={cups.socket}"))

    assert printer.health().code == "absent"
    with pytest.raises(DeviceError) as caught:
        printer.print_receipt(RECEIPT, cancel=threading.Event())
    assert caught.value.fault is Fault.ABSENT


def test_without_a_print_service_a_queue_is_absent(tmp_path: Path) -> None:
    url = f"cups://RECEIPT?socket={tmp_path / 'nobody.sock'}"

    assert QueuedPrinter(DeviceConfig("printer", "printer", "escpos_queue", url)).health().code == "absent"


def test_a_document_goes_through_cups_to_a_foreign_printer_once(cups: CupsPeer, tmp_path: Path) -> None:
    options: dict[str, str | int | float | bool] = {"confirm_within": 30.0}
    with IppPeer(tmp_path / "peer") as peer:
        url = cups.queue("A4_desk", peer.url)
        printer = CupsPrinter(DeviceConfig("a4", "document_printer", "cups", url, options=options))
        printer.open()

        first = printer.print_document(document("通知书"), job="a4-1", cancel=threading.Event())
        again = printer.print_document(document("通知书"), job="a4-1", cancel=threading.Event())

        assert first.end is again.end is PrintEnd.CONFIRMED
        assert peer.printed() == ["通知书"]
        assert printer.health().state is DeviceState.READY


def test_a_document_for_a_stopped_queue_is_not_handed_over(cups: CupsPeer, port: EmulatorProcess) -> None:
    url = cups.queue("A4_stopped", port.url)
    cups.disable("A4_stopped")
    printer = CupsPrinter(DeviceConfig("a4", "document_printer", "cups", url))

    with pytest.raises(DeviceError) as caught:
        printer.print_document(document("x"), job="a4-2", cancel=threading.Event())

    assert (caught.value.fault, caught.value.code) == (Fault.ATTENTION, "printer_offline")
