"""The emulated scanner itself: a glass, a feeder for both sides, and jobs; eSCL requests in, answers out. No port."""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from urllib.parse import urlsplit

from drivers.emulators import scanner_pages as pages
from drivers.emulators import scanner_xml as xml
from drivers.emulators.serving import Admin, Reply

FAULTS = frozenset(
    {
        *("jam_after", "door_open", "no_documents", "busy", "slow", "wrong_location", "cut_location", "early_404"),
        *("gone", "pdf_only", "hangs", "not_ready", "silent", "garbled", "garbled_xml", "wrong_answer", "partial"),
        *("cut_page", "relative_location", "early_410", "idle", "end_409", "host_wanted", "holds_after", "chunked"),
        *("bare_jpeg", "no_adf_state"),
    }
)
BASE = "/eSCL"
MODEL = "Counter Scanner S1"
_FORGET_AFTER = 60.0  # seconds
_HELD_FOR = 60.0  # seconds that a held request stays open at most
_PUT_OFF = {"slow": (3, 503), "early_404": (2, 404), "early_410": (2, 410)}
_LOGIN = Reply(200, "text/html", b"<html><body>Please sign in</body></html>")


@dataclass
class _Running:
    wanted: xml.Job
    given: int = 0
    put_off: int = 0
    held: bool = False
    ready_at: float = 0.0
    back_waits: bool = False
    state: str = "Processing"
    asked_at: float = field(default_factory=monotonic)

    @property
    def active(self) -> bool:
        """Whether it holds the scanner: not done, and its client has not vanished."""
        return self.state == "Processing" and monotonic() - self.asked_at < _FORGET_AFTER


class ScannerEmulator:
    """Feeder, glass and jobs; all access under one lock. A page in the feeder is a number (drawn) or JPEG bytes.

    Args:
        seed: Of the drawn pages and of the job names.
        loaded: Documents in the feeder at the start.
        model: Make and model.
        can: What its capabilities say.
        whole_pdf: A PDF job gives all pages of the feeder in one document.
        pace: Seconds that each page takes.
        on_change: Called after everything that could be seen from outside.
    """

    def __init__(
        self,
        *,
        seed: int = 0,
        loaded: int = 0,
        model: str = MODEL,
        can: xml.Can = xml.A4_SCANNER,
        whole_pdf: bool = False,
        pace: float = 0.0,
        on_change: Callable[[], None] = lambda: None,
    ) -> None:
        self.admin = Admin(faults=FAULTS, state=self.state, on_fault=self._on_fault)
        self.model = model
        self.can = can
        self._seed = seed
        self._whole_pdf = whole_pdf
        self._pace = pace
        self._on_change = on_change
        self._asked_for: str = ""
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
        self.admin.route("PUT", "/pace", self._put_pace)
        self.admin.route("PUT", "/reset", self._put_reset)
        self._loaded = loaded
        self.admin.route("DELETE", "/jobs", self._cancel_jobs)

    # ---- eSCL

    def answer(self, method: str, path: str, body: bytes, host: str) -> tuple[Reply, dict[str, str]]:
        """Answer one request: a reply, and headers beside it."""
        parts = urlsplit(path).path.removeprefix(BASE).strip("/").split("/")
        fault = self.admin.fault
        if fault == "silent":
            self.wait_while("silent")
        if fault == "wrong_answer":
            return _LOGIN, {}
        if fault == "host_wanted" and host.partition(":")[0] != "localhost":
            return Reply(403), {}
        if fault == "not_ready" or not path.startswith(BASE):
            return Reply(404), {}
        try:
            return self._answer(method, parts, body, host)
        finally:
            self._on_change()

    def _answer(self, method: str, parts: list[str], body: bytes, host: str) -> tuple[Reply, dict[str, str]]:
        match (method, parts):
            case ("GET", ["ScannerCapabilities"]):
                return self._told(xml.capabilities(self.model, self.serial, self.can)), {}
            case ("GET", ["ScannerStatus"]):
                return self._told(self._status()), {}
            case ("POST", ["ScanJobs"]):
                return self._create(body, host)
            case ("GET", ["ScanJobs", job, "NextDocument"]):
                return self._next_document(job)
            case ("DELETE", ["ScanJobs", job]):
                return self._cancel(job), {}
        return Reply(404), {}

    def wait_while(self, fault: str) -> None:
        """Wait until a fault is taken away, a minute at most."""
        with self._changed:
            self._changed.wait_for(lambda: self.admin.fault != fault, timeout=_HELD_FOR)

    @property
    def serial(self) -> str:
        """The serial number; scanners of different seeds have different ones."""
        return f"{17 + self._seed:04d}"

    def _told(self, said: bytes) -> Reply:
        return Reply(200, "text/xml", said[: len(said) // 2] if self.admin.fault == "garbled_xml" else said)

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
            if self.admin.fault == "no_adf_state":
                return xml.status("Idle", "", jobs)
            return xml.status(
                "Processing" if self._at_work() and self.admin.fault != "idle" else "Idle", self._adf(), jobs
            )

    def _create(self, body: bytes, host: str) -> tuple[Reply, dict[str, str]]:
        try:
            wanted = xml.read_settings(body, self.can)
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
            self._asked_for = wanted.words()
            name = f"{self._seed:04d}-{self._counter}"
            self._jobs[name] = _Running(wanted)
        where = {"wrong_location": "http://scanner.invalid:9", "cut_location": "http://[fe80"}.get(str(fault))
        path = "" if fault == "cut_location" else f"{BASE}/ScanJobs/{name}"
        if fault == "relative_location":
            return Reply(201), {"Location": f"ScanJobs/{name}"}
        return Reply(201), {"Location": (where or f"http://{host}") + path}

    def _next_document(self, name: str) -> tuple[Reply, dict[str, str]]:
        with self._changed:
            job = self._jobs.get(name)
            if job is None or job.state != "Processing":
                return Reply(404), {}
            job.asked_at = monotonic()
            if (refusal := self._refusal(job)) is not None:
                return refusal
            if self._holds(job):
                job.held = True
                self._on_change()
                self._changed.wait_for(lambda: job.state != "Processing" or not self._holds(job), timeout=_HELD_FOR)
                job.held = False
                if job.state != "Processing" or self._holds(job):
                    return Reply(410 if job.state == "Canceled" else 503), {}
            if self._pace and self._is_deleted_before_page(job):
                return Reply(410), {}
            fed = self._fed(job)
            if not fed:
                job.state = "Completed"
                return Reply(409 if self.admin.fault == "end_409" else 404), {}
            job.given, job.put_off = job.given + len(fed), 0
            wanted = job.wanted
        kind = "application/pdf" if self.admin.fault == "pdf_only" else wanted.kind
        drawn = [self._picture(page, wanted, kind) for page in fed]
        whole = drawn[0] if len(drawn) == 1 else pages.joined_pdf(drawn)
        return Reply(200, kind, self._spoiled(whole)), {}

    def _is_deleted_before_page(self, job: _Running) -> bool:
        """Wait for the next page: one is scanned every ``pace`` seconds, one ahead of what was asked for."""
        now = monotonic()
        job.ready_at = max(job.ready_at or now, now - self._pace) + self._pace
        return self._changed.wait_for(lambda: job.state != "Processing", timeout=max(0.0, job.ready_at - now))

    def _holds(self, job: _Running) -> bool:
        fault = self.admin.fault
        return fault == "hangs" or (fault == "holds_after" and job.given >= self.admin.amount)

    def _fed(self, job: _Running) -> list[int | bytes]:
        """The pages of the next document: one, or all where a PDF holds them all."""
        fed = []
        while (page := self._feed(job)) is not None:
            fed.append(page)
            if not (self._whole_pdf and job.wanted.kind == "application/pdf" and job.wanted.source == "Feeder"):
                break
        return fed

    def _picture(self, page: int | bytes, wanted: xml.Job, kind: str) -> bytes:
        if isinstance(page, int):
            return pages.drawn(page, self._seed, wanted.colour, kind, wanted.dpi, wanted.region)
        return pages.converted(page, colour=wanted.colour, kind=kind, dpi=wanted.dpi)

    def _spoiled(self, page: bytes) -> bytes:
        match self.admin.fault:
            case "garbled":
                return page[:20] + bytes(b ^ 0x55 for b in page[20:400]) + page[400:]
            case "cut_page":
                return page[: len(page) // 2]
            case "bare_jpeg" if page[2:4] == b"\xff\xe0":  # without the segment that says the density
                return page[:2] + page[4 + int.from_bytes(page[4:6], "big") :]
        return page

    def _refusal(self, job: _Running) -> tuple[Reply, dict[str, str]] | None:
        if self.admin.fault == "jam_after" and job.given >= self.admin.amount:
            self._jammed = True
            job.state = "Aborted"
            return Reply(503), {}
        puts_off, code = _PUT_OFF.get(str(self.admin.fault), (0, 0))
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

    def state(self) -> dict[str, object]:
        """What ``GET /state`` shows."""
        with self._changed:
            return {
                "pages": len(self._feeder),
                "jobs": {name: job.state for name, job in self._jobs.items()},
                "given": sum(job.given for job in self._jobs.values()),
                "held": any(job.held for job in self._jobs.values()),
                "asked": self._asked_for,
                "feeder": self._adf(),
            }

    def loaded(self) -> list[int | bytes]:
        """What lies in the feeder, the next one first: numbers of drawn pages, or JPEG bytes."""
        with self._changed:
            return list(self._feeder)

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

    def _put_reset(self, _body: bytes) -> Reply:
        """As it was switched on: the feeder filled again, no job, no fault."""
        self.admin.set_fault(None)
        self._cancel_jobs(b"")
        with self._changed:
            self._feeder, self._platen = list(range(1, self._loaded + 1)), 1
            self._jobs, self._asked_for, self._pace = {}, "", 0.0
        return Reply()

    def _put_pace(self, body: bytes) -> Reply:
        self._pace = float(json.loads(body)["seconds"])
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
