"""How the driver reads contradicting answers; everything over HTTP is in tests/drivers/test_scanner.py."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from drivers.contracts import DeviceConfig, ScanSettings, ScanSource
from drivers.emulators import scanner_xml
from drivers.errors import DeviceError, DeviceState, Fault
from drivers.scanner.escl import EsclScanner

PAGE = (
    bytes.fromhex(
        "ffd8 ffe0 0010 4a464946 00 0101 01 00c8 00c8 0000 ffc0 000b 08 0010 0010 01 01 1100 ffda 0008 010100003f00"
    )
    + b"page"
    + bytes.fromhex("ffd9")
)
Step = tuple[int, bytes, str, str]
"""An answer to NextDocument, and the scanner's state and feeder from then on."""

LOADED, EMPTY = "ScannerAdfLoaded", "ScannerAdfEmpty"


class Script:
    """A scanner that answers NextDocument by a script, on a real port."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.state, self.feeder = "Idle", LOADED
        self.create = (201, "/eSCL/ScanJobs/1")
        self.deleted = 0
        self.retry_after = ""
        script = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _serve(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                status, body, location = script.answer(self.command, self.path)
                self.send_response(status)
                if script.retry_after:
                    self.send_header("Retry-After", script.retry_after)
                if location:
                    self.send_header("Location", location)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST = do_DELETE = _serve  # noqa: N815 - the names http.server looks up

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the inherited name
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def answer(self, method: str, path: str) -> tuple[int, bytes, str]:
        if method == "DELETE":
            self.deleted += 1
            return 404, b"", ""
        if method == "POST":
            return self.create[0], b"", self.create[1]
        if path.endswith("ScannerCapabilities"):
            return 200, scanner_xml.capabilities("Script", "1"), ""
        if path.endswith("ScannerStatus"):
            return 200, scanner_xml.status(self.state, self.feeder, [("/eSCL/ScanJobs/1", "Processing")]), ""
        code, body, self.state, self.feeder = self.steps.pop(0)
        return code, body, ""


@pytest.fixture
def script() -> Iterator[Script]:
    script = Script()
    yield script
    script.server.shutdown()
    script.server.server_close()


@pytest.fixture
def scanner(script: Script) -> Iterator[EsclScanner]:
    config = DeviceConfig("scanner", "scanner", "escl", script.url, True, {"retry_pause": 0.0})
    scanner = EsclScanner(config)
    yield scanner
    scanner.close()


def scan(scanner: EsclScanner, source: ScanSource = ScanSource.FEEDER) -> list[bytes]:
    return [page.jpeg for page in scanner.scan(ScanSettings(source=source), cancel=threading.Event())]


def test_the_last_sheet_is_waited_for_though_the_feeder_is_empty_already(scanner: EsclScanner, script: Script) -> None:
    script.steps = [
        (200, PAGE, "Processing", EMPTY),
        *[(503, b"", "Processing", EMPTY)] * 8,
        (200, PAGE, "Processing", EMPTY),
        (404, b"", "Idle", EMPTY),
    ]

    assert scan(scanner) == [PAGE, PAGE]


@pytest.mark.parametrize("code", [404, 410])
def test_not_found_in_the_place_of_wait_costs_no_page(scanner: EsclScanner, script: Script, code: int) -> None:
    script.steps = [
        *[(code, b"", "Processing", EMPTY)] * 8,
        (200, PAGE, "Processing", EMPTY),
        (404, b"", "Idle", EMPTY),
    ]

    assert scan(scanner) == [PAGE]


@pytest.mark.parametrize("code", [404, 409, 410])
def test_each_of_these_is_an_end_when_the_feeder_is_empty(scanner: EsclScanner, script: Script, code: int) -> None:
    script.steps = [(200, PAGE, "Idle", LOADED), (code, b"", "Idle", EMPTY)]

    assert scan(scanner) == [PAGE]
    assert script.deleted == 0


def test_a_scanner_that_stays_idle_while_pages_flow_is_believed(scanner: EsclScanner, script: Script) -> None:
    script.steps = [(503, b"", "Idle", LOADED), (200, PAGE, "Idle", EMPTY), (404, b"", "Idle", EMPTY)]

    assert scan(scanner) == [PAGE]


def test_a_loaded_feeder_that_gives_nothing_is_a_timeout_and_the_job_is_deleted(
    scanner: EsclScanner, script: Script
) -> None:
    script.steps = [(404, b"", "Idle", LOADED)] * 10

    with pytest.raises(DeviceError) as caught:
        scan(scanner)

    assert caught.value.fault is Fault.TIMEOUT
    assert script.deleted == 1


def test_waiting_has_an_end(scanner: EsclScanner, script: Script) -> None:
    script.steps = [(503, b"", "Processing", LOADED)] * 40

    with pytest.raises(DeviceError) as caught:
        scan(scanner)

    assert caught.value.fault is Fault.TIMEOUT
    assert len(script.steps) == 9  # one and thirty more tries


def test_padding_behind_the_picture_is_cut_off_and_a_half_picture_is_none(scanner: EsclScanner, script: Script) -> None:
    script.steps = [(200, PAGE + bytes(40), "Idle", EMPTY), (404, b"", "Idle", EMPTY)]
    assert scan(scanner) == [PAGE]

    script.steps = [(200, PAGE[:-2], "Idle", EMPTY)]
    with pytest.raises(DeviceError) as caught:
        scan(scanner)
    assert caught.value.fault is Fault.GARBLED


def test_an_error_of_the_scanner_itself_is_told(scanner: EsclScanner, script: Script) -> None:
    script.steps = [(500, b"", "Idle", LOADED)]

    with pytest.raises(DeviceError) as caught:
        scan(scanner)

    assert (caught.value.fault, caught.value.code) == (Fault.REFUSED, "refused")


@pytest.mark.parametrize(
    ("status", "state", "code"),
    [(409, "Idle", "refused"), (415, "Idle", "unsupported"), (503, "Processing", "busy"), (500, "Idle", "refused")],
)
def test_a_job_that_is_refused(scanner: EsclScanner, script: Script, status: int, state: str, code: str) -> None:
    script.create, script.state = (status, ""), state

    with pytest.raises(DeviceError) as caught:
        scan(scanner)

    assert (caught.value.fault, caught.value.code) == (Fault.REFUSED, code)


def test_a_job_without_a_location_is_found_in_the_status(scanner: EsclScanner, script: Script) -> None:
    script.create = (201, "")
    script.steps = [(200, PAGE, "Idle", EMPTY)]

    assert scan(scanner, ScanSource.PLATEN) == [PAGE]
    assert script.deleted == 1


@pytest.mark.parametrize(
    ("state", "feeder", "health", "code"),
    [
        ("Idle", LOADED, DeviceState.READY, ""),
        ("Processing", LOADED, DeviceState.BUSY, ""),
        ("Stopped", EMPTY, DeviceState.FAULT, "refused"),
        ("Idle", "ScannerAdfJam", DeviceState.FAULT, "jam"),
        ("Idle", "ScannerAdfHatchOpen", DeviceState.FAULT, "cover_open"),
    ],
)
def test_health(scanner: EsclScanner, script: Script, state: str, feeder: str, health: DeviceState, code: str) -> None:
    script.state, script.feeder = state, feeder

    assert (scanner.health().state, scanner.health().code) == (health, code)


@pytest.mark.parametrize("asked", ["\xb2", "-1", "soon", "0"])
def test_whatever_a_scanner_says_of_when_to_ask_again(scanner: EsclScanner, script: Script, asked: str) -> None:
    script.retry_after = asked
    script.steps = [(503, b"", "Processing", LOADED), (200, PAGE, "Idle", EMPTY), (404, b"", "Idle", EMPTY)]
    assert scan(scanner) == [PAGE]
