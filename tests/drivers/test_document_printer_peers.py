"""The IPP driver against ``ippeveprinter``, a printer that we did not write: also killed at every stage."""

import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from drivers.contracts import DeviceConfig, PrintEnd
from drivers.document_printer.ipp import IppPrinter
from drivers.emulators.process import EmulatorProcess
from drivers.errors import DeviceError, DeviceState, Fault
from drivers.recognise import addresses
from tests.drivers.ipp_peer import IppPeer, document
from tests.drivers.print_ledger import identity

ROOT = Path(__file__).parents[2]
MESSAGES = 9
"""Messages to the printer for one document that goes smoothly, and a few more."""


@pytest.fixture(scope="module")
def peer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[IppPeer]:
    with IppPeer(tmp_path_factory.mktemp("peer")) as running:
        yield running


def printer_at(url: str) -> IppPrinter:
    options: dict[str, str | int | float | bool] = {"confirm_within": 20.0, "verify": False}
    return IppPrinter(DeviceConfig("a4", "document_printer", "ipp", url, options=options))


def run(ledger: Path, url: str, count: int, *stage: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "tests.drivers.print_ledger", str(ledger), url, str(count), *stage]
    return subprocess.Popen(command, cwd=ROOT)


def confirmed(ledger: Path) -> list[int]:
    with sqlite3.connect(ledger) as db:
        rows = db.execute("SELECT number FROM prints WHERE state = 'confirmed' ORDER BY number").fetchall()
    db.close()
    return [number for (number,) in rows]


def wanted(count: int) -> list[str]:
    return [identity(number) for number in range(count)]


@pytest.mark.parametrize("scheme", ["ipp", "ipps"])
def test_a_foreign_printer_prints_confirms_and_knows_its_jobs(peer: IppPeer, scheme: str) -> None:
    pdf = document(f"once by {scheme}")
    printer = printer_at(peer.url.replace("ipp://", f"{scheme}://"))

    printer.open()
    first = printer.print_document(pdf, job=f"{scheme}-1", cancel=threading.Event())
    again = printer.print_document(pdf, job=f"{scheme}-1", cancel=threading.Event())

    assert first.end is again.end is PrintEnd.CONFIRMED
    assert peer.printed().count(f"once by {scheme}") == 1
    assert printer.health().state is DeviceState.READY


def test_a_self_signed_certificate_is_not_taken_unasked(peer: IppPeer) -> None:
    url = peer.url.replace("ipp://", "ipps://")
    strict = IppPrinter(DeviceConfig("a4", "document_printer", "ipp", url))

    with pytest.raises(DeviceError) as caught:
        strict.open()

    assert (caught.value.fault, caught.value.code) == (Fault.ABSENT, "certificate")


def test_a_printer_with_a_self_signed_certificate_is_found_with_the_option_that_it_wants(peer: IppPeer) -> None:
    url = peer.url.replace("ipp://", "ipps://")
    (found,) = addresses.ask(url, threading.Event())

    assert (found.kind, found.driver, found.options) == ("document_printer", "ipp", {"verify": False})
    printer = IppPrinter(DeviceConfig("a4", found.kind, found.driver, found.url, options=found.options))
    printer.open()
    assert printer.health().state is DeviceState.READY
    printer.close()


def test_a_job_that_is_called_off_is_taken_out_of_the_printers_queue(tmp_path: Path) -> None:
    with IppPeer(tmp_path, seconds_a_document=1.5) as slow:
        cancel = threading.Event()
        threading.Timer(0.5, cancel.set).start()

        result = printer_at(slow.url).print_document(document("slow"), job="slow-1", cancel=cancel)

    assert (result.end, result.code) == (PrintEnd.UNKNOWN, "cancelled")


def test_killed_at_every_message_the_spool_holds_what_the_ledger_says_and_nothing_twice(tmp_path: Path) -> None:
    """Each run dies at one point of one document's way; the next takes up what it left."""
    points = [(stage, at) for at in range(1, MESSAGES + 1) for stage in ("before", "middle", "after")]
    ledger = tmp_path / "ledger"
    count = len(points)
    ends = []
    with IppPeer(tmp_path / "peer") as peer:
        for stage, at in points:
            died = run(ledger, peer.url, count, stage, str(at))
            ends.append(died.wait(60))
        assert ends.count(-signal.SIGKILL) >= count - 3, f"the program died at its points: {ends}"
        assert run(ledger, peer.url, count).wait(60) == 0

        assert confirmed(ledger) == list(range(count))
        assert sorted(peer.printed()) == wanted(count)


def test_killed_from_outside_at_random_moments_nothing_is_lost_or_printed_twice(tmp_path: Path) -> None:
    chance = random.Random(4)
    ledger, count, kills = tmp_path / "ledger", 60, 0
    with IppPeer(tmp_path / "peer", seconds_a_document=0.02) as peer:
        while len(confirmed(ledger) if ledger.exists() and kills else []) < count and kills < 40:
            process = run(ledger, peer.url, count)
            try:
                process.wait(0.25 + 0.4 * chance.random())
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                kills += 1
                continue
            break
        assert run(ledger, peer.url, count).wait(60) == 0

        assert kills > 3
        assert confirmed(ledger) == list(range(count))
        assert sorted(peer.printed()) == wanted(count)


def test_an_independent_client_finds_our_emulator_to_be_a_printer(
    emulate: Callable[..., EmulatorProcess], tmp_path: Path
) -> None:
    """ipptool, of CUPS, prints a document at the emulator by its own test files."""
    emulator = emulate("document_printer")
    pdf = tmp_path / "one.pdf"
    pdf.write_bytes(document("by ipptool"))

    for test in ("get-printer-attributes.test", "print-job.test", "get-completed-jobs.test"):
        ran = subprocess.run(
            ["ipptool", "-tv", "-f", str(pdf), emulator.url, test],
            check=False,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert ran.returncode == 0, ran.stdout[-2000:]
    give_up_at = time.monotonic() + 20
    while emulator.state()["printed"] != 1:
        assert time.monotonic() < give_up_at
        time.sleep(0.05)
    assert emulator.request("GET", "/document.pdf") == pdf.read_bytes()
