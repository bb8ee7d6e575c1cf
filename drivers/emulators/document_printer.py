"""A printer of A4 documents that speaks IPP 1.1 and 2.0 on ``/ipp/print``, and takes PDF, or whatever
else it is sent.

Admin port, beside the usual: ``GET /jobs`` (id, name, state), ``GET /printed`` (names of what came out, in order),
``GET /document.pdf`` (the last that came out, as it was sent), ``DELETE /jobs`` (the printer forgets what is over),
``PUT /paper``.

Faults: ``paper``, ``jam``, ``cover``, ``toner`` stop it (a job that is being printed waits, and goes on afterwards);
``paper_after:N`` stops it behind N documents; ``busy`` takes no job; ``offline`` is paused; ``silent`` never answers;
``slow``; ``garbled`` answers with damaged bytes; ``wrong`` with the answer to another question; ``partial`` with half
of one; ``job_lost`` takes a job and knows nothing of it afterwards; ``answer_lost`` carries out what it is asked to
print and drops the connection instead of saying so; ``aborts`` takes documents and gives them up unprinted;
``no_create`` has Print-Job only.
"""

import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from time import sleep
from typing import Self

from drivers.document_printer.ipp_messages import (
    STOPPED,
    Attribute,
    Attributes,
    Message,
    MessageError,
    Operation,
    Tag,
    Value,
    decode,
    encode,
    keywords,
    number_of,
    text_of,
)
from drivers.emulators.serving import END_WITHIN, LOCALHOST, Admin, HttpPort, Reply, arguments, json_reply, run

FAULTS = frozenset(
    {
        *("paper", "paper_after", "jam", "cover", "toner", "busy", "offline", "silent", "slow", "garbled", "wrong"),
        *("partial", "job_lost", "answer_lost", "aborts", "no_create"),
    }
)
_REASONS = {
    "paper": "media-empty-error",
    "jam": "media-jam-error",
    "cover": "cover-open",
    "toner": "marker-supply-empty-error",
    "offline": "paused",
}
_PENDING, _HELD, _PROCESSING, _HALTED, _CANCELED, _ABORTED, _COMPLETED = range(3, 10)
_OK, _BUSY, _NOT_POSSIBLE, _NOT_FOUND, _BAD, _NO_SUCH = 0x0000, 0x0507, 0x0404, 0x0406, 0x0400, 0x0501
_PRINTS = (Operation.PRINT_JOB, Operation.CREATE_JOB, Operation.SEND_DOCUMENT)
_PAGE_TAKES = 0.02  # seconds


_A4: dict[str, Attribute] = {
    "media-size": Attribute(
        Tag.COLLECTION,
        (
            {
                "x-dimension": Attribute(Tag.INTEGER, (21000,)),
                "y-dimension": Attribute(Tag.INTEGER, (29700,)),
            },
        ),
    )
}


@dataclass
class Job:
    """One job; ``began`` is the moment it was first printed at."""

    id: int
    name: str
    state: int
    document: bytes | None = None
    began: int | None = None
    lost: bool = field(default=False)


class DocumentPrinterEmulator:
    """Queue and mechanism; all access under one lock."""

    def __init__(self, on_printed: Callable[[Job], None] = lambda _job: None) -> None:
        self.admin = Admin(faults=FAULTS, state=self._state, on_fault=self._on_fault)
        self._changed = threading.Condition()
        self._jobs: list[Job] = []
        self._printed: list[Job] = []
        self._printed_at_fault = 0
        self._clock = 1
        self._uri = ""
        self._on_printed = on_printed
        for method, path, route in (
            ("GET", "/jobs", self._get_jobs),
            ("GET", "/printed", self._get_printed),
            ("GET", "/document.pdf", self._get_document),
            ("DELETE", "/jobs", self._forget),
            ("PUT", "/paper", self._new_paper),
        ):
            self.admin.route(method, path, route)
        self._closed = False
        self._mechanism = threading.Thread(target=self._print, name="mechanism", daemon=True)
        self._mechanism.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop the mechanism behind the job that it prints."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._mechanism.join(END_WITHIN)

    # ---- the port

    def answer(self, body: bytes, uri: str) -> bytes | None:
        """The answer to one message; ``None`` to drop the connection without one."""
        if self.admin.fault == "silent":
            with self._changed:
                self._changed.wait_for(lambda: self.admin.fault != "silent" or self._closed)
            return None
        if self.admin.fault == "slow":
            sleep(0.3)
        self._uri = uri
        try:
            asked = decode(body)
        except MessageError:
            return encode(Message(_BAD, 1, (_head(),)))
        with self._changed:
            status, groups = self._carry_out(asked)
            self._changed.notify_all()
        if asked.code in _PRINTS and self.admin.fault == "answer_lost":
            return None
        number = asked.request_id + (1 if self.admin.strikes("wrong") else 0)
        said = encode(Message(status, number, (_head(), *groups), version=asked.version))
        if self.admin.strikes("garbled"):
            return bytes(byte ^ 0x5A for byte in said)
        return said[: len(said) // 2] if self.admin.strikes("partial") else said

    def _carry_out(self, asked: Message) -> tuple[int, tuple[tuple[int, Attributes], ...]]:
        about = asked.group(Tag.OPERATION)
        match asked.code:
            case Operation.GET_PRINTER_ATTRIBUTES:
                return _OK, ((Tag.PRINTER, self._attributes()),)
            case Operation.VALIDATE_JOB:
                return (_BUSY if self.admin.fault == "busy" else _OK), ()
            case Operation.GET_JOBS:
                over = text_of(about, "which-jobs") == "completed"
                found = [job for job in self._jobs if not job.lost and (job.state >= _CANCELED) is over]
                return _OK, tuple((Tag.JOB, self._of_job(job)) for job in found)
            case Operation.CREATE_JOB if self.admin.fault != "no_create":
                return self._new_job(text_of(about, "job-name"), None)
            case Operation.PRINT_JOB:
                return self._new_job(text_of(about, "job-name"), asked.data)
        return self._about_job(asked, number_of(about, "job-id"))

    def _about_job(self, asked: Message, number: int | None) -> tuple[int, tuple[tuple[int, Attributes], ...]]:
        job = next((one for one in self._jobs if one.id == number and not one.lost), None)
        if job is None:
            return (_NOT_FOUND if number else _NO_SUCH), ()
        match asked.code:
            case Operation.SEND_DOCUMENT if job.state == _HELD and job.document is None:
                job.document, job.state = asked.data, _PENDING
                job.lost = self.admin.fault == "job_lost"
            case Operation.CANCEL_JOB if job.state < _CANCELED:
                job.state = _CANCELED
            case Operation.GET_JOB_ATTRIBUTES:
                pass
            case _:
                return _NOT_POSSIBLE, ()
        return _OK, ((Tag.JOB, self._of_job(job)),)

    def _new_job(self, name: str, document: bytes | None) -> tuple[int, tuple[tuple[int, Attributes], ...]]:
        if self.admin.fault == "busy":
            return _BUSY, ()
        job = Job(len(self._jobs) + 1, name, _HELD if document is None else _PENDING, document)
        self._jobs.append(job)
        return _OK, ((Tag.JOB, self._of_job(job)),)

    def _attributes(self) -> Attributes:
        stopped = self._stops()
        state = STOPPED if stopped else 4 if any(job.state == _PROCESSING for job in self._jobs) else 3
        operations = [int(one) for one in Operation]
        if self.admin.fault == "no_create":
            operations = [one for one in operations if one not in {Operation.CREATE_JOB, Operation.SEND_DOCUMENT}]
        return {
            "printer-uri-supported": Attribute(Tag.URI, (self._uri,)),
            "uri-authentication-supported": keywords("none"),
            "uri-security-supported": keywords("none"),
            "printer-name": Attribute(Tag.NAME, ("emulated",)),
            "printer-info": Attribute(Tag.TEXT, ("Emulated A4 printer",)),
            "printer-location": Attribute(Tag.TEXT, ("service hall",)),
            "printer-more-info": Attribute(Tag.URI, (self._uri.replace("ipp:", "http:"),)),
            "printer-make-and-model": Attribute(Tag.TEXT, ("Emulated A4 printer",)),
            "printer-is-accepting-jobs": Attribute(Tag.BOOLEAN, (True,)),
            "printer-state": Attribute(Tag.ENUM, (state,)),
            "printer-state-reasons": keywords(_REASONS.get(stopped, "none")),
            "printer-up-time": Attribute(Tag.INTEGER, (self._clock,)),
            "queued-job-count": Attribute(Tag.INTEGER, (sum(job.state < _CANCELED for job in self._jobs),)),
            "operations-supported": Attribute(Tag.ENUM, tuple(operations)),
            "ipp-versions-supported": keywords("1.1", "2.0"),
            "charset-configured": Attribute(Tag.CHARSET, ("utf-8",)),
            "charset-supported": Attribute(Tag.CHARSET, ("utf-8",)),
            "natural-language-configured": Attribute(Tag.LANGUAGE, ("en",)),
            "generated-natural-language-supported": Attribute(Tag.LANGUAGE, ("en",)),
            "document-format-default": Attribute(Tag.MIME, ("application/pdf",)),
            "document-format-supported": Attribute(Tag.MIME, ("application/pdf", "application/octet-stream")),
            "compression-supported": keywords("none"),
            "pdl-override-supported": keywords("attempted"),
            "media-default": keywords("iso_a4_210x297mm"),
            "media-supported": keywords("iso_a4_210x297mm"),
            "media-col-default": Attribute(Tag.COLLECTION, (_A4,)),
        }

    def _of_job(self, job: Job) -> Attributes:
        began: Value = job.began
        reasons = "job-incoming" if job.state == _HELD else "none"
        return {
            "job-id": Attribute(Tag.INTEGER, (job.id,)),
            "job-uri": Attribute(Tag.URI, (f"{self._uri}/{job.id}",)),
            "job-name": Attribute(Tag.NAME, (job.name,)),
            "job-state": Attribute(Tag.ENUM, (job.state,)),
            "job-state-reasons": keywords(reasons),
            "number-of-documents": Attribute(Tag.INTEGER, (int(job.document is not None),)),
            "job-impressions-completed": Attribute(Tag.INTEGER, (int(job.state == _COMPLETED),)),
            "time-at-processing": Attribute(Tag.INTEGER if job.began is not None else 0x13, (began,)),
        }

    # ---- the mechanism

    def _stops(self) -> str:
        fault = self.admin.fault or ""
        if fault == "paper_after":
            return "paper" if len(self._printed) - self._printed_at_fault >= self.admin.amount else ""
        return fault if fault in _REASONS else ""

    def _print(self) -> None:
        while not self._closed:
            with self._changed:
                job = next((one for one in self._jobs if one.state in {_PENDING, _PROCESSING, _HALTED}), None)
                if job is None or (self._stops() and job.state != _PROCESSING):
                    if not self._closed:
                        self._changed.wait()
                    continue
                self._clock += 1
                if self.admin.fault == "aborts" and job.state == _PENDING:
                    job.state = _ABORTED
                    continue
                if job.state != _PROCESSING:
                    job.state, job.began = _PROCESSING, job.began or self._clock
            sleep(_PAGE_TAKES * (5 if self.admin.fault == "slow" else 1))
            with self._changed:
                if self._stops():
                    job.state = _HALTED
                elif job.state == _PROCESSING:
                    job.state = _COMPLETED
                    self._printed.append(job)
                    self._on_printed(job)

    def _on_fault(self, _name: str | None) -> None:
        with self._changed:
            self._printed_at_fault = len(self._printed)
            self._changed.notify_all()

    # ---- the admin port

    def _state(self) -> dict[str, object]:
        with self._changed:
            return {"jobs": len(self._jobs), "printed": len(self._printed), "stopped_by": self._stops()}

    def _get_jobs(self, _body: bytes) -> Reply:
        with self._changed:
            return json_reply([{"id": job.id, "name": job.name, "state": job.state} for job in self._jobs])

    def _get_printed(self, _body: bytes) -> Reply:
        with self._changed:
            return json_reply([job.name for job in self._printed])

    def _get_document(self, _body: bytes) -> Reply:
        with self._changed:
            if not self._printed:
                return json_reply({"error": "nothing was printed"}, 404)
            return Reply(200, "application/pdf", self._printed[-1].document or b"")

    def _forget(self, _body: bytes) -> Reply:
        with self._changed:
            for job in self._jobs:
                job.lost = job.lost or job.state >= _CANCELED
        return Reply()

    def _new_paper(self, _body: bytes) -> Reply:
        if self.admin.fault in {"paper", "paper_after"}:
            self.admin.set_fault(None)
        return Reply()


def _head() -> tuple[int, Attributes]:
    return Tag.OPERATION, {
        "attributes-charset": Attribute(Tag.CHARSET, ("utf-8",)),
        "attributes-natural-language": Attribute(Tag.LANGUAGE, ("en",)),
    }


def handler(emulator: DocumentPrinterEmulator) -> type[BaseHTTPRequestHandler]:
    """What a connection does."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            """One IPP message."""
            body = self._body()
            if self.path != "/ipp/print":
                self.send_error(404)
                return
            said = emulator.answer(body, f"ipp://{self.headers.get('Host', LOCALHOST)}/ipp/print")
            self.close_connection = self.close_connection or said is None
            if said is not None:
                self.send_response(200)
                self.send_header("Content-Type", "application/ipp")
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

        def _body(self) -> bytes:
            if self.headers.get("Transfer-Encoding", "") != "chunked":
                return self.rfile.read(int(self.headers.get("Content-Length") or 0))
            body = b""
            while size := int(self.rfile.readline().split(b";")[0] or b"0", 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return body

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the inherited name
            """Stay silent."""

    return Handler


def _show(folder: str) -> Callable[[Job], None]:
    def shown(job: Job) -> None:
        pages = (job.document or b"").count(b"/Type /Page\n") or (job.document or b"").count(b"/Type/Page")
        sys.stderr.write(f"printed {job.name}: {len(job.document or b'')} bytes, {max(1, pages)} page(s)\n")
        if folder != "-":
            Path(folder).mkdir(parents=True, exist_ok=True)
            (Path(folder) / f"{job.id:04}.pdf").write_bytes(job.document or b"")

    return shown


def main(argv: Sequence[str] | None = None) -> int:
    """Run the emulator until stdin closes."""
    parser = arguments("document_printer")
    parser.add_argument(
        "--show", nargs="?", const="-", metavar="FOLDER", help="tell what is printed; with FOLDER keep it there as PDF"
    )
    options = parser.parse_args(argv)
    made = DocumentPrinterEmulator(_show(options.show)) if options.show else DocumentPrinterEmulator()
    with made as emulator, HttpPort(options.port, handler(emulator)) as port:
        url = f"ipp://{LOCALHOST}:{port.number}/ipp/print"
        return run("document_printer", url, emulator.admin, admin_port=options.admin, fault=options.fault)


if __name__ == "__main__":
    raise SystemExit(main())
