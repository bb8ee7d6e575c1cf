"""The scanner's driver against the emulator, as programs over real ports, with every fault."""

import json
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest

from drivers.contracts import DeviceConfig, ScannedPage, ScanSettings, ScanSource
from drivers.errors import DeviceError, DeviceState, Fault
from drivers.scanner.escl import EsclScanner


class Emulator:
    """The emulator program, with its admin port."""

    def __init__(self, *arguments: str) -> None:
        command = [sys.executable, "-m", "drivers.emulators.scanner", *arguments]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self.process.stdout is not None
        first = json.loads(self.process.stdout.readline())
        self.url, self._admin = first["url"], first["admin"]

    def ask(self, method: str, path: str, body: object = None) -> bytes:
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._admin + path, data=data, method=method)  # noqa: S310 - our own address
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            return bytes(answer.read())

    def fault(self, name: str, times: int | None = None) -> None:
        self.ask("PUT", "/fault", {"name": name, "times": times})

    def state(self) -> dict[str, Any]:
        return dict(json.loads(self.ask("GET", "/state")))

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


@pytest.fixture(scope="module")
def shared() -> Iterator[list[Emulator]]:
    """One emulator for the tests that want nothing special of it; the last one, should a test have ended another."""
    running: list[Emulator] = []
    yield running
    for emulator in running:
        if emulator.process.poll() is None:
            emulator.end()


@pytest.fixture
def emulator(shared: list[Emulator]) -> Emulator:
    if not shared or shared[-1].process.poll() is not None:
        shared.append(Emulator())
    shared[-1].ask("PUT", "/reset")
    return shared[-1]


@pytest.fixture
def connect() -> Iterator[Callable[..., EsclScanner]]:
    scanners: list[EsclScanner] = []

    def connected(url: str, **options: str | float | bool) -> EsclScanner:
        options = {"retry_pause": 0.05, **options}
        scanners.append(EsclScanner(DeviceConfig("scanner", "scanner", "escl", url, True, dict(options))))
        return scanners[-1]

    yield connected
    for scanner in scanners:
        scanner.close()


@pytest.fixture
def scanner(emulator: Emulator, connect: Callable[..., EsclScanner]) -> EsclScanner:
    scanner = connect(emulator.url)
    scanner.open()
    return scanner


def scan(scanner: EsclScanner, **settings: Any) -> list[ScannedPage]:
    return list(scanner.scan(ScanSettings(**{"dpi": 100, **settings}), cancel=threading.Event()))


def partly_scanned(scanner: EsclScanner) -> tuple[list[ScannedPage], DeviceError]:
    pages: list[ScannedPage] = []
    feed = scanner.scan(ScanSettings(dpi=100), cancel=threading.Event())
    with pytest.raises(DeviceError) as caught:
        pages.extend(feed)  # what came before the error stays
    return pages, caught.value


def test_all_pages_in_the_feeder_come_one_by_one(scanner: EsclScanner, emulator: Emulator) -> None:
    from PIL import Image

    pages = scan(scanner)

    assert [(page.number, page.dpi) for page in pages] == [(1, 100), (2, 100), (3, 100)]
    with Image.open(BytesIO(pages[0].jpeg)) as picture:
        assert (picture.format, picture.size, picture.mode) == ("JPEG", (826, 1169), "RGB")
    assert emulator.state()["pages"] == 0
    assert set(emulator.state()["jobs"].values()) == {"Completed"}


def test_a_page_put_into_the_feeder_comes_out_untouched(scanner: EsclScanner, emulator: Emulator) -> None:
    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (300, 400), (10, 120, 60)).save(out, "JPEG", dpi=(100, 100))
    emulator.ask("DELETE", "/feeder")
    emulator.ask("PUT", "/page", out.getvalue())

    [page] = scan(scanner)

    assert page.jpeg == out.getvalue()


def test_both_sides_and_grey(scanner: EsclScanner, emulator: Emulator) -> None:
    from PIL import Image

    emulator.ask("PUT", "/feeder", {"pages": 2})

    pages = scan(scanner, duplex=True, colour=False)

    assert len(pages) == 4
    with Image.open(BytesIO(pages[1].jpeg)) as picture:
        assert picture.mode == "L"


def test_the_glass_gives_one_page_and_lets_the_scanner_go(scanner: EsclScanner, emulator: Emulator) -> None:
    assert len(scan(scanner, source=ScanSource.PLATEN)) == 1
    assert len(scan(scanner, source=ScanSource.PLATEN)) == 1
    assert emulator.state()["pages"] == 3


def test_an_unusual_resolution_becomes_the_next_that_the_scanner_has(scanner: EsclScanner) -> None:
    assert scan(scanner, dpi=120)[0].dpi == 150


def test_a_jam_keeps_the_pages_before_it(scanner: EsclScanner, emulator: Emulator) -> None:
    emulator.fault("jam_after:2")

    pages, error = partly_scanned(scanner)

    assert len(pages) == 2
    assert (error.fault, error.code) == (Fault.ATTENTION, "jam")
    assert scanner.health().code == "jam"
    emulator.ask("DELETE", "/fault")
    assert len(scan(scanner)) == 1


def test_an_open_cover_blocks_the_feeder_and_not_the_glass(scanner: EsclScanner, emulator: Emulator) -> None:
    emulator.fault("door_open")

    _, error = partly_scanned(scanner)

    assert (error.fault, error.code) == (Fault.ATTENTION, "cover_open")
    assert (scanner.health().state, scanner.health().code) == (DeviceState.FAULT, "cover_open")
    assert len(scan(scanner, source=ScanSource.PLATEN)) == 1


@pytest.mark.parametrize("way", ["refused at once", "accepted, then no page"])
def test_an_empty_feeder(scanner: EsclScanner, emulator: Emulator, way: str) -> None:
    if way == "refused at once":
        emulator.ask("DELETE", "/feeder")
    else:
        emulator.fault("no_documents")

    _, error = partly_scanned(scanner)

    assert (error.fault, error.code) == (Fault.ATTENTION, "no_documents")
    assert (scanner.health().state, scanner.health().facts["feeder"]) == (DeviceState.READY, "empty")


def test_a_scanner_that_stays_busy_is_given_up_and_one_that_frees_itself_is_used(
    scanner: EsclScanner, emulator: Emulator
) -> None:
    emulator.fault("busy")
    cancel = threading.Event()
    threading.Timer(0.5, cancel.set).start()

    with pytest.raises(DeviceError) as caught:
        list(scanner.scan(ScanSettings(dpi=100), cancel=cancel))

    assert caught.value.fault is Fault.CANCELLED
    assert scanner.health().state is DeviceState.BUSY
    threading.Timer(0.5, lambda: emulator.ask("DELETE", "/fault")).start()
    assert len(scan(scanner)) == 3


def test_pages_that_come_late_are_waited_for(scanner: EsclScanner, emulator: Emulator) -> None:
    emulator.ask("PUT", "/feeder", {"pages": 1})
    emulator.fault("slow")

    assert len(scan(scanner)) == 1


def test_a_line_that_breaks_in_the_middle_of_a_page_gives_no_half_page(
    scanner: EsclScanner, emulator: Emulator
) -> None:
    emulator.fault("gone", times=1)

    pages, error = partly_scanned(scanner)

    assert pages == []
    assert error.fault is Fault.GARBLED
    assert set(emulator.state()["jobs"].values()) == {"Canceled"}
    assert len(scan(scanner)) == 2  # the first sheet went through


def test_pdf_in_the_place_of_jpeg_is_taken_apart(scanner: EsclScanner, emulator: Emulator) -> None:
    emulator.fault("pdf_only")

    pages = scan(scanner)

    assert [(page.number, page.dpi, page.jpeg[:3]) for page in pages] == [(n, 100, b"\xff\xd8\xff") for n in (1, 2, 3)]


def test_a_cancel_ends_the_wait_for_a_page_and_deletes_the_job(scanner: EsclScanner, emulator: Emulator) -> None:
    emulator.fault("hangs")
    cancel = threading.Event()
    threading.Timer(0.3, cancel.set).start()

    with pytest.raises(DeviceError) as caught:
        list(scanner.scan(ScanSettings(dpi=100), cancel=cancel))

    assert caught.value.fault is Fault.CANCELLED
    assert set(emulator.state()["jobs"].values()) == {"Canceled"}
    emulator.ask("DELETE", "/fault")
    assert len(scan(scanner)) == 3


def test_a_page_that_never_comes_ends_at_its_deadline(emulator: Emulator, connect: Callable[..., EsclScanner]) -> None:
    emulator.fault("hangs")

    _, error = partly_scanned(connect(emulator.url, page_within=0.5))

    assert error.fault is Fault.TIMEOUT
    assert set(emulator.state()["jobs"].values()) == {"Canceled"}


def test_a_scan_that_is_dropped_in_the_middle_frees_the_scanner(scanner: EsclScanner, emulator: Emulator) -> None:
    feed = scanner.scan(ScanSettings(dpi=100), cancel=threading.Event())
    next(feed)
    feed.close()  # type: ignore[attr-defined]

    assert set(emulator.state()["jobs"].values()) == {"Canceled"}
    assert emulator.state()["pages"] == 2


def test_a_scanner_that_is_still_starting_is_not_taken_for_a_broken_one(
    emulator: Emulator, connect: Callable[..., EsclScanner]
) -> None:
    emulator.fault("not_ready")
    scanner = connect(emulator.url)

    with pytest.raises(DeviceError) as caught:
        scanner.open()

    assert caught.value.fault is Fault.TIMEOUT
    assert scanner.health().state is DeviceState.OFFLINE


def test_health_says_the_model_and_the_feeder_and_sees_the_end(scanner: EsclScanner, emulator: Emulator) -> None:
    health = scanner.health()

    assert health.state is DeviceState.READY
    assert (health.facts["model"], health.facts["feeder"]) == ("Counter Scanner S1", "loaded")
    emulator.end()
    assert (scanner.health().state, scanner.health().code) == (DeviceState.OFFLINE, "absent")


@pytest.mark.parametrize("model", ["HP LaserJet MFP", "Brother ADS-2700W"])
def test_makers_with_manners_of_their_own(
    start: Callable[..., Emulator], connect: Callable[..., EsclScanner], model: str
) -> None:
    emulator = start("--model", model)

    assert len(scan(connect(emulator.url))) == 3


@pytest.mark.parametrize(
    ("url", "fault"), [("http://127.0.0.1:1/eSCL", Fault.ABSENT), ("ftp://127.0.0.1/eSCL", Fault.REFUSED)]
)
def test_a_scanner_that_is_not_there(connect: Callable[..., EsclScanner], url: str, fault: Fault) -> None:
    with pytest.raises(DeviceError) as caught:
        connect(url).open()

    assert caught.value.fault is fault


# ---- where the paper lies


def test_paper_in_the_feeder_is_fed_and_else_the_glass_is_scanned(start: Callable[..., Emulator]) -> None:
    emulator = start("--pages", "2")
    scanner = EsclScanner(DeviceConfig("scanner", "scanner", "escl", emulator.url, options={"retry_pause": 0.05}))
    where = ScanSettings(source=ScanSource.WHERE_IT_LIES, dpi=100)
    try:
        assert scanner.health().facts["feeder"] == "loaded"
        assert [page.number for page in scanner.scan(where, cancel=threading.Event())] == [1, 2]
        assert scanner.health().facts["feeder"] == "empty"
        assert [page.number for page in scanner.scan(where, cancel=threading.Event())] == [1]
    finally:
        scanner.close()


def test_both_sides_come_from_the_feeder_and_one_from_the_glass(start: Callable[..., Emulator]) -> None:
    emulator = start("--pages", "2")
    scanner = EsclScanner(DeviceConfig("scanner", "scanner", "escl", emulator.url, options={"retry_pause": 0.05}))
    both = ScanSettings(source=ScanSource.WHERE_IT_LIES, dpi=100, duplex=True)
    try:
        assert scanner.health().facts["duplex"] == "yes"
        assert len(list(scanner.scan(both, cancel=threading.Event()))) == 4
        assert len(list(scanner.scan(both, cancel=threading.Event()))) == 1
    finally:
        scanner.close()


def test_a_feeder_that_does_not_say_whether_paper_lies_in_it_is_tried_before_the_glass(
    scanner: EsclScanner, emulator: Emulator
) -> None:
    emulator.fault("no_adf_state")
    emulator.ask("PUT", "/feeder", {"pages": 2})

    assert len(scan(scanner, source=ScanSource.WHERE_IT_LIES)) == 2
    assert "Feeder" in emulator.state()["asked"]
    assert len(scan(scanner, source=ScanSource.WHERE_IT_LIES)) == 1
    assert "Platen" in emulator.state()["asked"]


@pytest.mark.parametrize(("fault", "code"), [("door_open", "cover_open"), ("no_documents", "no_documents")])
def test_a_feeder_in_trouble_is_said_instead_of_scanning_the_glass(
    start: Callable[..., Emulator], fault: str, code: str
) -> None:
    emulator = start("--pages", "2")
    emulator.fault(fault)
    scanner = EsclScanner(DeviceConfig("scanner", "scanner", "escl", emulator.url, options={"retry_pause": 0.05}))
    try:
        with pytest.raises(DeviceError) as caught:
            list(scanner.scan(ScanSettings(source=ScanSource.WHERE_IT_LIES, dpi=100), cancel=threading.Event()))
        assert caught.value.code == code
    finally:
        scanner.close()


# ---- manners of the field


@pytest.mark.parametrize(
    "manner",
    [
        *("wrong_location", "cut_location", "relative_location", "early_404", "early_410", "idle", "end_409"),
        *("chunked", "bare_jpeg", "pdf_only", "no_adf_state"),
    ],
)
@pytest.mark.parametrize("duplex", [False, True])
def test_no_manner_of_a_server_costs_a_page(
    scanner: EsclScanner, emulator: Emulator, manner: str, duplex: bool
) -> None:
    emulator.ask("PUT", "/feeder", {"pages": 2})
    emulator.fault(manner)

    assert len(scan(scanner, duplex=duplex)) == (4 if duplex else 2)
    assert emulator.state()["pages"] == 0


def test_a_page_without_a_density_gets_that_of_the_scan(scanner: EsclScanner, emulator: Emulator) -> None:
    from PIL import Image

    emulator.fault("bare_jpeg")

    with Image.open(BytesIO(scan(scanner, dpi=150)[0].jpeg)) as picture:
        assert picture.info["dpi"] == (150, 150)


def test_a_scanner_that_only_listens_to_localhost_is_spoken_to_by_that_name(
    emulator: Emulator, connect: Callable[..., EsclScanner]
) -> None:
    emulator.fault("host_wanted")
    scanner = connect(emulator.url)
    scanner.open()

    assert len(scan(scanner)) == 3


@pytest.mark.parametrize(
    ("formats", "asked"),
    [
        ("application/pdf", "application/pdf"),
        ("image/png", "image/png"),
        ("image/tiff,application/octet-stream", "image/tiff"),
        ("application/pdf,image/jpeg", "image/jpeg"),
    ],
)
def test_every_format_becomes_jpeg_pages(
    start: Callable[..., Emulator], connect: Callable[..., EsclScanner], formats: str, asked: str
) -> None:
    emulator = start("--formats", formats, "--pages", "2")

    pages = scan(connect(emulator.url))

    assert asked in emulator.state()["asked"]
    assert [(page.number, page.dpi, page.jpeg[:3]) for page in pages] == [(n, 100, b"\xff\xd8\xff") for n in (1, 2)]


def test_a_pdf_of_the_whole_feeder_is_taken_apart(
    start: Callable[..., Emulator], connect: Callable[..., EsclScanner]
) -> None:
    emulator = start("--formats", "application/pdf", "--whole-pdf", "--pages", "4")

    assert [page.number for page in scan(connect(emulator.url))] == [1, 2, 3, 4]


def test_what_the_scanner_lacks_is_never_asked_for(
    start: Callable[..., Emulator], connect: Callable[..., EsclScanner]
) -> None:
    emulator = start("--resolutions", "75,600", "--colours", "Grayscale8", "--largest", "1200x1800", "--pages", "1")

    [page] = scan(connect(emulator.url), dpi=70)

    assert page.dpi == 75
    assert emulator.state()["asked"] == "Feeder Grayscale8 image/jpeg 75 dpi 300x450"


@pytest.mark.parametrize(("sources", "settings"), [("platen", {}), ("feeder", {"duplex": True})])
def test_a_source_that_the_scanner_has_not_is_refused_before_a_job_is_made(
    start: Callable[..., Emulator], connect: Callable[..., EsclScanner], sources: str, settings: dict[str, bool]
) -> None:
    emulator = start("--sources", sources)

    with pytest.raises(DeviceError) as caught:
        scan(connect(emulator.url), **settings)

    assert (caught.value.fault, caught.value.code) == (Fault.REFUSED, "unsupported")
    assert emulator.state()["jobs"] == {}


# ---- faults


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ("garbled", Fault.GARBLED),
        ("cut_page", Fault.GARBLED),
        ("wrong_answer", Fault.GARBLED),
        ("garbled_xml", Fault.GARBLED),
    ],
)
def test_damaged_answers_are_said_and_leave_the_scanner_free(
    emulator: Emulator, connect: Callable[..., EsclScanner], fault: str, expected: Fault
) -> None:
    scanner = connect(emulator.url)
    scanner.open()
    emulator.fault(fault)

    with pytest.raises(DeviceError) as caught:
        scan(scanner, source=ScanSource.WHERE_IT_LIES)

    assert caught.value.fault is expected
    emulator.ask("DELETE", "/fault")
    assert "Processing" not in emulator.state()["jobs"].values()
    assert len(scan(scanner)) in {2, 3}  # a damaged page has gone through


@pytest.mark.parametrize("fault", ["silent", "partial"])
def test_a_scanner_that_falls_silent_is_a_timeout(
    emulator: Emulator, connect: Callable[..., EsclScanner], fault: str
) -> None:
    scanner = connect(emulator.url, page_within=1.0)
    scanner.open()
    emulator.fault(fault)

    with pytest.raises(DeviceError) as caught:
        scan(scanner, source=ScanSource.WHERE_IT_LIES)

    assert caught.value.fault is Fault.TIMEOUT
    emulator.ask("DELETE", "/fault")
    assert len(scan(scanner)) in {2, 3}


def test_the_first_page_is_given_out_while_the_second_is_not_scanned_yet(
    scanner: EsclScanner, emulator: Emulator
) -> None:
    emulator.fault("holds_after:1")
    feed = scanner.scan(ScanSettings(dpi=100), cancel=threading.Event())

    first = next(feed)  # would wait for ever if it waited for the second

    assert first.number == 1
    assert emulator.state()["given"] == 1
    emulator.ask("DELETE", "/fault")
    assert [page.number for page in feed] == [2, 3]


def test_a_cancel_in_the_middle_keeps_the_pages_and_frees_the_scanner(scanner: EsclScanner, emulator: Emulator) -> None:
    emulator.fault("holds_after:1")
    cancel = threading.Event()
    pages: list[ScannedPage] = []

    def stop_when_held() -> None:
        while not emulator.state()["held"]:
            cancel.wait(0.02)
        cancel.set()

    watcher = threading.Thread(target=stop_when_held)
    watcher.start()
    with pytest.raises(DeviceError) as caught:
        pages.extend(scanner.scan(ScanSettings(dpi=100), cancel=cancel))
    watcher.join()

    assert caught.value.fault is Fault.CANCELLED
    assert set(emulator.state()["jobs"].values()) == {"Canceled"}
    emulator.ask("DELETE", "/fault")
    assert len(scan(scanner)) == 2


def test_a_scanner_that_was_unplugged_is_opened_again(
    start: Callable[..., Emulator], connect: Callable[..., EsclScanner]
) -> None:
    emulator = start("--pages", "1")
    scanner = connect(emulator.url)
    scanner.open()
    port = emulator.url.rpartition(":")[2].partition("/")[0]
    emulator.end()
    with pytest.raises(DeviceError) as caught:
        scan(scanner)
    assert caught.value.fault is Fault.ABSENT
    scanner.close()
    start("--pages", "2", "--port", port)

    scanner.open()

    assert len(scan(scanner)) == 2


# ---- https


@pytest.fixture
def secure(start: Callable[..., Emulator]) -> Emulator:
    return start("--tls")


def fingerprint_of(emulator: Emulator) -> str:
    return str(json.loads(emulator.ask("GET", "/certificate"))["sha256"])


@pytest.mark.parametrize("way", ["pinned", "pinned as it is written", "any"])
def test_a_certificate_of_its_own_is_believed_as_the_settings_say(
    secure: Emulator, connect: Callable[..., EsclScanner], way: str
) -> None:
    pin = fingerprint_of(secure)
    written = ":".join(pin[at : at + 2].upper() for at in range(0, 64, 2))
    ways: dict[str, dict[str, Any]] = {"pinned": {"pin": pin}, "any": {"verify": False}}

    assert len(scan(connect(secure.url, **ways.get(way, {"pin": written})))) == 3


@pytest.mark.parametrize("options", [{}, {"pin": "0" * 64}, {"pin": "0" * 64, "verify": False}])
def test_another_certificate_has_a_code_of_its_own_and_nothing_is_sent(
    secure: Emulator, connect: Callable[..., EsclScanner], options: dict[str, Any]
) -> None:
    scanner = connect(secure.url, **options)

    with pytest.raises(DeviceError) as caught:
        scanner.open()

    assert (caught.value.fault, caught.value.code) == (Fault.REFUSED, "certificate")
    assert (scanner.health().state, scanner.health().code) == (DeviceState.FAULT, "certificate")
    assert secure.state()["jobs"] == {}


def test_https_to_a_scanner_that_speaks_http_is_garbled(
    emulator: Emulator, connect: Callable[..., EsclScanner]
) -> None:
    with pytest.raises(DeviceError) as caught:
        connect(emulator.url.replace("http:", "https:")).open()

    assert caught.value.fault is Fault.GARBLED


# ---- announced on the network


def test_announced_scanners_are_found_once_with_their_address(start: Callable[..., Emulator]) -> None:
    from drivers.emulators.scanner_xml import uuid
    from drivers.scanner.discovery import find

    plain = start("--announce", "--seed", "71", "--note", "窗口 12")
    secure = start("--announce", "--tls", "--seed", "71")
    other = start("--announce", "--seed", "72", "--model", "Maker F7")

    for _ in range(10):  # multicast may be lost
        heard = {found.uuid: found for found in find(within=2.0, interfaces=["127.0.0.1"])}
        if {uuid("0088"), uuid("0089")} <= heard.keys() and heard[uuid("0088")].secure_url:
            break

    first = heard[uuid("0088")]
    assert (first.url, first.secure_url, first.note) == (plain.url, secure.url, "窗口 12")
    assert (first.model, first.duplex, first.sources) == ("Counter Scanner S1", True, ("platen", "adf"))
    assert (heard[uuid("0089")].url, heard[uuid("0089")].model) == (other.url, "Maker F7")


# ---- watched


def test_what_lies_in_the_feeder_is_drawn_in_a_terminal() -> None:
    command = [sys.executable, "-m", "drivers.emulators.scanner", "--pages", "12", "--show", "--fault", "door_open"]
    ended = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=True)

    assert "page 1 " in ended.stderr
    assert "... and 2 more" in ended.stderr
