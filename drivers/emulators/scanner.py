"""A document scanner for eSCL: a glass and a feeder for both sides, over HTTP.

Admin port, beside the usual: ``PUT /page`` (JPEG bytes, laid on top of what is in the feeder), ``PUT /feeder
{"pages": N}`` (N drawn documents instead of what is there), ``DELETE /feeder`` (empty), ``PUT /platen`` (JPEG bytes),
``DELETE /jobs`` (its button: whatever it is doing for somebody ends).

Faults: ``jam_after:N`` pages; ``door_open``; ``no_documents`` (takes the job, then has no page); ``busy``; ``slow``
(503 three times with Retry-After before each page); ``wrong_location`` and ``cut_location`` in the answer to a new
job; ``early_404`` twice before each page; ``gone`` in the middle of a page; ``pdf_only`` whatever is asked; ``hangs``
until the job is deleted; ``not_ready`` (404 everywhere).
"""

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from time import monotonic
from urllib.parse import urlsplit

from drivers.emulators import scanner_pages as pages
from drivers.emulators import scanner_xml as xml
from drivers.emulators.serving import Admin, HttpPort, Reply, arguments, run

FAULTS = frozenset(
    {
        *("jam_after", "door_open", "no_documents", "busy", "slow", "wrong_location", "cut_location"),
        *("early_404", "gone", "pdf_only", "hangs", "not_ready"),
    }
)
BASE = "/eSCL"
MODEL = "Counter Scanner S1"
_FORGET_AFTER = 60.0  # seconds


@dataclass
class _Running:
    wanted: xml.Job
    given: int = 0
    put_off: int = 0
    back_waits: bool = False
    state: str = "Processing"
    asked_at: float = field(default_factory=monotonic)

    @property
    def active(self) -> bool:
        """Whether it holds the scanner: not done, and its client has not vanished."""
        return self.state == "Processing" and monotonic() - self.asked_at < _FORGET_AFTER


class ScannerEmulator:
    """Feeder, glass and jobs; all access under one lock. A page in the feeder is a number (drawn) or JPEG bytes."""

    def __init__(self, *, seed: int = 0, loaded: int = 0, model: str = MODEL) -> None:
        self.admin = Admin(faults=FAULTS, state=self._state, on_fault=self._on_fault)
        self.model = model
        self._seed = seed
        self._feeder: list[int | bytes] = list(range(1, loaded + 1))
        self._platen: int | bytes = 1
        self._jobs: dict[str, _Running] = {}
        self._counter = 0
        self._jammed = False
        self._changed = threading.Condition()
        self.admin.route("PUT", "/page", self._put_page)
        self.admin.route("PUT", "/platen", self._put_platen)
        self.admin.route("PUT", "/feeder", self._put_feeder)
        self.admin.route("DELETE", "/feeder", self._empty_feeder)
        self.admin.route("DELETE", "/jobs", self._cancel_jobs)

    # ---- eSCL

    def answer(self, method: str, path: str, body: bytes, host: str) -> tuple[Reply, dict[str, str]]:
        """Answer one request: a reply, and headers beside it."""
        parts = urlsplit(path).path.removeprefix(BASE).strip("/").split("/")
        if self.admin.fault == "not_ready" or not path.startswith(BASE):
            return Reply(404), {}
        match (method, parts):
            case ("GET", ["ScannerCapabilities"]):
                return Reply(200, "text/xml", xml.capabilities(self.model, "0017")), {}
            case ("GET", ["ScannerStatus"]):
                return Reply(200, "text/xml", self._status()), {}
            case ("POST", ["ScanJobs"]):
                return self._create(body, host)
            case ("GET", ["ScanJobs", job, "NextDocument"]):
                return self._next_document(job)
            case ("DELETE", ["ScanJobs", job]):
                return self._cancel(job), {}
        return Reply(404), {}

    def _adf(self) -> str:
        if self._jammed:
            return "ScannerAdfJam"
        if self.admin.fault == "door_open":
            return "ScannerAdfDoorOpen"
        loaded = self._feeder and self.admin.fault != "no_documents"
        return "ScannerAdfLoaded" if loaded else "ScannerAdfEmpty"

    def _at_work(self) -> bool:
        return self.admin.fault == "busy" or any(job.active for job in self._jobs.values())

    def _status(self) -> bytes:
        with self._changed:
            jobs = [(f"{BASE}/ScanJobs/{name}", job.state) for name, job in reversed(self._jobs.items())]
            return xml.status("Processing" if self._at_work() else "Idle", self._adf(), jobs)

    def _create(self, body: bytes, host: str) -> tuple[Reply, dict[str, str]]:
        try:
            wanted = xml.read_settings(body)
        except ValueError:
            return Reply(409), {}
        with self._changed:
            if self._at_work():
                return Reply(503), {"Retry-After": "1"}
            fault = self.admin.fault
            blocked = self._jammed or fault == "door_open" or not (self._feeder or fault == "no_documents")
            if wanted.source == "Feeder" and blocked:
                return Reply(409), {}
            self._counter += 1
            name = f"{self._seed:04d}-{self._counter}"
            self._jobs[name] = _Running(wanted)
        where = {"wrong_location": "http://scanner.invalid:9", "cut_location": "http://[fe80"}.get(str(fault))
        path = "" if fault == "cut_location" else f"{BASE}/ScanJobs/{name}"
        return Reply(201), {"Location": (where or f"http://{host}") + path}

    def _next_document(self, name: str) -> tuple[Reply, dict[str, str]]:
        with self._changed:
            job = self._jobs.get(name)
            if job is None or job.state != "Processing":
                return Reply(404), {}
            job.asked_at = monotonic()
            if (refusal := self._refusal(job)) is not None:
                return refusal
            if self.admin.fault == "hangs":
                self._changed.wait_for(lambda: job.state != "Processing" or self.admin.fault != "hangs", timeout=60)
                return Reply(410 if job.state == "Canceled" else 503), {}
            page = self._feed(job)
            if page is None:
                job.state = "Completed"
                return Reply(404), {}
            job.given, job.put_off = job.given + 1, 0
            wanted = job.wanted
        kind = "application/pdf" if self.admin.fault == "pdf_only" else wanted.kind
        picture = pages.drawn_page(page, self._seed, wanted.dpi) if isinstance(page, int) else page
        region = wanted.region if isinstance(page, int) else None
        whole = pages.converted(picture, colour=wanted.colour, kind=kind, dpi=wanted.dpi, region=region)
        return Reply(200, kind, whole), {}

    def _refusal(self, job: _Running) -> tuple[Reply, dict[str, str]] | None:
        if self.admin.fault == "jam_after" and job.given >= self.admin.amount:
            self._jammed = True
            job.state = "Aborted"
            return Reply(503), {}
        puts_off, code = {"slow": (3, 503), "early_404": (2, 404)}.get(str(self.admin.fault), (0, 0))
        if job.put_off < puts_off:
            job.put_off += 1
            return Reply(code), {"Retry-After": "1"} if code == 503 else {}
        return None

    def _feed(self, job: _Running) -> int | bytes | None:
        if job.wanted.source == "Platen":
            return None if job.given or self.admin.fault == "no_documents" else self._platen
        if job.back_waits:
            job.back_waits = False
            return 1000 + job.given
        if not self._feeder or self.admin.fault == "no_documents":
            return None
        job.back_waits = job.wanted.duplex
        return self._feeder.pop(0)

    def _cancel(self, name: str) -> Reply:
        with self._changed:
            job = self._jobs.get(name)
            if job is None:
                return Reply(404)
            if job.state == "Processing":
                job.state = "Canceled"
            self._changed.notify_all()
        return Reply(200)

    # ---- the admin port

    def _on_fault(self, _name: str | None) -> None:
        with self._changed:
            self._jammed = False
            self._changed.notify_all()

    def _state(self) -> dict[str, object]:
        with self._changed:
            return {
                "pages": len(self._feeder),
                "jobs": {name: job.state for name, job in self._jobs.items()},
                "given": sum(job.given for job in self._jobs.values()),
            }

    def _put_page(self, body: bytes) -> Reply:
        _must_be_jpeg(body)
        with self._changed:
            self._feeder.append(body)
        return Reply()

    def _put_platen(self, body: bytes) -> Reply:
        _must_be_jpeg(body)
        with self._changed:
            self._platen = body
        return Reply()

    def _put_feeder(self, body: bytes) -> Reply:
        count = int(json.loads(body)["pages"])
        with self._changed:
            self._feeder = list(range(1, count + 1))
        return Reply()

    def _empty_feeder(self, _body: bytes) -> Reply:
        with self._changed:
            self._feeder = []
        return Reply()

    def _cancel_jobs(self, _body: bytes) -> Reply:
        with self._changed:
            for job in self._jobs.values():
                if job.state == "Processing":
                    job.state = "Canceled"
            self._changed.notify_all()
        return Reply()


def _must_be_jpeg(body: bytes) -> None:
    if not body.startswith(b"\xff\xd8\xff"):
        raise ValueError("not a JPEG")


def serve_escl(emulator: ScannerEmulator, port: int) -> HttpPort:
    """Put the scanner on a port (0: any free one)."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # head and body in one packet: no 40 ms of waiting for an acknowledgement

        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            reply, headers = emulator.answer(self.command, self.path, body, self.headers.get("Host", ""))
            self.send_response(reply.status)
            for name, value in headers.items():
                self.send_header(name, value)
            if reply.body:
                self.send_header("Content-Type", reply.content_type)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            if reply.status == 200 and self.path.endswith("/NextDocument") and emulator.admin.strikes("gone"):
                self.wfile.write(reply.body[: len(reply.body) // 2])
                self.close_connection = True
                return
            self.wfile.write(reply.body)

        do_GET = do_POST = do_DELETE = _serve  # noqa: N815 - the names http.server looks up

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the inherited name
            """Stay silent."""

    return HttpPort(port, Handler)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the emulator until stdin closes."""
    parser = arguments("scanner")
    parser.add_argument("--pages", type=int, default=3, help="drawn documents in the feeder at the start")
    parser.add_argument("--model", default=MODEL, help="make and model that it says it is")
    options = parser.parse_args(argv)
    emulator = ScannerEmulator(seed=options.seed, loaded=options.pages, model=options.model)
    with serve_escl(emulator, options.port) as port:
        url = f"http://127.0.0.1:{port.number}{BASE}"
        return run("scanner", url, emulator.admin, admin_port=options.admin, fault=options.fault)


if __name__ == "__main__":
    raise SystemExit(main())
