"""Every kind's contract, on its emulator or on a real device, on peers that we did not write, and on broken devices.

``pytest tests/drivers/test_conformance.py --device id_card=serial:///dev/ttyUSB0`` takes a real device in place of the
emulator; what needs a person is then skipped (``python -m drivers conform`` asks).
"""

import json
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from drivers import catalogue
from drivers.conformance.bench import Bench, Deed
from drivers.conformance.checks import CHECKS, Check
from drivers.conformance.running import HUNG, Row, check_one, run, table
from drivers.contracts import CardRecord, Device, DeviceConfig, Frame, PrintResult, ScannedPage, ScanSettings
from drivers.emulators.process import EmulatorProcess
from drivers.errors import DeviceError, DeviceHealth, DeviceState, Fault
from tests.drivers.conftest import real_devices
from tests.drivers.ipp_peer import IppPeer
from tests.drivers.pcsc_peer import pcsc_service

Emulate = Callable[..., EmulatorProcess]
LI_MING = "510799198806120017"


@dataclass
class Stand:
    """A device to check: its settings, and somebody who does what a check asks for (None: nobody)."""

    config: DeviceConfig
    ask: Callable[[Deed], bool] | None = None

    def rows(self, create: Callable[[DeviceConfig], Device] = catalogue.create) -> dict[str, Row]:
        return {row.title: row for row in run(Bench(self.config, create, self.ask))}


def config(kind: str, driver: str, url: str, **options: str | float | bool) -> DeviceConfig:
    return DeviceConfig(kind, kind, driver, url, options=options)


class Hands:
    """Does at an emulator what a person would do at the device."""

    def __init__(self, emulate: Emulate, kind: str, *arguments: str) -> None:
        self._emulate, self._kind = emulate, kind
        self._arguments = arguments
        self.emulator = emulate(kind, *arguments)

    def __call__(self, deed: Deed) -> bool:
        does: dict[Deed, Callable[[], object]] = {
            Deed.LAY_CARD: lambda: self.emulator.put("/card", {"id_no": LI_MING}),
            Deed.TAKE_CARD: lambda: self.emulator.delete("/card"),
            Deed.SCAN_CODE: self._scan_code,
            Deed.PRESS_KEY: lambda: self.emulator.put("/key", {"grade": 4}),
            Deed.LOAD_PAGES: lambda: self.emulator.put("/feeder", {"pages": 3}),
            Deed.UNPLUG: self.emulator.kill,
            Deed.PLUG_IN: self._plug_in,
        }
        sees: dict[Deed, Callable[[], bool]] = {
            Deed.SEE_NUMBER: self._sees_number,
            Deed.HOLD_PAPER: self._holds_paper,
            Deed.HEAR_CALL: lambda: all(row["whole"] for row in json.loads(self.emulator.request("GET", "/spoken"))),
        }
        if deed in does:
            does[deed]()
            return True
        return sees[deed]()

    def _sees_number(self) -> bool:
        give_up_at = time.monotonic() + 20  # a display takes its bytes when it takes them
        while b"A017" not in self.emulator.request("GET", "/text"):
            if time.monotonic() > give_up_at:
                return False
            time.sleep(0.05)
        return True

    def _scan_code(self) -> None:
        self.emulator.put("/code", {"text": "A017-20261125"})
        time.sleep(0.3)  # as long as a code takes on its line

    def _plug_in(self) -> None:
        port = self.emulator.url.rpartition(":")[2].partition("/")[0]
        arguments = ["--port", port] if port.isdecimal() else []
        self.emulator = self._emulate(self._kind, *self._arguments, *arguments)

    def _holds_paper(self) -> bool:
        if self._kind == "printer":
            return b"TEST" in self.emulator.request("GET", "/text")
        return len(json.loads(self.emulator.request("GET", "/printed"))) == 1


def _stand(kind: str, emulate: Emulate, folder: Path) -> Stand:
    link = ("--link", str(folder / kind))
    drivers: dict[str, tuple[str, tuple[str, ...], dict[str, str | int | float | bool]]] = {
        "id_card": ("sam_v_serial", link, {}),
        "codes": ("serial", link, {}),
        "rating": ("template", link, {"template": "five_keys"}),
        "display": ("cd5220", link, {"settle": 0.0}),
        "printer": ("escpos", ("--port", "0"), {}),
        "document_printer": ("ipp", ("--port", "0"), {}),
        "scanner": ("escl", ("--port", "0"), {}),
        "camera": ("mjpeg_http", ("--port", "0"), {}),
        "voice": ("spoken", ("--port", "0", "--speed", "4"), {}),
    }
    driver, arguments, options = drivers[kind]
    hands = Hands(emulate, kind, *arguments)
    return Stand(config(kind, driver, hands.emulator.url, **options), hands)


def wrong(rows: dict[str, Row]) -> dict[str, str]:
    return {title: row.why for title, row in rows.items() if row.outcome == "failed"}


# one class a kind: the same checks on the emulator, or on the device of --device


class Contract:
    """All checks of a kind; what failed is in the message."""

    kind = ""
    may_skip: frozenset[str] = frozenset()
    """Checks that cannot be made on this kind's emulator."""

    def test_the_device_keeps_its_contract(self, emulate: Emulate, tmp_path: Path, pytestconfig: pytest.Config) -> None:
        real = real_devices(pytestconfig).get(self.kind)
        stand = Stand(real) if real else _stand(self.kind, emulate, tmp_path)
        rows = stand.rows()
        assert not wrong(rows), table(list(rows.values()))
        if real is None:
            skipped = {title for title, row in rows.items() if row.outcome == "skipped"}
            assert skipped <= self.may_skip, table(list(rows.values()))


UNPLUG = "unplugged it is absent, and comes back"
CLAIM = "a second claim is refused as occupied"


class TestCardReader(Contract):
    kind = "id_card"


class TestCodeReader(Contract):
    kind = "codes"


class TestRatingPad(Contract):
    kind = "rating"
    may_skip = frozenset({CLAIM})


class TestDisplay(Contract):
    kind = "display"
    may_skip = frozenset({CLAIM})


class TestPrinter(Contract):
    kind = "printer"
    may_skip = frozenset({CLAIM})


class TestDocumentPrinter(Contract):
    kind = "document_printer"
    may_skip = frozenset({CLAIM})


class TestScanner(Contract):
    kind = "scanner"
    may_skip = frozenset({CLAIM})


class TestCamera(Contract):
    kind = "camera"
    may_skip = frozenset({CLAIM})


class TestVoice(Contract):
    kind = "voice"
    may_skip = frozenset({CLAIM})


# peers that we did not write


def test_pcscd_with_a_virtual_reader_keeps_the_contract(monkeypatch: pytest.MonkeyPatch) -> None:
    with pcsc_service() as service, EmulatorProcess("smart_card", "--vpcd", service.vpcd, "--empty") as card:
        monkeypatch.setenv("PCSCLITE_CSOCK_NAME", service.socket)

        def ask(deed: Deed) -> bool:
            if deed is Deed.PUT_CHIP:
                card.put("/card", {"name": "测试乙"})
            elif deed is Deed.TAKE_CARD:
                card.delete("/card")
            return deed in {Deed.PUT_CHIP, Deed.TAKE_CARD}

        bench = Bench(config("smart_card", "pcsc", "pcsc://Virtual"), catalogue.create, ask)
        checks = [check for check in CHECKS["smart_card"] if check.title != UNPLUG]  # nobody pulls a virtual cable
        rows = {check.title: check_one(bench, check) for check in checks}
    assert not wrong(rows), table(list(rows.values()))
    assert rows["reads a chip"].outcome == "passed"


def test_libsanes_test_backend_keeps_the_contract(tmp_path: Path) -> None:
    (tmp_path / "dll.conf").write_text("test\n")
    shutil.copy("/etc/sane.d/test.conf", tmp_path)
    rows = Stand(config("scanner", "sane", "sane://test:0", config_dir=str(tmp_path), glass="flatbed")).rows()
    assert not wrong(rows), table(list(rows.values()))
    assert rows["scans whole pages in order"].outcome == "passed"


def test_ippeveprinter_keeps_the_contract(tmp_path: Path) -> None:
    with IppPeer(tmp_path) as peer:
        rows = Stand(config("document_printer", "ipp", peer.url)).rows()
        assert not wrong(rows), table(list(rows.values()))
        assert rows["prints a document once, asked twice"].outcome == "passed"
        assert len(list(peer.out.iterdir())) == 1


def test_a_pymodbus_server_keeps_the_contract_of_displays(tmp_path: Path) -> None:
    link = tmp_path / "bus"
    with subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("modbus_peer.py")), str(link), "1"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as server:
        try:
            assert server.stdout is not None
            assert server.stdout.readline().strip() == b"ready"
            rows = Stand(config("display", "modbus_led", f"serial://{link}?baud=9600&unit=1")).rows()
        finally:
            server.kill()
    assert not wrong(rows), table(list(rows.values()))
    assert rows["shows and clears a number"].outcome == "passed"


# devices with a planted defect: the kit must find each


class Good:
    """A device without a fault, of several kinds; its children each have one."""

    name = "device"

    def __init__(self, _config: DeviceConfig) -> None:
        self._is_open = False

    def open(self) -> None:
        self._is_open = True

    def close(self) -> None:
        self._is_open = False

    def health(self) -> DeviceHealth:
        return DeviceHealth(DeviceState.READY if self._is_open else DeviceState.OFFLINE)

    def read_card(self, *, wait: float, cancel: threading.Event) -> CardRecord:
        cancelled = cancel.wait(wait)
        raise DeviceError(self.name, Fault.CANCELLED if cancelled else Fault.TIMEOUT, "" if cancelled else "no_card")

    def next_frame(self, *, after: int, wait: float, cancel: threading.Event) -> Frame:
        if after > 1000:
            cancel.wait(wait)
            raise DeviceError(self.name, Fault.CANCELLED if cancel.is_set() else Fault.TIMEOUT)
        return Frame(JPEG, after + 1, 0.0)

    def scan(self, settings: ScanSettings, *, cancel: threading.Event) -> Iterator[ScannedPage]:
        for number in (1, 2):
            if cancel.is_set():
                raise DeviceError(self.name, Fault.CANCELLED)
            yield ScannedPage(number, JPEG, settings.dpi)

    def show(self, upper: str, lower: str) -> None:
        if len(upper) > 20:
            raise ValueError(upper)

    def clear(self) -> None:
        """Nothing to clear."""

    def print_document(self, pdf: bytes, *, job: str, cancel: threading.Event) -> PrintResult:
        raise NotImplementedError


def _jpeg() -> bytes:
    import io

    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (827, 1169), "white").save(out, "JPEG")
    return out.getvalue()


JPEG = _jpeg()


class ClosesOnce(Good):
    def close(self) -> None:
        if not self._is_open:
            raise OSError("already closed")
        super().close()


class SlowHealth(Good):
    def health(self) -> DeviceHealth:
        time.sleep(2.2)
        return super().health()


class SecretCode(Good):
    def health(self) -> DeviceHealth:
        return DeviceHealth(DeviceState.READY if self._is_open else DeviceState.OFFLINE, "error_4711")


class AlwaysReady(Good):
    def health(self) -> DeviceHealth:
        return DeviceHealth(DeviceState.READY)


class SharesItsPort(Good):
    """Two at once, and nobody is told."""


class LeaksThreads(Good):
    over = threading.Event()

    def open(self) -> None:
        super().open()
        threading.Thread(target=self.over.wait, args=(60,), daemon=True).start()


class DeafToCancel(Good):
    def read_card(self, *, wait: float, cancel: threading.Event) -> CardRecord:
        time.sleep(min(wait, 3.0))
        raise DeviceError(self.name, Fault.TIMEOUT, "no_card")


class WaitsTooLong(Good):
    def read_card(self, *, wait: float, cancel: threading.Event) -> CardRecord:
        return super().read_card(wait=wait + 4.0, cancel=cancel)


class RaisesAnything(Good):
    def read_card(self, *, wait: float, cancel: threading.Event) -> CardRecord:
        raise TimeoutError


class OldFrames(Good):
    def next_frame(self, *, after: int, wait: float, cancel: threading.Event) -> Frame:
        return Frame(JPEG, 3, 0.0)


class HalfPictures(Good):
    def next_frame(self, *, after: int, wait: float, cancel: threading.Event) -> Frame:
        return Frame(JPEG[: len(JPEG) // 2], after + 1, 0.0)


class NumbersWrongly(Good):
    def scan(self, settings: ScanSettings, *, cancel: threading.Event) -> Iterator[ScannedPage]:
        for page in super().scan(settings, cancel=cancel):
            yield ScannedPage(page.number - 1, page.jpeg, page.dpi)


class LiesAboutDots(Good):
    def scan(self, settings: ScanSettings, *, cancel: threading.Event) -> Iterator[ScannedPage]:
        for page in super().scan(settings, cancel=cancel):
            yield ScannedPage(page.number, page.jpeg, 4_800)


class TakesEverything(Good):
    def show(self, upper: str, lower: str) -> None:
        """Whatever it is."""


class NeverComesBack(Good):
    over = threading.Event()

    def clear(self) -> None:
        self.over.wait(60)


DEFECTS: tuple[tuple[str, type[Good], str], ...] = (
    ("id_card", ClosesOnce, "opens, closes, closes again"),
    ("id_card", SlowHealth, "says how it is within 2 s"),
    ("id_card", SecretCode, "says how it is within 2 s"),
    ("id_card", AlwaysReady, "closed, it is not ready"),
    ("id_card", SharesItsPort, CLAIM),
    ("id_card", LeaksThreads, "leaves no thread and no file behind"),
    ("id_card", DeafToCancel, "ends without a card in time, and when cancelled"),
    ("id_card", WaitsTooLong, "ends without a card in time, and when cancelled"),
    ("id_card", RaisesAnything, "ends without a card in time, and when cancelled"),
    ("camera", OldFrames, "gives whole pictures, newer and newer"),
    ("camera", HalfPictures, "gives whole pictures, newer and newer"),
    ("scanner", NumbersWrongly, "scans whole pages in order"),
    ("scanner", LiesAboutDots, "scans whole pages in order"),
    ("display", TakesEverything, "shows and clears a number"),
)


@pytest.mark.parametrize(("kind", "broken", "title"), DEFECTS, ids=[row[1].__name__ for row in DEFECTS])
def test_a_planted_defect_is_found(kind: str, broken: type[Good], title: str) -> None:
    (check,) = (check for check in CHECKS[kind] if check.title == title)
    stand = config(kind, "any", "serial:///dev/none")
    outcome = _only(check, stand, broken)
    assert outcome.outcome == "failed", outcome
    if broken is not SharesItsPort:  # a made-up device has no port to claim
        assert _only(check, stand, Good).outcome == "passed"


def _only(check: Check, device: DeviceConfig, create: type[Good]) -> Row:
    LeaksThreads.over = threading.Event()
    try:
        return check_one(Bench(device, create), check)
    finally:
        LeaksThreads.over.set()


def test_a_device_that_never_comes_back_is_left_behind_and_the_rest_is_skipped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from dataclasses import replace

    short = tuple(replace(check, limit=1.0) for check in CHECKS["display"])
    monkeypatch.setitem(CHECKS, "display", short)
    try:
        rows = run(Bench(config("display", "any", "socket://nowhere:1"), NeverComesBack))
    finally:
        NeverComesBack.over.set()
    outcomes = {row.title: (row.outcome, row.why) for row in rows}
    assert outcomes["shows and clears a number"][0] == "failed"
    assert outcomes["shows and clears a number"][1].startswith(HUNG)
    assert outcomes[UNPLUG] == ("skipped", "a check before did not come back")


# by hand


def _conform(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "drivers", "conform", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=110, stdin=subprocess.DEVNULL, check=False)


def test_a_maker_runs_it_alone_and_gets_a_table(emulate: Emulate, tmp_path: Path) -> None:
    url = emulate("display", "--link", str(tmp_path / "display")).url
    done = _conform("display", url, "--unattended")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "shows and clears a number" in done.stdout
    assert "0 failed" in done.stdout
    found = json.loads(_conform("display", url, "--json").stdout)
    assert found["ok"]
    assert {row["outcome"] for row in found["checks"]} == {"passed", "skipped"}


def test_a_device_that_is_not_there_fails_every_check_that_opens_it(tmp_path: Path) -> None:
    done = _conform("display", f"serial://{tmp_path}/none", "--unattended")
    assert done.returncode == 1
    assert "absent" in done.stdout
