"""Trouble on the wire, to be switched on in the demo and in tests: a service that behaves like a bad network.

``PUT /fault {"name": "500", "path": "/v1/cases", "times": 1}`` on the admin port; ``DELETE /fault`` ends it. Names:

========================  ==========================================================================
``500`` ``503:7``         that status; the number behind the colon is ``Retry-After``
``408`` ``425`` ``429``   not now
``401`` ``403`` ``404``   a refusal in problem+json; so are ``409`` and ``422``
``html``                  a proxy's page with status 200
``broken``                JSON that ends in the middle
``slow:3``                the answer comes three seconds late
``refuse``                the connection is cut before the request is read
``cut:N``                 the connection is cut once N bytes of bodies have arrived (counted over requests)
``lose_answer``           the request is carried out, the answer is cut off
========================  ==========================================================================
"""

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

NAMES = frozenset({"html", "broken", "slow", "refuse", "cut", "lose_answer"})
STATUSES = frozenset({401, 403, 404, 408, 409, 422, 425, 429, 500, 502, 503, 504})


@dataclass(slots=True)
class Fault:
    """What is wrong, for paths that begin with ``path``, and how many more times (None: until it is ended)."""

    name: str
    number: float = 0.0
    path: str = ""
    times: int | None = None
    bytes_seen: int = 0


class Faults:
    """The ASGI layer in front of the service; also what the admin port switches."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._fault: Fault | None = None
        self._lock = threading.Lock()

    def set(self, name: str, path: str = "", times: int | None = None) -> None:
        """Switch a fault on. Raises ValueError for an unknown name."""
        word, _, number = name.partition(":")
        if word not in NAMES and not (word.isdecimal() and int(word) in STATUSES):
            raise ValueError(f"no such fault: {name}")
        with self._lock:
            self._fault = Fault(word, float(number or 0), path, times)

    def clear(self) -> None:
        """All is well again."""
        with self._lock:
            self._fault = None

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass on, unless a fault strikes."""
        fault = self._struck(scope) if scope["type"] == "http" else None
        if fault is None:
            await self._app(scope, receive, send)
        elif fault.name == "slow":
            await asyncio.sleep(fault.number)
            await self._app(scope, receive, send)
        elif fault.name == "cut":
            await self._app(scope, _Cutter(self, fault, receive), _unless_cut(receive, send))
        elif fault.name == "lose_answer":
            await self._app(scope, receive, _nowhere)
            await _hang_up(receive)
        elif fault.name == "refuse":
            await _hang_up(receive)
        else:
            await _read_all(receive)
            await _answer(fault, send)

    def used_up(self, fault: Fault) -> None:
        """A fault that strikes once has struck."""
        with self._lock:
            if self._fault is fault:
                self._fault = None

    def _struck(self, scope: Message) -> Fault | None:
        with self._lock:
            fault = self._fault
            if fault is None or not scope["path"].startswith(fault.path):
                return None
            if fault.times is not None and fault.name != "cut":
                fault.times -= 1
                if fault.times <= 0:
                    self._fault = None
            return fault


class _Cutter:
    """Passes the body on and hangs up in the middle of it. Keeps ``__self__``'s way to the connection."""

    def __init__(self, faults: Faults, fault: Fault, receive: Receive) -> None:
        self._faults = faults
        self._fault = fault
        self._receive = receive

    async def __call__(self) -> Message:
        message = await self._receive()
        self._fault.bytes_seen += len(message.get("body", b""))
        if self._fault.bytes_seen > self._fault.number:
            self._faults.used_up(self._fault)
            await _hang_up(self._receive)
            return {"type": "http.disconnect"}
        return message


def _unless_cut(receive: Receive, send: Send) -> Send:
    async def pass_on(message: Message) -> None:
        if not getattr(receive, "__self__").disconnected:  # noqa: B009  the cycle of uvicorn
            await send(message)

    return pass_on


async def _hang_up(receive: Receive) -> None:
    """Cut the TCP connection. ASGI has no word for it: uvicorn's ``receive`` is a method of what holds it."""
    getattr(receive, "__self__").transport.abort()  # noqa: B009
    while not getattr(receive, "__self__").disconnected:  # noqa: B009
        await asyncio.sleep(0.001)


async def _read_all(receive: Receive) -> None:
    while (await receive()).get("more_body"):
        pass


async def _nowhere(_message: Message) -> None:
    return


async def _answer(fault: Fault, send: Send) -> None:
    status, kind, body = 200, b"text/html; charset=utf-8", b"<html><body>Please sign in to the network</body></html>"
    headers: list[tuple[bytes, bytes]] = []
    if fault.name == "broken":
        kind, body = b"application/json", b'{"case_id": "'
    elif fault.name.isdecimal():
        status, kind = int(fault.name), b"application/problem+json"
        body = json.dumps({"code": "fault", "title": "switched on", "status": status}).encode()
        if fault.number:
            headers.append((b"retry-after", str(int(fault.number)).encode()))
    headers += [(b"content-type", kind), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


class FaultPort:
    """The admin port: plain HTTP on this machine alone, in a thread of its own."""

    def __init__(self, faults: Faults, port: int = 0) -> None:
        class Handler(BaseHTTPRequestHandler):
            def do_PUT(self) -> None:
                asked = json.loads(self.rfile.read(int(self.headers.get("Content-Length", "0"))) or b"{}")
                try:
                    faults.set(str(asked.get("name", "")), str(asked.get("path", "")), asked.get("times"))
                except ValueError:
                    self._end(422)
                else:
                    self._end(204)

            def do_DELETE(self) -> None:
                faults.clear()
                self._end(204)

            def _end(self, status: int) -> None:
                self.send_response(status)
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the name of the library
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, name="faults", daemon=True).start()

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()
