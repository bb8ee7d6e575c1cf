"""What all emulators share: the first line, the life tied to stdin, the admin port, and a pty or TCP port.

An emulator is a program. It prints one JSON object on its first stdout line, ``{"kind", "url", "admin"}``,
and ends when its stdin closes, so that it can never outlive whoever started it. A typical ``main``::

    def main(argv: Sequence[str] | None = None) -> int:
        options = arguments("printer", baud=9600).parse_args(argv)
        admin = Admin(faults=frozenset({"paper_out"}), state=lambda: {"printed": 3})
        admin.route("GET", "/text", lambda _body: Reply(200, "text/plain; charset=utf-8", b"..."))
        with serve_tcp(options.port, talk) as port:
            return run("printer", port.url, admin, admin_port=options.admin, fault=options.fault)

Routes and port functions run in threads of their own: guard what they share. Everything listens on
127.0.0.1 only.
"""

import argparse
import errno
import json
import os
import select
import signal
import socket
import sys
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, NamedTuple, NoReturn, Self, TypeVar

if TYPE_CHECKING:
    import ssl

LOCALHOST = "127.0.0.1"

BIND_WITHIN = 3.0
"""Seconds that a port which is in use is tried for."""

END_WITHIN = 2.0
"""Seconds that whoever still talks when a port is closed is waited for."""

Send = Callable[[bytes], None]
OnBytes = Callable[[bytes, Send], None]


class Reply(NamedTuple):
    """An HTTP answer of the admin port."""

    status: int = 204
    content_type: str = "application/json"
    body: bytes = b""


Route = Callable[[bytes], Reply]


def json_reply(value: object, status: int = 200) -> Reply:
    """An answer with ``value`` as JSON."""
    return Reply(status, "application/json", json.dumps(value, ensure_ascii=False).encode())


def arguments(kind: str, *, baud: int = 0) -> argparse.ArgumentParser:
    """The options every emulator takes; with ``baud`` also those of a serial device."""
    parser = argparse.ArgumentParser(prog=f"python -m drivers emulate {kind}", description=f"Stand-in for: {kind}")
    parser.add_argument("--port", type=int, default=0, help="TCP port of the device (0: any free one)")
    parser.add_argument("--admin", type=int, default=0, help="TCP port of the admin interface (0: any free one)")
    parser.add_argument("--seed", type=int, default=0, help="seed of everything random")
    parser.add_argument("--fault", default=None, help="fault that is on from the start")
    if baud:
        parser.add_argument("--link", type=Path, default=None, help="stable symbolic link to the pty")
        parser.add_argument("--tcp", action="store_true", help="a TCP port instead of a pty")
        parser.add_argument("--baud", type=int, default=baud, help="the speed the device listens at")
    return parser


class Admin:
    """The admin interface: ``GET /state``, ``PUT /fault``, ``DELETE /fault`` and the routes of the kind.

    ``PUT /fault {"name": "jam"}`` switches a fault on until ``DELETE /fault``; with ``"times": 2`` it is
    used up after two calls of ``strikes``. A name may carry a number, ``jam_after:2``, which stands in ``amount``.
    A name that this kind does not know is answered with 422.

    Args:
        faults: Names that ``PUT /fault`` accepts.
        state: Gives what ``GET /state`` shows; ``fault`` and ``faults`` are added to it.
        on_fault: Called with the new fault (or ``None``) after each change.
    """

    def __init__(
        self,
        *,
        faults: frozenset[str] = frozenset(),
        state: Callable[[], dict[str, object]] = dict,
        on_fault: Callable[[str | None], None] = lambda _name: None,
    ) -> None:
        self.faults = faults
        self.fault: str | None = None
        self.amount = 0
        self.routes: dict[tuple[str, str], Route] = {}
        self._times: int | None = None
        self._lock = threading.Lock()
        self._state = state
        self._on_fault = on_fault
        self.route("GET", "/state", self._get_state)
        self.route("PUT", "/fault", self._put_fault)
        self.route("DELETE", "/fault", self._delete_fault)

    def route(self, method: str, path: str, function: Route) -> None:
        """Answer ``method path`` with ``function(body)``; its ``ValueError`` becomes status 422."""
        self.routes[method, path] = function

    def set_fault(self, name: str | None, *, times: int | None = None) -> None:
        """Switch a fault on (for ``times`` strikes, or until switched off), or off with ``None``.

        Raises:
            ValueError: This kind has no such fault.
        """
        name, _, amount = (name or "").partition(":")
        if name and name not in self.faults:
            raise ValueError(f"no fault {name!r}; known: {', '.join(sorted(self.faults))}")
        name = name or None
        with self._lock:
            self.fault, self._times, self.amount = name, times, int(amount or 0)
        self._on_fault(name)

    def strikes(self, name: str) -> bool:
        """Whether the fault ``name`` is on; counts down a fault that was set for some times only."""
        with self._lock:
            if self.fault != name:
                return False
            if self._times is None:
                return True
            self._times -= 1
            over = self._times <= 0
            if over:
                self.fault, self._times = None, None
        if over:
            self._on_fault(None)
        return True

    def answer(self, method: str, path: str, body: bytes) -> Reply:
        """The answer to one request."""
        function = self.routes.get((method, path))
        if function is None:
            return json_reply({"error": f"no {method} {path}"}, 404)
        try:
            return function(body)
        except (ValueError, KeyError, TypeError) as error:
            return json_reply({"error": str(error)}, 422)

    def _get_state(self, _body: bytes) -> Reply:
        return json_reply({**self._state(), "fault": self.fault, "faults": sorted(self.faults)})

    def _put_fault(self, body: bytes) -> Reply:
        asked = json.loads(body)
        self.set_fault(asked["name"], times=asked.get("times"))
        return Reply()

    def _delete_fault(self, _body: bytes) -> Reply:
        self.set_fault(None)
        return Reply()


T = TypeVar("T")


def bound(make: Callable[[], T], port: int) -> T:
    """Listen, on a port that was ours a moment ago too: somebody's outgoing connection may just be using it."""
    give_up_at = time.monotonic() + BIND_WITHIN
    while True:
        try:
            return make()
        except OSError as error:
            if not port or error.errno != errno.EADDRINUSE or time.monotonic() > give_up_at:
                raise
            time.sleep(0.1)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002 - the inherited names
        """A client that hangs up, or does not like our certificate, is no news."""
        if not isinstance(sys.exc_info()[1], OSError):
            traceback.print_exc()


class HttpPort:
    """An HTTP server on 127.0.0.1, one thread a request; scanners and cameras speak through it too.

    With ``context`` it is https; a client that does not like the certificate just goes.
    """

    def __init__(
        self, port: int, handler: type[BaseHTTPRequestHandler], *, context: "ssl.SSLContext | None" = None
    ) -> None:
        self._server = bound(lambda: _Server((LOCALHOST, port), handler), port)
        if context is not None:
            self._server.socket = context.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
        self.number = int(self._server.server_address[1])
        self._serving = threading.Thread(target=self._server.serve_forever, args=(0.05,), name="http", daemon=True)
        self._serving.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._serving.join()


def serve_admin(admin: Admin, port: int) -> HttpPort:
    """Put the admin interface on a port (0: any free one)."""

    class Handler(BaseHTTPRequestHandler):
        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            reply = admin.answer(self.command, self.path.partition("?")[0], body)
            self.send_response(reply.status)
            if reply.status != 204:
                self.send_header("Content-Type", reply.content_type)
                self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)

        do_GET = do_PUT = do_POST = do_DELETE = _serve  # noqa: N815 - the names http.server looks up

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the inherited name
            """Stay silent: a card's data could pass through here."""

    return HttpPort(port, Handler)


class TcpPort:
    """A listening port; ``on_connection`` gets each connection in a thread of its own and may close it."""

    def __init__(self, port: int, on_connection: Callable[[socket.socket], None]) -> None:
        self._listener = bound(lambda: socket.create_server((LOCALHOST, port)), port)
        self.number = int(self._listener.getsockname()[1])
        self.url = f"socket://{LOCALHOST}:{self.number}"
        self._on_connection = on_connection
        self._talking: dict[socket.socket, threading.Thread] = {}
        self._lock = threading.Lock()
        self._accepting = threading.Thread(target=self._accept, name="tcp", daemon=True)
        self._accepting.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):  # Linux: closing alone does not wake who waits in accept; Windows: closing does
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._accepting.join(END_WITHIN)
        with self._lock:
            talking = list(self._talking.items())
        for connection, thread in talking:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            thread.join(END_WITHIN)

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            thread = threading.Thread(target=self._talk, args=(connection,), name="connection", daemon=True)
            with self._lock:
                self._talking[connection] = thread
            thread.start()

    def _talk(self, connection: socket.socket) -> None:
        with connection:
            try:
                self._on_connection(connection)
            except OSError:  # the far end went away, as it may
                return
            finally:
                with self._lock:
                    del self._talking[connection]


def serve_tcp(port: int, on_connection: Callable[[socket.socket], None]) -> TcpPort:
    """Listen on a TCP port (0: any free one)."""
    return TcpPort(port, on_connection)


class PtyPort:
    """A pseudo terminal whose far end looks like a serial port.

    We keep the far end open ourselves, so that a driver may come and go; when this program ends the
    driver sees what an unplugged cable looks like.

    Args:
        link: A stable symbolic link to make, or ``None``.
        on_bytes: Gets what the driver sends, and how to answer.
        baud: Goes into the URL.
        speed: The speed that the device listens at right now; at any other it hears nothing.
    """

    def __init__(
        self,
        link: Path | None,
        on_bytes: OnBytes,
        *,
        baud: int = 115200,
        speed: Callable[[], int] | None = None,
    ) -> None:
        import pty  # noqa: PLC0415 - not on Windows
        import tty  # noqa: PLC0415

        self._near, self._far = pty.openpty()
        tty.setraw(self._far)
        self._name = os.ttyname(self._far)
        self._link = link
        if link is not None:
            fresh = link.with_name(f".{link.name}.{os.getpid()}")
            fresh.symlink_to(self._name)
            fresh.replace(link)
        self.url = f"serial://{(link.absolute() if link else Path(self._name)).as_posix()}?baud={baud}"
        self._on_bytes = on_bytes
        self._listens_at = speed
        self._wake, self._woken = os.pipe()
        self._listening = threading.Thread(target=self._listen, name="pty", daemon=True)
        self._listening.start()

    @property
    def speed(self) -> int:
        """The bits a second that the driver has set; 0 when it is none of the usual speeds."""
        import termios  # noqa: PLC0415 - not on Windows

        code = termios.tcgetattr(self._far)[5]
        usual = (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200)
        return next((speed for speed in usual if getattr(termios, f"B{speed}") == code), 0)

    def say(self, data: bytes) -> None:
        """Send something unasked."""
        self._send(data)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._link is not None and self._link.is_symlink() and str(self._link.readlink()) == self._name:
            self._link.unlink()
        os.close(self._woken)
        self._listening.join(END_WITHIN)

    def _listen(self) -> None:
        try:
            while (
                self._near in (ready := select.select([self._near, self._wake], [], [])[0]) and self._wake not in ready
            ):
                data = os.read(self._near, 4096)
                if self._listens_at is None or self._listens_at() == self.speed:
                    self._on_bytes(data, self._send)
        finally:  # only here: nobody reads from a number that is another file's by now
            for end in (self._wake, self._near, self._far):
                os.close(end)

    def _send(self, data: bytes) -> None:
        # A driver that does not read must not hold us for ever: the kernel's buffer full means lost bytes, as on a line
        while data:
            if not select.select([], [self._near], [], 1.0)[1]:
                return
            data = data[os.write(self._near, data) :]


def serve_pty(link: Path | None, on_bytes: OnBytes, *, baud: int = 115200) -> PtyPort:
    """Open a pseudo terminal, with a stable symbolic link to it if wanted; ``baud`` only goes into the URL."""
    return PtyPort(link, on_bytes, baud=baud)


def serve_bytes(
    options: argparse.Namespace, on_bytes: OnBytes, *, speed: Callable[[], int] | None = None
) -> "PtyPort | TcpPort":
    """Serve a serial device as the options ask: a pty, or TCP with ``--tcp`` or with ``--port`` and no ``--link``."""
    if options.tcp or (options.port and options.link is None) or sys.platform == "win32":

        def talk(connection: socket.socket) -> None:
            while data := connection.recv(4096):
                on_bytes(data, connection.sendall)

        return serve_tcp(options.port, talk)
    return PtyPort(options.link, on_bytes, baud=options.baud, speed=speed)


def run(kind: str, url: str, admin: Admin, *, admin_port: int = 0, fault: str | None = None) -> int:
    """Open the admin port, print the first line, and stay until stdin closes or SIGTERM comes."""
    if fault is not None:
        admin.set_fault(fault)
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGINT, _leave)
    with serve_admin(admin, admin_port) as port:
        line = {"kind": kind, "url": url, "admin": f"http://{LOCALHOST}:{port.number}"}
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()
        while sys.stdin.buffer.read(4096):
            continue
    return 0


def _leave(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)
