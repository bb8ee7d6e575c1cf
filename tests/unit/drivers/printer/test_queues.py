"""The Windows spooler on recorded calls; CUPS itself is met in tests/drivers/test_printer_queues.py."""

import socket
from pathlib import Path
from threading import Thread

import pytest

from drivers.contracts import DeviceConfig, PrinterStatus
from drivers.errors import DeviceError, Fault
from drivers.printer.queues import CupsQueue, Fate, WindowsQueue, open_queue
from tests.unit.drivers.printer.recorded_spooler import RecordedSpooler

CONFIG = DeviceConfig("printer", "printer", "escpos_queue", "windows://Receipt%20printer")


def test_a_job_is_one_raw_document_and_one_page() -> None:
    spooler = RecordedSpooler()
    queue = WindowsQueue(CONFIG, spooler)

    assert queue.submit(b"\x1b@abc", "receipt") == 7
    queue.close()
    queue.close()

    assert spooler.written == b"\x1b@abc"
    assert spooler.titles == ["receipt"]
    assert spooler.calls == [
        *("OpenPrinter", "StartDocPrinter", "StartPagePrinter", "WritePrinter", "EndPagePrinter", "EndDocPrinter"),
        "ClosePrinter",
    ], "opened once, closed once"


@pytest.mark.parametrize("where", ["StartPagePrinter", "WritePrinter", "EndDocPrinter"])
def test_a_job_that_breaks_off_is_deleted_again(where: str) -> None:
    spooler = RecordedSpooler(**{where: [-1722]})

    with pytest.raises(DeviceError) as caught:
        WindowsQueue(CONFIG, spooler).submit(b"abc", "receipt")

    assert caught.value.fault is Fault.ABSENT
    assert "DeleteJob" in spooler.calls


def test_a_job_of_which_not_everything_was_taken_is_deleted_again() -> None:
    spooler = RecordedSpooler(WritePrinter=[2])

    with pytest.raises(DeviceError):
        WindowsQueue(CONFIG, spooler).submit(b"abc", "receipt")

    assert "DeleteJob" in spooler.calls


@pytest.mark.parametrize(("number", "fault", "code"), [(1801, Fault.ABSENT, "absent"), (5, Fault.REFUSED, "no_access")])
def test_a_printer_that_cannot_be_opened(number: int, fault: Fault, code: str) -> None:
    with pytest.raises(DeviceError) as caught:
        WindowsQueue(CONFIG, RecordedSpooler(OpenPrinter=[-number])).status()

    assert (caught.value.fault, caught.value.code) == (fault, code)


@pytest.mark.parametrize(
    ("bits", "status"),
    [
        (0, PrinterStatus(online=None, paper="unknown")),
        (0x10, PrinterStatus(online=None, paper="out")),
        (0x80, PrinterStatus(online=False, paper="unknown")),
        (0x400000, PrinterStatus(online=None, paper="unknown", cover_open=True)),
        (0x8, PrinterStatus(online=None, paper="unknown", error=True)),
    ],
)
def test_the_spoolers_bits_say_what_stops_it_and_nothing_is_unknown(bits: int, status: PrinterStatus) -> None:
    assert WindowsQueue(CONFIG, RecordedSpooler(GetPrinter=[bits])).status() == status


@pytest.mark.parametrize(
    ("answer", "fate"),
    [
        (0, Fate.WAITING),
        (0x8, Fate.WAITING),
        (0x10, Fate.PRINTING),
        (0x80, Fate.DONE),
        (-87, Fate.DONE),
        (0x42, Fate.FAILED),
    ],
)
def test_what_became_of_a_job(answer: int, fate: Fate) -> None:
    assert WindowsQueue(CONFIG, RecordedSpooler(GetJob=[answer])).fate(7) is fate


@pytest.mark.parametrize(
    ("answers", "fate"),
    [
        pytest.param({"GetJob": [0x1, -87]}, Fate.WAITING, id="held before it began, and gone when it was deleted"),
        pytest.param({"GetJob": [0x1, 0x5]}, Fate.WAITING, id="held, and being deleted"),
        pytest.param({"GetJob": [0x1, 0x15]}, Fate.FORGOTTEN, id="held too late: it prints while it is deleted"),
        pytest.param({"GetJob": [0x11]}, Fate.PRINTING, id="it had begun"),
        pytest.param({"GetJob": [0x3]}, Fate.PRINTING, id="it stopped in the middle"),
        pytest.param({"PauseJob": [-87]}, Fate.DONE, id="finished before it was held"),
        pytest.param({"GetJob": [-87]}, Fate.DONE, id="finished while it was held"),
        pytest.param({"GetJob": [0x80]}, Fate.DONE, id="printed, and kept by the printer"),
        pytest.param({"PauseJob": [-5], "GetJob": [0], "DeleteJob": [-87]}, Fate.DONE, id="finished behind the look"),
        pytest.param({"PauseJob": [-5], "GetJob": [0, -87]}, Fate.FORGOTTEN, id="not held: printed or deleted"),
        pytest.param({"GetJob": [0x1], "DeleteJob": [-87]}, Fate.FORGOTTEN, id="held, and somebody else deleted it"),
        pytest.param({"GetJob": [0x1], "DeleteJob": [-5]}, Fate.FORGOTTEN, id="it may not be deleted"),
        pytest.param({"GetJob": [-1722]}, Fate.FORGOTTEN, id="no answer how far it is"),
        pytest.param({"OpenPrinter": [-1722]}, Fate.FORGOTTEN, id="no spooler"),
    ],
)
def test_a_job_that_is_taken_back_tells_the_truth(answers: dict[str, list[int]], fate: Fate) -> None:
    assert WindowsQueue(CONFIG, RecordedSpooler(**answers)).take_back(7) is fate


def test_a_job_is_held_before_it_is_looked_at_and_deleted() -> None:
    spooler = RecordedSpooler(GetJob=[0x1, -87])

    WindowsQueue(CONFIG, spooler).take_back(7)

    assert spooler.calls == ["OpenPrinter", "PauseJob", "GetJob", "DeleteJob", "GetJob"]


@pytest.mark.parametrize("url", ["windows://Receipt", "socket://h:1", "cups://", "cups:///x"])
def test_other_ways_and_other_systems_are_refused(url: str) -> None:
    with pytest.raises(DeviceError) as caught:
        open_queue(DeviceConfig("printer", "printer", "escpos_queue", url)).status()

    assert (caught.value.fault, caught.value.code) == (Fault.REFUSED, "unsupported")


@pytest.mark.parametrize(("at", "fault"), [(0, Fault.ABSENT), (0x10, Fault.TIMEOUT), (-87, Fault.TIMEOUT)])
def test_a_job_that_broke_off_while_it_was_printed_may_be_on_paper(at: int, fault: Fault) -> None:
    with pytest.raises(DeviceError) as caught:
        WindowsQueue(CONFIG, RecordedSpooler(EndDocPrinter=[-1722], GetJob=[at])).submit(b"abc", "receipt")

    assert caught.value.fault is fault


def test_a_queue_whose_line_breaks_behind_the_question_may_have_the_job(tmp_path: Path) -> None:
    place = tmp_path / "cups.sock"
    took = bytearray()

    def serve(listener: socket.socket) -> None:
        for _ in range(2):  # the first one only looks whether somebody is there
            one, _ = listener.accept()
            with one:
                while not took.endswith(b"0\r\n\r\n") and (piece := one.recv(65536)):
                    took.extend(piece)

    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(place))
        listener.listen()
        server = Thread(target=serve, args=(listener,), daemon=True)
        server.start()
        queue = CupsQueue(DeviceConfig("printer", "printer", "escpos_queue", f"cups://Q?socket={place}"))
        with pytest.raises(DeviceError) as caught:
            queue.submit(b"a whole receipt", "receipt")
        server.join(10)

    assert b"a whole receipt" in took
    assert caught.value.fault is Fault.TIMEOUT, "absent would mean that nothing was handed over"
