"""The code scanner's driver against the emulator: programs of their own, a pty and a TCP port, every fault switch."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread

import pytest

from drivers import catalogue
from drivers.codes.driver import SerialCodeReader
from drivers.contracts import DeviceConfig, ScannedCode
from drivers.emulators.codes import WRONG_CODE, picture
from drivers.emulators.process import EmulatorProcess
from drivers.errors import DeviceError, DeviceState, Fault

Emulate = Callable[..., EmulatorProcess]


class Watched(SerialCodeReader):
    """The driver; tells when it listens, so that a test pulls the trigger after that."""

    listens = Event()

    def _receive(self, wait: float) -> None:
        self.listens.set()
        super()._receive(wait)


def scanner_at(url: str, **options: str | int | bool) -> Watched:
    return Watched(DeviceConfig("gun", "codes", "serial", url, options=dict(options)))


class Asking:
    """A question for a code, in a thread; ``result`` is the code or the error."""

    def __init__(self, scanner: Watched, wait: float = 20.0) -> None:
        self.cancel = Event()
        self._results: list[ScannedCode | DeviceError] = []
        scanner.listens = Event()
        self._thread = Thread(target=self._ask, args=(scanner, wait))
        self._thread.start()
        assert scanner.listens.wait(20)

    def _ask(self, scanner: Watched, wait: float) -> None:
        try:
            self._results.append(scanner.next_code(wait=wait, cancel=self.cancel))
        except DeviceError as error:
            self._results.append(error)

    @property
    def code(self) -> ScannedCode:
        self._thread.join(30)
        result = self._results[0]
        assert isinstance(result, ScannedCode), result
        return result

    @property
    def error(self) -> DeviceError:
        self._thread.join(30)
        result = self._results[0]
        assert isinstance(result, DeviceError), result
        return result


@pytest.fixture(params=["pty", "tcp"])
def emulator(request: pytest.FixtureRequest, emulate: Emulate, tmp_path: Path) -> EmulatorProcess:
    return emulate("codes", *(("--tcp",) if request.param == "tcp" else ("--link", str(tmp_path / "gun"))))


@pytest.fixture
def scanner(emulator: EmulatorProcess) -> Iterator[Watched]:
    made = scanner_at(emulator.url)
    made.open()
    connected(emulator)
    yield made
    made.close()


def connected(emulator: EmulatorProcess) -> None:
    """Wait until a TCP emulator has us among its listeners."""
    until = time.monotonic() + 20
    while emulator.url.startswith("socket") and not emulator.state()["listeners"]:
        assert time.monotonic() < until


def test_a_code_that_is_scanned_while_somebody_asks_is_read(emulator: EmulatorProcess, scanner: Watched) -> None:
    asking = Asking(scanner)
    emulator.put("/code", {"text": "受理号 510799202611240001"})
    assert asking.code.text == "受理号 510799202611240001"
    assert scanner.health().state is DeviceState.READY


def test_the_settings_name_it_serial() -> None:
    config = DeviceConfig("gun", "codes", "serial", "serial:///dev/ttyACM0")
    assert isinstance(catalogue.create(config), SerialCodeReader)


def test_a_code_in_gb18030_and_one_of_three_thousand_bytes_are_read(
    emulator: EmulatorProcess, scanner: Watched
) -> None:
    asking = Asking(scanner)
    emulator.put("/code", {"text": "营业执照", "encoding": "gb18030"})
    assert asking.code.text == "营业执照"
    asking = Asking(scanner)
    emulator.put("/code", {"text": "9" * 2953})
    assert len(asking.code.text) == 2953


def test_a_code_that_was_scanned_before_anybody_asked_does_not_fill_the_next_form(
    emulator: EmulatorProcess, scanner: Watched
) -> None:
    emulator.put("/code", {"text": "EARLY"})
    asking = Asking(scanner)
    emulator.put("/code", {"text": "C017"})
    assert asking.code.text == "C017"


@pytest.mark.parametrize("ending", ["cr", "lf", "crlf", "none"])
def test_every_ending_works(emulate: Emulate, tmp_path: Path, ending: str) -> None:
    emulator = emulate("codes", "--link", str(tmp_path / "gun"), "--ending", ending, "--prefix", "<", "--suffix", ">")
    scanner = scanner_at(emulator.url, ending=ending, prefix="<", suffix=">", strip_aim=True)
    scanner.open()
    try:
        asking = Asking(scanner)
        emulator.put("/code", {"text": "C017", "aim": "]C0"})
        assert asking.code.text == "C017"
    finally:
        scanner.close()


def test_a_silent_scanner_is_told_as_no_code(emulator: EmulatorProcess, scanner: Watched) -> None:
    emulator.set_fault("silent")
    asking = Asking(scanner, wait=0.5)
    emulator.put("/code", {"text": "C017"})
    assert (asking.error.fault, asking.error.code) == (Fault.TIMEOUT, "no_code")


@pytest.mark.parametrize("fault", ["garbled", "partial"])
def test_a_damaged_code_is_told_as_garbled_and_the_next_one_is_read(
    emulator: EmulatorProcess, scanner: Watched, fault: str
) -> None:
    emulator.set_fault(fault, times=1)
    asking = Asking(scanner)
    emulator.put("/code", {"text": "510799202611240001"})
    assert (asking.error.fault, asking.error.code) == (Fault.GARBLED, "garbled")
    asking = Asking(scanner)
    emulator.put("/code", {"text": "C017"})
    assert asking.code.text == "C017"


def test_a_slow_scanner_is_waited_for(emulator: EmulatorProcess, scanner: Watched) -> None:
    emulator.set_fault("slow")
    asking = Asking(scanner)
    emulator.put("/code", {"text": "510799202611240001"})
    assert asking.code.text == "510799202611240001"


def test_a_wrong_code_is_a_code(emulator: EmulatorProcess, scanner: Watched) -> None:
    emulator.set_fault("wrong", times=1)
    asking = Asking(scanner)
    emulator.put("/code", {"text": "C017"})
    assert asking.code.text == WRONG_CODE


def test_a_scanner_that_sends_everything_twice_counts_once_with_the_option(emulate: Emulate) -> None:
    emulator = emulate("codes", "--tcp", "--fault", "twice")
    scanner = scanner_at(emulator.url, same_within_ms=500)
    scanner.open()
    try:
        connected(emulator)
        asking = Asking(scanner)
        emulator.put("/code", {"text": "C017"})
        assert asking.code.text == "C017"
        with pytest.raises(DeviceError) as caught:
            scanner.next_code(wait=0.2, cancel=Event())
        assert caught.value.code == "no_code"
    finally:
        scanner.close()


def test_a_pulled_plug_is_absence_and_after_plugging_in_it_opens_again(emulate: Emulate, tmp_path: Path) -> None:
    link = tmp_path / "gun"
    first = emulate("codes", "--link", str(link))
    scanner = scanner_at(first.url)
    scanner.open()
    try:
        asking = Asking(scanner)
        first.kill()
        assert asking.error.fault is Fault.ABSENT
        link.unlink(missing_ok=True)
        with pytest.raises(DeviceError) as caught:
            scanner.open()
        assert caught.value.fault is Fault.ABSENT
        second = emulate("codes", "--link", str(link))
        scanner.open()
        asking = Asking(scanner)
        second.put("/code", {"text": "C018"})
        assert asking.code.text == "C018"
    finally:
        scanner.close()


def test_a_port_that_another_program_holds_is_occupied(emulate: Emulate, tmp_path: Path) -> None:
    emulator = emulate("codes", "--link", str(tmp_path / "gun"))
    scanner, other = scanner_at(emulator.url), scanner_at(emulator.url)
    scanner.open()
    try:
        with pytest.raises(DeviceError) as caught:
            other.open()
        assert caught.value.fault is Fault.OCCUPIED
    finally:
        scanner.close()


def test_the_emulator_draws_what_it_read_and_refuses_nothing_to_read(emulator: EmulatorProcess) -> None:
    drawn = picture("C017")
    assert len(drawn.splitlines()) > 10
    assert picture("x" * 5000) == ""
    with pytest.raises(ValueError, match="422"):
        emulator.put("/code", {"text": ""})
