"""The SANE driver against peers that we did not write: libsane's ``test`` backend, and sane-airscan on our emulator.

python-sane, sane-utils and sane-airscan are part of the setup; without them these tests fail.
"""

import os
import shutil
import signal
import threading
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from drivers.contracts import DeviceConfig, ScannedPage, ScanSettings, ScanSource
from drivers.emulators.process import EmulatorProcess
from drivers.errors import DeviceError, DeviceState, Fault
from drivers.scanner.sane import SaneScanner

PICTURE = "test-picture=Color pattern"


@pytest.fixture
def tester(tmp_path: Path) -> Path:
    """A SANE_CONFIG_DIR of its own with the ``test`` backend."""
    config = tmp_path / "tester"
    config.mkdir()
    (config / "dll.conf").write_text("test\n")
    shutil.copy("/etc/sane.d/test.conf", config)
    return config


@pytest.fixture
def connect() -> Iterator[Callable[..., SaneScanner]]:
    scanners: list[SaneScanner] = []

    def connected(config: Path, name: str = "test:0", **options: Any) -> SaneScanner:
        given = {"config_dir": str(config), **options}
        scanners.append(SaneScanner(DeviceConfig("scanner", "scanner", "sane", f"sane://{name}", False, given)))
        return scanners[-1]

    yield connected
    for scanner in scanners:
        scanner.close()


def scan(scanner: SaneScanner, **settings: Any) -> list[ScannedPage]:
    return list(scanner.scan(ScanSettings(**{"dpi": 75, **settings}), cancel=threading.Event()))


def failed(scanner: SaneScanner, **settings: Any) -> DeviceError:
    with pytest.raises(DeviceError) as caught:
        scan(scanner, **settings)
    return caught.value


# ---- libsane's test backend


def test_the_scanners_are_listed(tester: Path, connect: Callable[..., SaneScanner]) -> None:
    found = connect(tester).devices()

    assert [row["name"] for row in found] == ["test:0", "test:1"]
    assert (found[0]["vendor"], found[0]["model"]) == ("Noname", "frontend-tester")


def test_the_glass_gives_one_page_of_the_asked_sharpness(tester: Path, connect: Callable[..., SaneScanner]) -> None:
    from PIL import Image

    scanner = connect(tester, set=PICTURE)
    scanner.open()

    [page] = scan(scanner, source=ScanSource.PLATEN, dpi=100)

    assert page.dpi == 100
    with Image.open(BytesIO(page.jpeg)) as picture:
        assert (picture.format, picture.mode, picture.info["dpi"]) == ("JPEG", "RGB", (100, 100))
        assert picture.size == (787, 787)  # its glass is 200 mm wide and long
        assert len(picture.getcolors(1 << 24) or []) > 8  # a page, not a plain surface


def test_the_feeder_gives_exactly_its_ten_pages_each_time(tester: Path, connect: Callable[..., SaneScanner]) -> None:
    scanner = connect(tester, set=PICTURE)

    for _ in range(2):
        assert [page.number for page in scan(scanner, colour=False)] == list(range(1, 11))
    assert scanner.health().state is DeviceState.READY


def test_paper_in_the_feeder_goes_before_the_glass(tester: Path, connect: Callable[..., SaneScanner]) -> None:
    assert len(scan(connect(tester), source=ScanSource.WHERE_IT_LIES)) == 10


@pytest.mark.parametrize(
    ("status", "fault", "code"),
    [
        ("UNSUPPORTED", Fault.REFUSED, "unsupported"),
        ("CANCELLED", Fault.CANCELLED, "cancelled"),
        ("DEVICE_BUSY", Fault.REFUSED, "busy"),
        ("INVAL", Fault.REFUSED, "unsupported"),
        ("EOF", Fault.GARBLED, "garbled"),
        ("JAMMED", Fault.ATTENTION, "jam"),
        ("NO_DOCS", Fault.ATTENTION, "no_documents"),
        ("COVER_OPEN", Fault.ATTENTION, "cover_open"),
        ("IO_ERROR", Fault.GARBLED, "garbled"),  # the scanner is there still
        ("NO_MEM", Fault.REFUSED, "refused"),
        ("ACCESS_DENIED", Fault.REFUSED, "no_access"),
    ],
)
def test_every_error_that_sane_knows_has_a_code_and_the_next_scan_works(
    tester: Path, connect: Callable[..., SaneScanner], status: str, fault: Fault, code: str
) -> None:
    scanner = connect(tester, set=f"read-return-value=SANE_STATUS_{status}")
    scanner.open()

    error = failed(scanner, source=ScanSource.PLATEN)

    assert (error.fault, error.code) == (fault, code)
    assert scanner.health().state is DeviceState.READY
    other = connect(tester, "test:1")
    assert len(scan(other, source=ScanSource.PLATEN)) == 1


def test_a_slow_device_is_given_up_at_its_deadline_and_its_helper_replaced(
    tester: Path, connect: Callable[..., SaneScanner]
) -> None:
    slow = "read-delay=1;read-delay-duration=200000"
    scanner = connect(tester, page_within=0.5, set=f"{PICTURE};{slow}")
    scanner.open()
    before = helper_of(scanner)

    assert failed(scanner, source=ScanSource.PLATEN).fault is Fault.TIMEOUT

    assert not is_running(before)
    assert (scanner.health().state, scanner.health().code) == (DeviceState.OFFLINE, "absent")
    scanner.open()
    assert helper_of(scanner) not in {0, before}


def test_a_helper_that_is_frozen_is_noticed_by_its_health_and_replaced(
    tester: Path, connect: Callable[..., SaneScanner]
) -> None:
    scanner = connect(tester)
    scanner.open()
    frozen = helper_of(scanner)
    os.kill(frozen, signal.SIGSTOP)

    assert (scanner.health().state, scanner.health().code) == (DeviceState.OFFLINE, "absent")

    assert not is_running(frozen)
    scanner.open()
    assert scanner.health().state is DeviceState.READY
    assert len(scan(scanner)) == 10


def test_a_helper_that_crashes_is_an_absent_scanner_and_the_next_scan_works(
    tester: Path, connect: Callable[..., SaneScanner]
) -> None:
    scanner = connect(tester, set=f"{PICTURE};read-delay=1;read-delay-duration=100000")
    feed = scanner.scan(ScanSettings(dpi=75), cancel=threading.Event())
    assert next(feed).number == 1
    helper = helper_of(scanner)
    os.kill(helper, signal.SIGSEGV)

    with pytest.raises(DeviceError) as caught:
        list(feed)

    assert caught.value.fault is Fault.ABSENT

    again = connect(tester)
    assert len(scan(again, source=ScanSource.PLATEN)) == 1
    scanner.open()
    assert helper_of(scanner) not in {0, helper}


def test_a_cancel_in_the_middle_gives_no_short_page(tester: Path, connect: Callable[..., SaneScanner]) -> None:
    scanner = connect(tester, set=f"{PICTURE};read-delay=1;read-delay-duration=100000")
    scanner.open()
    cancel = threading.Event()
    pages: list[ScannedPage] = []
    threading.Timer(0.3, cancel.set).start()

    with pytest.raises(DeviceError) as caught:
        pages.extend(scanner.scan(ScanSettings(source=ScanSource.PLATEN, dpi=75), cancel=cancel))

    assert (pages, caught.value.fault) == ([], Fault.CANCELLED)
    assert len(scan(scanner, source=ScanSource.PLATEN)) == 1  # with the same helper, or with another when it hung


def test_a_scan_that_is_dropped_after_a_page_leaves_the_scanner_usable(
    tester: Path, connect: Callable[..., SaneScanner]
) -> None:
    scanner = connect(tester)
    feed = scanner.scan(ScanSettings(dpi=75), cancel=threading.Event())
    next(feed)
    feed.close()  # type: ignore[attr-defined]

    assert len(scan(scanner)) == 10


@pytest.mark.parametrize(("name", "fault"), [("test:9", Fault.ABSENT), ("nothing:at all", Fault.ABSENT)])
def test_a_name_that_no_backend_knows_is_absent(
    tester: Path, connect: Callable[..., SaneScanner], name: str, fault: Fault
) -> None:
    with pytest.raises(DeviceError) as caught:
        connect(tester, name).open()

    assert caught.value.fault is fault


def test_an_option_that_the_backend_has_not_is_refused(tester: Path, connect: Callable[..., SaneScanner]) -> None:
    error = failed(connect(tester, set="no-such-thing=1"), source=ScanSource.PLATEN)

    assert (error.fault, error.code) == (Fault.REFUSED, "unsupported")


def test_what_the_scanner_lacks_is_refused(tester: Path, connect: Callable[..., SaneScanner]) -> None:
    assert failed(connect(tester), duplex=True).code == "unsupported"


def helper_of(scanner: SaneScanner) -> int:
    return scanner.helper_pid


def is_running(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").exists() and " Z " not in Path(f"/proc/{pid}/stat").read_text()


# ---- sane-airscan on our own eSCL emulator: two layers that we did not write in between


@pytest.fixture
def air(emulate: Callable[..., EmulatorProcess], tmp_path: Path) -> tuple[EmulatorProcess, Path]:
    emulator = emulate("scanner", "--pages", "3")
    config = tmp_path / "air"
    config.mkdir()
    (config / "dll.conf").write_text("airscan\n")
    (config / "airscan.conf").write_text(f'[devices]\n"Desk" = {emulator.url}\n[options]\ndiscovery = disable\n')
    return emulator, config


AIR = "airscan:e0:Desk"


def test_airscan_gives_feeder_glass_and_both_sides(
    air: tuple[EmulatorProcess, Path], connect: Callable[..., SaneScanner]
) -> None:
    emulator, config = air
    scanner = connect(config, AIR)
    scanner.open()

    assert scanner.health().facts["duplex"] == "yes"
    assert [page.number for page in scan(scanner, dpi=100)] == [1, 2, 3]
    assert len(scan(scanner, dpi=100, source=ScanSource.PLATEN)) == 1
    emulator.put("/feeder", {"pages": 2})
    assert len(scan(scanner, dpi=100, duplex=True)) == 4
    assert str(emulator.state()["asked"]).startswith("Feeder both sides RGB24")


@pytest.mark.parametrize(
    ("switch", "code", "pages"),
    [
        ("jam_after:1", "jam", 1),
        ("door_open", "cover_open", 0),
        ("no_documents", "no_documents", 0),
        ("garbled", "garbled", 0),
    ],
)
def test_airscan_passes_the_faults_on(
    air: tuple[EmulatorProcess, Path], connect: Callable[..., SaneScanner], switch: str, code: str, pages: int
) -> None:
    emulator, config = air
    scanner = connect(config, AIR)
    scanner.open()
    emulator.set_fault(switch)
    came: list[ScannedPage] = []

    with pytest.raises(DeviceError) as caught:
        came.extend(scanner.scan(ScanSettings(dpi=100), cancel=threading.Event()))

    assert (caught.value.code, len(came)) == (code, pages)
    emulator.set_fault(None)
    emulator.put("/feeder", {"pages": 2})
    assert len(scan(scanner, dpi=100)) == 2


def test_a_cancel_through_airscan_deletes_the_job_and_the_next_scan_begins_anew(
    air: tuple[EmulatorProcess, Path], connect: Callable[..., SaneScanner]
) -> None:
    emulator, config = air
    scanner = connect(config, AIR)
    scanner.open()
    emulator.set_fault("holds_after:1")
    cancel = threading.Event()

    def stop_when_held() -> None:
        while not emulator.state()["held"]:
            cancel.wait(0.02)
        cancel.set()

    watcher = threading.Thread(target=stop_when_held)
    watcher.start()
    with pytest.raises(DeviceError) as caught:
        list(scanner.scan(ScanSettings(dpi=100), cancel=cancel))
    watcher.join()

    assert caught.value.fault is Fault.CANCELLED
    scanner.close()
    scanner.open()
    emulator.set_fault(None)
    emulator.delete("/jobs")
    emulator.put("/feeder", {"pages": 2})
    assert len(scan(scanner, dpi=100)) == 2


def test_a_scanner_that_is_pulled_out_behind_airscan_is_absent(
    air: tuple[EmulatorProcess, Path], connect: Callable[..., SaneScanner]
) -> None:
    emulator, config = air
    scanner = connect(config, AIR)
    scanner.open()
    emulator.kill()

    assert failed(scanner, dpi=100).fault in {Fault.ABSENT, Fault.GARBLED}
    scanner.close()
    with pytest.raises(DeviceError):
        scan(scanner, dpi=100)
