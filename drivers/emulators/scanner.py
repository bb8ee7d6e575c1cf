"""A document scanner for eSCL: a glass and a feeder for both sides, over HTTP or https.

Admin port, beside the usual: ``PUT /page`` (JPEG bytes, laid on top of what is in the feeder), ``PUT /feeder
{"pages": N}`` (N drawn documents instead of what is there), ``DELETE /feeder`` (empty), ``PUT /platen`` (JPEG bytes),
``PUT /pace {"seconds": N}`` (each page takes so long), ``DELETE /jobs`` (its button: whatever it is doing for somebody
ends), ``PUT /reset`` (as it was switched on), ``GET /certificate`` (SHA-256 of its own).

Faults, of paper and work: ``jam_after:N`` pages; ``door_open``; ``no_documents`` (takes the job, then has no page);
``busy``; ``hangs`` until the job is deleted; ``holds_after:N`` pages, until the fault is taken away.
Of the line: ``silent``; ``gone`` (closes in the middle of a page); ``partial`` (stops in the middle of one and keeps
the line); ``not_ready`` (404 everywhere). Of what it says: ``garbled`` and ``cut_page`` (pages), ``garbled_xml``,
``wrong_answer`` (a sign-in page to everything). Manners seen in the field: ``slow`` (503 three times with Retry-After
before each page); ``early_404`` and ``early_410`` twice before each page; ``end_409`` after the last; ``idle`` while
pages flow; ``wrong_location``, ``cut_location``, ``relative_location``; ``host_wanted`` (403 unless Host is localhost);
``no_adf_state`` (nor whether it works); ``pdf_only`` whatever is asked; ``chunked`` pages; ``bare_jpeg`` (no density).
"""

import ssl
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler

from drivers.emulators import scanner_xml as xml
from drivers.emulators.scanner_announcing import announced
from drivers.emulators.scanner_certificate import own_context
from drivers.emulators.scanner_machine import BASE, MODEL, ScannerEmulator
from drivers.emulators.scanner_picture import picture
from drivers.emulators.serving import LOCALHOST, HttpPort, Reply, arguments, json_reply, run

_CHUNK = 10_000


def serve_escl(emulator: ScannerEmulator, port: int, context: ssl.SSLContext | None = None) -> HttpPort:
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
            page = reply.status == 200 and self.path.endswith("/NextDocument")
            if page and emulator.admin.fault == "chunked":
                self._in_chunks(reply)
                return
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            if page and emulator.admin.strikes("gone"):
                self.wfile.write(reply.body[: len(reply.body) // 2])
                self.close_connection = True
                return
            if page and emulator.admin.fault == "partial":
                self.wfile.write(reply.body[: len(reply.body) // 2])
                self.wfile.flush()
                emulator.wait_while("partial")
                self.close_connection = True
                return
            self.wfile.write(reply.body)

        def _in_chunks(self, reply: Reply) -> None:
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for at in range(0, len(reply.body), _CHUNK):
                piece = reply.body[at : at + _CHUNK]
                self.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
            self.wfile.write(b"0\r\n\r\n")

        do_GET = do_POST = do_DELETE = _serve  # noqa: N815 - the names http.server looks up

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the inherited name
            """Stay silent."""

    return HttpPort(port, Handler, context=context)


class _Screen:
    """Draws the scanner on stderr when something changed."""

    def __init__(self) -> None:
        self.emulator: ScannerEmulator | None = None
        self._drawn = ""

    def draw(self) -> None:
        """Draw, unless nothing changed."""
        if self.emulator is None:
            return
        drawn = picture(self.emulator.state(), self.emulator.loaded(), self.emulator.admin.fault)
        if drawn != self._drawn:
            self._drawn = drawn
            sys.stderr.write(("\x1b[2J\x1b[H" if sys.stderr.isatty() else "") + drawn + "\n")
            sys.stderr.flush()


def main(argv: Sequence[str] | None = None) -> int:
    """Run the emulator until stdin closes."""
    parser = arguments("scanner")
    can = xml.Can()
    parser.add_argument("--pages", type=int, default=3, help="drawn documents in the feeder at the start")
    parser.add_argument("--model", default=MODEL, help="make and model that it says it is")
    parser.add_argument("--formats", default=",".join(can.formats), help="document formats that it offers")
    parser.add_argument("--resolutions", default="100,150,200,300", help="dots an inch that it offers")
    parser.add_argument("--colours", default=",".join(can.colours), help="colour modes that it offers")
    parser.add_argument("--sources", default=",".join(can.sources), help="platen, feeder, duplex")
    parser.add_argument("--largest", default="2550x3508", help="largest page in 1/300 inch")
    parser.add_argument("--whole-pdf", action="store_true", help="a PDF job gives all pages in one document")
    parser.add_argument("--pace", type=float, default=0.0, help="seconds that a page takes (0)")
    parser.add_argument("--tls", action="store_true", help="https, with a certificate of its own")
    parser.add_argument("--announce", action="store_true", help="announce it by DNS-SD on this machine")
    parser.add_argument("--note", default="window", help="where it stands, as the announcement says")
    parser.add_argument("--show", action="store_true", help="draw the scanner on stderr when it changes")
    options = parser.parse_args(argv)
    width, _, height = options.largest.partition("x")
    formats = tuple(options.formats.split(","))
    can = xml.Can(
        formats=formats,
        formats_ext=tuple(kind for kind in formats if kind == "image/jpeg"),
        resolutions=tuple(int(dpi) for dpi in options.resolutions.split(",")),
        colours=tuple(options.colours.split(",")),
        sources=tuple(options.sources.split(",")),
        largest=(int(width), int(height)),
    )
    screen = _Screen()
    emulator = ScannerEmulator(
        seed=options.seed,
        loaded=options.pages,
        model=options.model,
        can=can,
        whole_pdf=options.whole_pdf,
        pace=options.pace,
        on_change=screen.draw,
    )
    if options.show:
        screen.emulator = emulator
        screen.draw()
    context, shown = own_context() if options.tls else (None, "")
    emulator.admin.route("GET", "/certificate", lambda _body: json_reply({"sha256": shown}))
    with ExitStack() as stack:
        port = stack.enter_context(serve_escl(emulator, options.port, context))
        if options.announce:
            ports = {"number": 0, "tls_port": port.number} if options.tls else {"number": port.number}
            stack.enter_context(
                announced(**ports, model=options.model, uuid=xml.uuid(emulator.serial), note=options.note, can=can)
            )
        url = f"http{'s' if options.tls else ''}://{LOCALHOST}:{port.number}{BASE}"
        return run("scanner", url, emulator.admin, admin_port=options.admin, fault=options.fault)


if __name__ == "__main__":
    raise SystemExit(main())
