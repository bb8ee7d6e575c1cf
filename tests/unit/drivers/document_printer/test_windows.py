"""Documents through the Windows spooler, on recorded calls."""

import os
import tempfile
from pathlib import Path
from threading import Event

import pytest

from drivers.contracts import DeviceConfig, PrintEnd
from drivers.document_printer.windows import WindowsDocumentPrinter
from drivers.errors import DeviceError, DeviceState, Fault
from tests.unit.drivers.printer.recorded_spooler import Error, RecordedSpooler

PDF = b"%PDF-1.4 notice"
JOB = "notice-1-0"
WAITS = [{"JobId": 9, "pDocument": f"{JOB}.pdf - a viewer"}]


class Shell:
    """Prints a file by the shell; keeps what it was given."""

    def __init__(self) -> None:
        self.printed: list[tuple[str, str, bytes]] = []

    def __call__(self, path: str, printer: str) -> None:
        self.printed.append((Path(path).name, printer, Path(path).read_bytes()))


def printer_on(spooler: RecordedSpooler, shell: Shell | None = None, **options: str | float) -> WindowsDocumentPrinter:
    options = {"confirm_within": 0.4, **options}
    config = DeviceConfig("a4", "document_printer", "windows", "windows://HP%20LaserJet", options=dict(options))
    return WindowsDocumentPrinter(config, spooler, shell or Shell())


def test_a_file_named_by_the_job_is_printed_by_the_program_for_pdf_and_sent_when_the_spooler_is_done_with_it() -> None:
    shell = Shell()
    printer = printer_on(RecordedSpooler(EnumJobs=[[], [], WAITS], GetJob=[0, 0x10, -87]), shell)

    result = printer.print_document(PDF, job=JOB, cancel=Event())
    [(name, where, data)] = shell.printed
    printer.close()

    assert result.end is PrintEnd.SENT
    assert (name, where, data) == (f"{JOB}.pdf", "HP LaserJet", PDF)


def test_a_job_that_waits_in_the_spooler_is_waited_for_and_not_printed_again() -> None:
    shell = Shell()

    result = printer_on(RecordedSpooler(EnumJobs=[WAITS], GetJob=[0x10, 0x80]), shell).print_document(
        PDF, job=JOB, cancel=Event()
    )

    assert result.end is PrintEnd.SENT
    assert shell.printed == []


def test_a_printer_that_understands_pdf_gets_it_raw() -> None:
    spooler = RecordedSpooler(EnumJobs=[[]], GetJob=[0x80])

    result = printer_on(spooler, how="raw").print_document(PDF, job=JOB, cancel=Event())

    assert result.end is PrintEnd.SENT
    assert (spooler.written, spooler.titles) == (PDF, [JOB])


def test_a_job_that_was_never_seen_may_be_on_paper() -> None:
    printer = printer_on(RecordedSpooler(EnumJobs=[[]]))

    result = printer.print_document(PDF, job=JOB, cancel=Event())
    printer.close()

    assert (result.end, result.code) == (PrintEnd.UNKNOWN, "job_lost")


def test_a_job_that_does_not_begin_is_taken_back() -> None:
    spooler = RecordedSpooler(EnumJobs=[WAITS], GetJob=[0])

    with pytest.raises(DeviceError) as caught:
        printer_on(spooler).print_document(PDF, job=JOB, cancel=Event())

    assert caught.value.code == "printer_offline"
    assert "DeleteJob" in spooler.calls


def test_a_job_that_went_to_the_printer_just_before_it_was_taken_back_is_sent() -> None:
    spooler = RecordedSpooler(EnumJobs=[WAITS], GetJob=[0], PauseJob=[-87])

    assert printer_on(spooler).print_document(PDF, job=JOB, cancel=Event()).end is PrintEnd.SENT


@pytest.mark.parametrize(("bits", "code"), [(0x10, "paper_out"), (0x400000, "cover_open"), (0x80, "printer_offline")])
def test_a_printer_that_cannot_print_gets_nothing(bits: int, code: str) -> None:
    shell = Shell()
    printer = printer_on(RecordedSpooler(EnumJobs=[[]], GetPrinter=[bits]), shell)

    with pytest.raises(DeviceError) as caught:
        printer.print_document(PDF, job=JOB, cancel=Event())

    assert (caught.value.fault, caught.value.code) == (Fault.ATTENTION, code)
    assert printer.health().state is DeviceState.FAULT
    assert shell.printed == []


def test_without_a_program_for_pdf_it_is_refused() -> None:
    def nobody(path: str, printer: str) -> None:
        raise Error(31, "ShellExecute", "no association")

    config = DeviceConfig("a4", "document_printer", "windows", "windows://HP")
    printer = WindowsDocumentPrinter(config, RecordedSpooler(EnumJobs=[[]]), nobody)

    with pytest.raises(DeviceError) as caught:
        printer.print_document(PDF, job=JOB, cancel=Event())
    printer.close()

    assert (caught.value.fault, caught.value.code) == (Fault.REFUSED, "unsupported")


def test_a_printer_that_is_gone_is_offline_and_other_ways_to_print_are_unknown() -> None:
    assert printer_on(RecordedSpooler(OpenPrinter=[-1801])).health().state is DeviceState.OFFLINE
    with pytest.raises(DeviceError):
        printer_on(RecordedSpooler(), how="fax")


def test_a_spooler_that_stops_answering_behind_the_file_may_have_the_job() -> None:
    printer = printer_on(RecordedSpooler(EnumJobs=[[], -1722]))

    result = printer.print_document(PDF, job=JOB, cancel=Event())
    printer.close()

    assert (result.end, result.code) == (PrintEnd.UNKNOWN, "job_lost"), "an error would mean that nothing went out"


def test_a_raw_job_that_broke_off_while_it_was_printed_is_unknown() -> None:
    spooler = RecordedSpooler(EnumJobs=[[]], EndDocPrinter=[-1722], GetJob=[0x10])

    assert printer_on(spooler, how="raw").print_document(PDF, job=JOB, cancel=Event()).end is PrintEnd.UNKNOWN


def test_the_file_goes_when_it_was_printed_and_what_a_killed_program_left_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    folder = tmp_path / "window-client-prints"
    printer = printer_on(RecordedSpooler(EnumJobs=[[], WAITS], GetJob=[0x80]))
    assert printer.print_document(PDF, job=JOB, cancel=Event()).end is PrintEnd.SENT
    assert list(folder.iterdir()) == []

    (folder / "left.pdf").write_bytes(PDF)
    (folder / "fresh.pdf").write_bytes(PDF)
    os.utime(folder / "left.pdf", (0, 0))
    printer.open()
    printer.close()

    assert [file.name for file in folder.iterdir()] == ["fresh.pdf"]
