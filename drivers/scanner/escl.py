"""A network scanner that speaks eSCL (AirScan, Mopria), page by page.

Options: ``pin`` (SHA-256 of the scanner's own certificate) or ``verify`` (default true; false believes any),
``old_tls``, ``page_within`` seconds for one page (60), ``retry_pause`` seconds between two tries (1), ``host_header``.

What a 404, 409, 410 or 503 means differs between devices, so it is never believed alone: the status is read again and
decides (jam, cover, empty, or still at work).
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from threading import Event, Thread
from time import monotonic
from typing import TypeVar
from urllib.parse import urlsplit

from drivers.contracts import DeviceConfig, ScannedPage, ScanSettings, ScanSource
from drivers.errors import DeviceError, DeviceHealth, DeviceState, Fault
from drivers.scanner.escl_messages import (
    Capabilities,
    MessageError,
    SourceCapabilities,
    Status,
    job_path,
    read_capabilities,
    read_status,
    scan_settings,
)
from drivers.scanner.escl_wire import Answer, HttpWire, Wire
from drivers.scanner.pages import PageError, Sheet, kind_of, pages_in

T = TypeVar("T")

_STATUS_WITHIN = 1.8  # seconds; health must be done in 2
_PAGE_TRIES = 30  # while the scanner says that it is at work
_OTHER_TRIES = 10
_EARLY_TRIES = 5  # when answer and status contradict each other
_LONGEST_PAUSE = 5.0
_WRONG_HOST = frozenset({400, 403, 404, 421})  # what is said to a Host that the scanner does not like


class EsclScanner:
    """Feeds pages over HTTP with one kept client.

    Args:
        config: From the settings.
        wire: Another way to the scanner, for example one that is watched.
    """

    def __init__(self, config: DeviceConfig, wire: Wire | None = None) -> None:
        options = config.options
        self._config = config
        self._base = urlsplit(config.url).path.rstrip("/") or "/eSCL"
        self._page_within = float(options.get("page_within", 60.0))
        self._pause = float(options.get("retry_pause", 1.0))
        self._host = str(options.get("host_header", ""))
        self._given_wire = wire
        self._wire_: Wire | None = wire
        self._capabilities: Capabilities | None = None

    @property
    def name(self) -> str:
        """The device's id from the settings."""
        return self._config.id

    def open(self) -> None:
        """Connect and read what the scanner can do.

        Raises:
            DeviceError: ``ABSENT``; ``TIMEOUT`` for a scanner that is still starting; ``GARBLED`` for something else
                than a scanner; ``REFUSED``/``certificate`` for a certificate that the settings do not believe.
        """
        self.capabilities()

    def close(self) -> None:
        """Let go of the connection."""
        if self._wire_ is not None:
            self._wire_.close()
            self._wire_ = self._given_wire
        self._capabilities = None

    def capabilities(self) -> Capabilities:
        """What the scanner can do, asked once a connection.

        Raises:
            DeviceError: As ``open``.
        """
        if self._capabilities is None:
            found = self._read("ScannerCapabilities", read_capabilities)
            if found.model.upper().startswith("HP"):
                self._host = self._host or "localhost"  # its answer to any other name is 403 or 404
            self._capabilities = found
        return self._capabilities

    def status(self) -> Status:
        """How the scanner is now.

        Raises:
            DeviceError: As ``open``.
        """
        return self._read("ScannerStatus", read_status)

    def health(self) -> DeviceHealth:
        """Ask the scanner how it is; an empty feeder is no fault."""
        began = monotonic()
        try:
            status = self.status()
            facts = {"model": self.capabilities().model}
        except DeviceError as error:
            state = DeviceState.FAULT if error.fault is Fault.REFUSED else DeviceState.OFFLINE
            return DeviceHealth(state, error.code)
        facts["answer_ms"] = str(round((monotonic() - began) * 1000))
        if status.feeder in {"loaded", "empty", "processing"}:
            facts["feeder"] = status.feeder
        if self.capabilities().duplex is not None:
            facts["duplex"] = "yes"
        if status.feeder == "jam":
            return DeviceHealth(DeviceState.FAULT, "jam", facts)
        if status.feeder == "door_open":
            return DeviceHealth(DeviceState.FAULT, "cover_open", facts)
        if status.state in {"Processing", "Testing"}:
            return DeviceHealth(DeviceState.BUSY, "", facts)
        if status.state in {"Stopped", "Down"}:
            return DeviceHealth(DeviceState.FAULT, "refused", facts)
        return DeviceHealth(DeviceState.READY, "", facts)

    def scan(self, settings: ScanSettings, *, cancel: Event) -> Iterator[ScannedPage]:
        """Scan and give out each page as it arrives; the job is deleted when anything ends it early.

        Raises:
            DeviceError: ``ATTENTION`` with ``no_documents``, ``jam`` or ``cover_open``; ``REFUSED`` with ``busy``,
                ``unsupported`` or ``refused``; ``GARBLED`` for a damaged page; ``ABSENT``; ``TIMEOUT``; ``CANCELLED``.
        """
        placed, or_else = self._placed(settings)
        if or_else is None:
            yield from self._scan(placed, cancel)
            return
        given = 0
        try:
            for page in self._scan(placed, cancel):
                given += 1
                yield page
            return
        except DeviceError as error:
            if given or error.code not in {"no_documents", "refused"}:
                raise
        yield from self._scan(or_else, cancel)

    def _scan(self, settings: ScanSettings, cancel: Event) -> Iterator[ScannedPage]:
        source = self._source(settings)
        job = self._create(settings, source, cancel)
        finished = False
        try:
            yield from self._pages(job, settings, source.nearest(settings.dpi, colour=settings.colour), cancel)
            finished = settings.source == ScanSource.FEEDER
        finally:
            if not finished:
                self._delete(job)

    # ---- the job

    def _placed(self, settings: ScanSettings) -> tuple[ScanSettings, ScanSettings | None]:
        """The same with a source: the feeder when paper lies in it (or is stuck in it), else the glass.

        A scanner that does not say whether paper lies in its feeder gets a second choice, for when it has none.
        """
        if settings.source != ScanSource.WHERE_IT_LIES:
            return settings, None
        sources = self.capabilities().sources
        glass = replace(settings, source=ScanSource.PLATEN, duplex=False)
        if ScanSource.FEEDER not in sources:
            return glass, None
        status = self.status()
        self._raise_for(status)
        if status.feeder == "empty" and ScanSource.PLATEN in sources:
            return glass, None
        both = settings.duplex and self.capabilities().duplex is not None
        feeder = replace(settings, source=ScanSource.FEEDER, duplex=both)
        return feeder, glass if not status.feeder and ScanSource.PLATEN in sources else None

    def _source(self, settings: ScanSettings) -> SourceCapabilities:
        capabilities = self.capabilities()
        both_sides = settings.duplex and settings.source == ScanSource.FEEDER
        source = capabilities.duplex if both_sides else capabilities.sources.get(settings.source)
        if source is None:
            wanted = "duplex" if both_sides else settings.source.value
            raise DeviceError(self.name, Fault.REFUSED, "unsupported", f"no {wanted}")
        return source

    def _create(self, settings: ScanSettings, source: SourceCapabilities, cancel: Event) -> str:
        body = scan_settings(settings, source)
        headers = {"Content-Type": "text/xml"}
        for _ in range(_OTHER_TRIES):
            answer = self._ask("POST", f"{self._base}/ScanJobs", cancel, body=body, headers=headers)
            if answer.status in {200, 201}:
                return self._location(answer)
            if answer.status not in {409, 503}:
                code = "unsupported" if answer.status in {400, 415} else "refused"
                raise DeviceError(self.name, Fault.REFUSED, code, f"ScanJobs: HTTP {answer.status}")
            status = self.status()
            self._raise_for(status)
            if settings.source == ScanSource.FEEDER and status.feeder == "empty":
                raise DeviceError(self.name, Fault.ATTENTION, "no_documents")
            if answer.status == 409 and status.state == "Idle":
                raise DeviceError(self.name, Fault.REFUSED, "refused", "ScanJobs: HTTP 409, idle")
            self._wait(answer, cancel)
        raise DeviceError(self.name, Fault.REFUSED, "busy")

    def _location(self, answer: Answer) -> str:
        path = job_path(answer.headers.get("location", ""), self._base)
        if not path:  # cut off beyond use: the newest job is ours
            path = next(iter(self.status().jobs), "")
        if not path:
            raise DeviceError(self.name, Fault.GARBLED, detail="no job in Location")
        return path

    def _pages(self, job: str, settings: ScanSettings, dpi: int, cancel: Event) -> Iterator[ScannedPage]:
        number, answers, tries, load_time = 0, 0, 0, 0.0
        slow_down = self.capabilities().model.upper().startswith("BROTHER")
        while True:
            if slow_down and number and cancel.wait(min(1.0, load_time / 2)):  # asked too fast it says 404
                raise DeviceError(self.name, Fault.CANCELLED)
            began = monotonic()
            answer = self._next_document(job, cancel)
            if answer.status == 200:
                load_time = monotonic() - began
                answers, tries = answers + 1, 0
                for sheet in self._sheets(answer, dpi):  # a PDF may hold all pages of the feeder
                    if cancel.is_set():
                        raise DeviceError(self.name, Fault.CANCELLED)
                    number += 1
                    yield ScannedPage(number, sheet.jpeg, sheet.dpi)
                if settings.source == ScanSource.PLATEN:
                    return
                continue
            status = self.status()
            self._raise_for(status)
            tries += 1
            if tries > _patience(answer.status, status, pages=number):
                self._end(answer.status, status, pages=number)
                return
            self._wait(answer, cancel)

    def _next_document(self, job: str, cancel: Event) -> Answer:
        try:
            answer = self._ask("GET", f"{job}/NextDocument", cancel, within=self._page_within)
        except DeviceError as error:
            if error.fault is Fault.GARBLED:
                self.status()  # the line broke in the middle of a page: is the scanner still there at all?
            raise
        if answer.status not in {200, 404, 409, 410, 503}:
            raise DeviceError(self.name, Fault.REFUSED, "refused", f"NextDocument: HTTP {answer.status}")
        return answer

    def _end(self, code: int, status: Status, *, pages: int) -> None:
        """Decide whether no more pages is the end of the paper or a trouble."""
        if pages and (code != 503 or status.feeder != "loaded"):
            return
        if status.feeder == "loaded" or code == 503:
            raise DeviceError(self.name, Fault.TIMEOUT, detail=f"no page: HTTP {code}, feeder {status.feeder}")
        raise DeviceError(self.name, Fault.ATTENTION, "no_documents")

    def _sheets(self, answer: Answer, dpi: int) -> Iterator[Sheet]:
        if not kind_of(answer.body) and not answer.headers.get("content-type", "image/").startswith("image/"):
            raise DeviceError(
                self.name, Fault.GARBLED, detail=f"{answer.headers['content-type'][:40]} in the place of a page"
            )
        try:
            yield from pages_in(answer.body, dpi)
        except PageError as error:
            raise DeviceError(self.name, Fault.GARBLED, detail=str(error)) from error
        except ImportError as error:
            raise DeviceError(self.name, Fault.REFUSED, "unsupported", "PDF: pikepdf is missing") from error

    def _raise_for(self, status: Status) -> None:
        if status.feeder == "jam":
            raise DeviceError(self.name, Fault.ATTENTION, "jam")
        if status.feeder == "door_open":
            raise DeviceError(self.name, Fault.ATTENTION, "cover_open")

    def _delete(self, job: str) -> None:
        try:
            self._wire().request("DELETE", job, within=_STATUS_WITHIN, headers=self._headers())
        except DeviceError:  # the job, the scanner or the line is gone: nothing left to cancel
            return

    def _wait(self, answer: Answer, cancel: Event) -> None:
        asked = answer.headers.get("retry-after", "")
        pause = min(float(asked), _LONGEST_PAUSE) if asked.isascii() and asked.isdigit() else self._pause
        if cancel.wait(pause):
            raise DeviceError(self.name, Fault.CANCELLED)

    # ---- HTTP

    def _wire(self) -> Wire:
        if self._wire_ is None:
            options = self._config.options
            self._wire_ = HttpWire(
                self.name,
                self._config.url,
                verify=bool(options.get("verify", True)),
                pin=str(options.get("pin", "")),
                old_tls=bool(options.get("old_tls", False)),
            )
        return self._wire_

    def _headers(self, more: dict[str, str] | None = None) -> dict[str, str]:
        return {**({"Host": self._host} if self._host else {}), **(more or {})}

    def _read(self, what: str, parse: Callable[[bytes], T]) -> T:
        path = f"{self._base}/{what}"
        try:
            answer = self._wire().request("GET", path, within=_STATUS_WITHIN, headers=self._headers())
        except DeviceError as error:
            if error.fault is not Fault.GARBLED or "disconnected" not in error.detail:
                raise
            # a kept connection that the scanner closed just now
            answer = self._wire().request("GET", path, within=_STATUS_WITHIN, headers=self._headers())
        if answer.status in _WRONG_HOST and not self._host:
            again = self._wire().request("GET", path, within=_STATUS_WITHIN, headers={"Host": "localhost"})
            if again.status == 200:
                self._host, answer = "localhost", again
        if answer.status != 200:
            # some answer 404 everywhere until they have announced themselves
            raise DeviceError(self.name, Fault.TIMEOUT, detail=f"{what}: HTTP {answer.status}")
        try:
            return parse(answer.body)
        except MessageError as error:
            raise DeviceError(self.name, Fault.GARBLED, detail=f"{what}: {error}") from error

    def _ask(
        self,
        method: str,
        path: str,
        cancel: Event,
        *,
        within: float = 10.0,
        body: bytes = b"",
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """Ask in a thread of its own: a page takes seconds, a cancel must not."""
        if cancel.is_set():
            raise DeviceError(self.name, Fault.CANCELLED)
        wire, all_headers = self._wire(), self._headers(headers)
        ends: list[Answer | BaseException] = []
        done = Event()

        def request() -> None:
            try:
                ends.append(wire.request(method, path, within=within, body=body, headers=all_headers))
            except BaseException as error:  # noqa: BLE001 - raised again in the thread that asked
                ends.append(error)
            finally:
                done.set()

        Thread(target=request, name=f"{self.name}-request", daemon=True).start()
        give_up_at = monotonic() + within
        while not done.wait(0.05):
            if cancel.is_set():
                raise DeviceError(self.name, Fault.CANCELLED)
            if monotonic() > give_up_at:
                raise DeviceError(self.name, Fault.TIMEOUT, detail=f"{method} {path.rpartition('/')[2]}")
        end = ends[0]
        if isinstance(end, BaseException):
            raise end
        return end


def _patience(code: int, status: Status, *, pages: int) -> int:
    """How often to ask again for a page.

    The feeder is empty already while its last sheet is under way, so "empty" alone ends nothing; some devices say 404
    or 410 for "wait", and some stay Idle throughout.
    """
    at_work = status.state == "Processing" or status.feeder == "processing"
    coming = status.feeder == "loaded" or not pages
    if code == 503:
        return _PAGE_TRIES if at_work or coming else _EARLY_TRIES
    if at_work and coming:
        return _PAGE_TRIES
    return _EARLY_TRIES if at_work or status.feeder == "loaded" else 0
