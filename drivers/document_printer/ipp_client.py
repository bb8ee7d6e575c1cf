"""Questions to one IPP printer, over HTTP: one connection a question, none kept.

A connection that breaks leaves open whether the question was carried out: nothing is asked twice here. Who asks for
something that must not happen twice finds out first.
"""

import socket
from collections.abc import Iterator
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from drivers.document_printer.ipp_messages import (
    JOB_STATES,
    Attribute,
    Attributes,
    Message,
    MessageError,
    Operation,
    Tag,
    decode,
    encode,
    keywords,
    number_of,
    numbers_of,
    question,
    text_of,
    texts_of,
    trouble,
)
from drivers.errors import DeviceError, Fault
from drivers.recording import RECORDER
from drivers.scanner.certificates import is_about_a_certificate

if TYPE_CHECKING:
    import httpx

_LARGEST_ANSWER = 8_000_000
_PIECE = 65536
CONNECT_WITHIN = 1.5
"""Seconds for a connection; health must be done in 2."""

# status codes (RFC 8011, section 4.1.6.1 and the IANA registry) and what they mean to us
_BUSY = frozenset({0x0505, 0x0507, 0x050B})
_NOT_FOUND = frozenset({0x0406, 0x0407})
_STOPPED = frozenset({0x0502, 0x0504, 0x0506, 0x050A})
_OTHER_VERSION = 0x0503


class Wire(Protocol):
    """HTTP, as little of it as IPP needs: everything that goes over the line goes through here."""

    def post(self, body: bytes, wait: float) -> bytes:
        """Send one message and return the answer's bytes.

        Raises:
            DeviceError: ``ABSENT`` without a connection, ``TIMEOUT``, ``GARBLED`` for what is no IPP, ``REFUSED``.
        """


class HttpWire:
    """A printer on the network, or a queue behind the system's socket.

    Args:
        device: Stands in the errors.
        url: ``ipp://`` or ``ipps://``.
        verify: Whether an ``ipps`` printer's certificate must be one that this machine trusts.
        through: A Unix socket to go through instead of the network.
    """

    def __init__(self, device: str, url: str, *, verify: bool = True, through: str = "") -> None:
        parts = urlsplit(url)
        self._device = device
        scheme = {"ipp": "http", "ipps": "https"}.get(parts.scheme)
        if scheme is None or not parts.hostname:
            raise DeviceError(device, Fault.REFUSED, "unsupported", f"no way to a printer by {parts.scheme}://")
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        self._url = f"{scheme}://{host}:{parts.port or 631}{parts.path or '/ipp/print'}"
        self._verify, self._socket = verify, through

    def post(self, body: bytes, wait: float) -> bytes:
        """Send one message and return the answer's bytes."""
        import httpx  # noqa: PLC0415 - 60 ms that the program's start need not pay

        if self._socket:
            self._knock()
        limits = httpx.Timeout(wait, connect=min(CONNECT_WITHIN, wait))
        try:
            transport = httpx.HTTPTransport(verify=self._verify, uds=self._socket or None)
            headers = {"Content-Type": "application/ipp", "Connection": "close"}
            if self._socket:
                headers["Authorization"] = f"PeerCred {os_user()}"
            with (
                httpx.Client(transport=transport, timeout=limits, trust_env=False) as client,
                client.stream("POST", self._url, content=_in_pieces(body), headers=headers) as answer,
            ):
                got = b""
                try:
                    got = self._body(answer, monotonic() + wait)
                finally:
                    RECORDER.http(
                        self._device,
                        "POST",
                        "",
                        status=answer.status_code,
                        headers=answer.headers,
                        sizes=(len(body), len(got)),
                    )
                return got
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            if is_about_a_certificate(error):
                detail = "ConnectError: no authority signed it"
                raise DeviceError(self._device, Fault.ABSENT, "certificate", detail) from error
            raise DeviceError(self._device, Fault.ABSENT, detail=type(error).__name__) from error
        except httpx.TimeoutException as error:
            raise DeviceError(self._device, Fault.TIMEOUT, detail=type(error).__name__) from error
        except httpx.RemoteProtocolError as error:
            fault = Fault.ABSENT if "disconnected" in str(error) else Fault.GARBLED
            raise DeviceError(self._device, fault, detail=type(error).__name__) from error
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise DeviceError(self._device, Fault.ABSENT, detail=type(error).__name__) from error

    def _knock(self) -> None:
        """See whether somebody is behind the socket: the library leaves its own open when nobody is."""
        with socket.socket(socket.AF_UNIX) as probe:
            try:
                probe.connect(self._socket)
            except OSError as error:
                raise DeviceError(self._device, Fault.ABSENT, detail=f"ConnectError {error.errno}") from error

    def _body(self, answer: "httpx.Response", until: float) -> bytes:
        if answer.status_code in {401, 403}:
            raise DeviceError(self._device, Fault.REFUSED, detail=f"HTTP {answer.status_code}")
        if answer.status_code == 404:
            raise DeviceError(self._device, Fault.ABSENT, detail="no printer at this address (HTTP 404)")
        if answer.status_code != 200:
            raise DeviceError(self._device, Fault.GARBLED, detail=f"HTTP {answer.status_code}")
        if not answer.headers.get("Content-Type", "").startswith("application/ipp"):
            raise DeviceError(self._device, Fault.GARBLED, detail="answers with something else than IPP")
        body = bytearray()
        for piece in answer.iter_bytes():
            body += piece
            if len(body) > _LARGEST_ANSWER:
                raise DeviceError(self._device, Fault.GARBLED, detail="an answer without end")
            if monotonic() > until:  # the time limits of the library count each piece anew
                raise DeviceError(self._device, Fault.TIMEOUT, detail="an answer that trickles")
        return bytes(body)


def _in_pieces(body: bytes) -> Iterator[bytes]:
    """Chunked, as every IPP client sends: measured, that a printer takes a body that breaks off for whole otherwise."""
    for at in range(0, len(body), _PIECE):
        yield body[at : at + _PIECE]


@dataclass(frozen=True, slots=True)
class PrinterFacts:
    """What a printer says about itself; ``stops`` and ``warns`` are codes, empty when all is well."""

    model: str
    accepts: bool
    stops: str
    warns: str
    operations: frozenset[int]
    formats: frozenset[str]


_INCOMING = frozenset({"job-incoming", "job-data-insufficient"})


@dataclass(frozen=True, slots=True)
class Job:
    """A job in the printer's queue. ``started`` tells whether it was ever printed at, ``None`` when unsaid."""

    id: int
    name: str
    state: str
    reasons: tuple[str, ...]
    documents: int | None
    sheets: int | None
    started: bool | None

    @property
    def is_empty(self) -> bool:
        """Whether it still waits for its document."""
        return self.state in {"pending", "held"} and (
            self.documents == 0 or (self.documents is None and not _INCOMING.isdisjoint(self.reasons))
        )


_JOB_ATTRIBUTES = keywords(
    "job-id",
    "job-name",
    "job-state",
    "job-state-reasons",
    "number-of-documents",
    "job-media-sheets-completed",
    "job-impressions-completed",
    "time-at-processing",
)
_PRINTER_ATTRIBUTES = keywords(
    "printer-make-and-model",
    "printer-is-accepting-jobs",
    "printer-state",
    "printer-state-reasons",
    "operations-supported",
    "document-format-supported",
)


class RefusedError(Exception):
    """The printer understood and said no; ``status`` is its code."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(f"status {status:#06x} {message}".rstrip())
        self.status = status

    @property
    def busy(self) -> bool:
        """Whether asking again later may help."""
        return self.status in _BUSY

    @property
    def not_found(self) -> bool:
        """Whether it knows nothing of the kind."""
        return self.status in _NOT_FOUND

    @property
    def stopped(self) -> bool:
        """Whether it takes no jobs at present."""
        return self.status in _STOPPED


class IppClient:
    """What can be asked of a printer; ``wait`` are seconds for one answer."""

    def __init__(self, device: str, printer_uri: str, wire: Wire, *, wait: float = 10.0, user: str = "counter") -> None:
        self._device = device
        self._uri = printer_uri
        self._wire = wire
        self._wait = wait
        self._user = user
        self._number = 0
        self.version = (1, 1)

    def printer(self, wait: float | None = None) -> PrinterFacts:
        """Ask the printer how it is."""
        wanted = {"requested-attributes": _PRINTER_ATTRIBUTES}
        answer = self._ask(Operation.GET_PRINTER_ATTRIBUTES, wait=wait, operation_attributes=wanted)
        facts = answer.group(Tag.PRINTER)
        stops, warns = trouble(number_of(facts, "printer-state"), texts_of(facts, "printer-state-reasons"))
        accepts = facts.get("printer-is-accepting-jobs")
        return PrinterFacts(
            model=text_of(facts, "printer-make-and-model"),
            accepts=accepts is None or accepts.values[:1] != (False,),
            stops=stops,
            warns=warns,
            operations=frozenset(numbers_of(facts, "operations-supported")),
            formats=frozenset(texts_of(facts, "document-format-supported")),
        )

    def validate(self, name: str, kind: str) -> None:
        """Ask whether a job like this would be taken."""
        self._ask(Operation.VALIDATE_JOB, operation_attributes=_about(name, kind))

    def create(self, name: str) -> int:
        """Make an empty job and return its number; nothing is printed before its document comes."""
        return self._job_id(self._ask(Operation.CREATE_JOB, operation_attributes=_about(name)))

    def send(self, job_id: int, name: str, kind: str, data: bytes) -> None:
        """Send the only document of a job."""
        about = {**_about(name, kind), "last-document": Attribute(Tag.BOOLEAN, (True,))}
        del about["job-name"]
        about["document-name"] = Attribute(Tag.NAME, (name,))
        self._ask(Operation.SEND_DOCUMENT, job_id=job_id, operation_attributes=about, data=data)

    def print(self, name: str, kind: str, data: bytes) -> int:
        """Hand over a job with its document at once, for printers that can do nothing else."""
        return self._job_id(self._ask(Operation.PRINT_JOB, operation_attributes=_about(name, kind), data=data))

    def jobs(self, *, over: bool) -> list[Job]:
        """The jobs in the queue, or those that are over."""
        wanted = {
            "limit": Attribute(Tag.INTEGER, (200,)),
            "requested-attributes": _JOB_ATTRIBUTES,
            "which-jobs": keywords("completed" if over else "not-completed"),
        }
        try:
            answer = self._ask(Operation.GET_JOBS, operation_attributes=wanted)
        except RefusedError as error:
            if error.not_found:  # some say so of an empty list
                return []
            raise
        return [job for group in answer.jobs() if (job := _job(group)) is not None]

    def named(self, name: str) -> list[Job]:
        """Every job that goes by ``name``, waiting, printing or over."""
        return [job for over in (False, True) for job in self.jobs(over=over) if job.name == name]

    def job(self, job_id: int) -> Job | None:
        """One job as it stands, ``None`` when the printer has forgotten it."""
        wanted = {"requested-attributes": _JOB_ATTRIBUTES}
        try:
            answer = self._ask(Operation.GET_JOB_ATTRIBUTES, job_id=job_id, operation_attributes=wanted)
        except RefusedError as error:
            if error.not_found:
                return None
            raise
        found = _job(answer.group(Tag.JOB))
        if found is None:
            raise DeviceError(self._device, Fault.GARBLED, detail="an answer about no job")
        return found

    def cancel(self, job_id: int) -> bool:
        """Take a job out of the queue; whether the printer did."""
        try:
            self._ask(Operation.CANCEL_JOB, job_id=job_id)
        except RefusedError:
            return False
        return True

    def _job_id(self, answer: Message) -> int:
        number = number_of(answer.group(Tag.JOB), "job-id")
        if number is None:
            raise DeviceError(self._device, Fault.GARBLED, detail="took a job without saying its number")
        return number

    def _ask(
        self,
        operation: Operation,
        *,
        job_id: int = 0,
        wait: float | None = None,
        operation_attributes: Attributes | None = None,
        data: bytes = b"",
    ) -> Message:
        self._number = self._number % 0x7FFFFFFE + 1
        asked = question(
            operation,
            self._number,
            self._uri,
            job_id=job_id,
            user=self._user,
            operation_attributes=operation_attributes,
            data=data,
        )
        asked = Message(asked.code, asked.request_id, asked.groups, asked.data, self.version)
        try:
            answer = decode(self._wire.post(encode(asked), self._wait if wait is None else wait))
        except MessageError as error:
            raise DeviceError(self._device, Fault.GARBLED, detail=str(error)) from error
        if answer.code == _OTHER_VERSION and self.version != (2, 0):  # a printer that speaks 2.0 only
            self.version = (2, 0)
            return self._ask(operation, job_id=job_id, wait=wait, operation_attributes=operation_attributes, data=data)
        if answer.request_id != asked.request_id:
            raise DeviceError(self._device, Fault.GARBLED, detail="the answer to another question")
        if answer.code >= 0x0400:
            raise RefusedError(answer.code, answer.text("status-message")[:80])
        return answer


def give_up(device: str, error: RefusedError) -> DeviceError:
    """The error for a printer that said no for good."""
    if error.busy:
        return DeviceError(device, Fault.REFUSED, "busy", str(error))
    if error.stopped:
        return DeviceError(device, Fault.ATTENTION, "printer_offline", str(error))
    return DeviceError(device, Fault.REFUSED, "refused", str(error))


def _about(name: str, kind: str = "") -> Attributes:
    about: Attributes = {"job-name": Attribute(Tag.NAME, (name,))}
    if kind:
        about["document-format"] = Attribute(Tag.MIME, (kind,))
    return about


def _job(group: Attributes) -> Job | None:
    number, state = number_of(group, "job-id"), number_of(group, "job-state")
    if number is None or state not in JOB_STATES:
        return None
    sheets = [number_of(group, name) for name in ("job-media-sheets-completed", "job-impressions-completed")]
    at = group.get("time-at-processing")
    return Job(
        id=number,
        name=text_of(group, "job-name"),
        state=JOB_STATES[state],
        reasons=texts_of(group, "job-state-reasons"),
        documents=number_of(group, "number-of-documents"),
        sheets=max((count for count in sheets if count is not None), default=None),
        started=None if at is None else at.values[0] is not None,
    )


def os_user() -> str:
    """The account that this program runs under, by which a system's queue knows whose job it is."""
    import getpass  # noqa: PLC0415 - pwd is not on Windows

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "counter"
