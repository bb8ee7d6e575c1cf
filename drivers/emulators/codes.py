"""A hand-held code scanner of the USB-COM kind, as a program.

``PUT /code {"text": "C017"}`` pulls the trigger at a code. Beside ``text``: ``bytes`` (hexadecimal, sent as they are),
``encoding`` (``utf-8``, ``gb18030``), ``aim`` (``]Q1``). ``--ending``, ``--prefix`` and ``--suffix`` are how the
scanner is set up. ``GET /state`` tells how often the trigger was pulled. ``--show`` draws what it read on stderr, as a
QR code of half blocks.

Faults: ``silent`` (it beeps and sends nothing), ``garbled`` (bytes that are no text), ``slow`` (byte by byte),
``partial`` (half of the code and no ending), ``wrong`` (another code than the one in front of it), ``twice`` (each code
two times).
Unplugged is the end of the program.
"""

import argparse
import json
import socket
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress

from drivers.emulators import serving

FAULTS = frozenset({"silent", "garbled", "slow", "partial", "wrong", "twice"})
ENDINGS = {"cr": b"\r", "lf": b"\n", "crlf": b"\r\n", "none": b""}
SLOW = 0.02
"""Seconds between two bytes of a slow scanner."""

WRONG_CODE = "0000000000000"


class Gun:
    """Reads what is held in front of it and sends it to whoever is connected."""

    def __init__(self, *, ending: str = "cr", prefix: str = "", suffix: str = "", show: bool = False) -> None:
        self._frame = (prefix.encode(), suffix.encode() + ENDINGS[ending])
        self._show = show
        self._lock = threading.Lock()
        self._connections: list[socket.socket] = []
        self.port: serving.PtyPort | None = None
        self.pulled = self.sent = 0
        self.admin = serving.Admin(faults=FAULTS, state=self.state)
        self.admin.route("PUT", "/code", self._put_code)

    def state(self) -> dict[str, object]:
        """What ``GET /state`` shows; ``listeners`` are the connections of a TCP port."""
        return {"pulled": self.pulled, "sent": self.sent, "listeners": len(self._connections)}

    def listen(self, connection: socket.socket) -> None:
        """A host at the TCP port, until it goes."""
        with self._lock:
            self._connections.append(connection)
        try:
            while connection.recv(4096):
                continue
        finally:
            with self._lock:
                self._connections.remove(connection)

    def take(self, _data: bytes, _send: serving.Send) -> None:
        """A host may send settings; this scanner has none that can be sent."""

    def _put_code(self, body: bytes) -> serving.Reply:
        asked = json.loads(body)
        text = WRONG_CODE if self.admin.strikes("wrong") else str(asked.get("text", ""))
        data = bytes.fromhex(asked["bytes"]) if "bytes" in asked else text.encode(asked.get("encoding", "utf-8"))
        if not data:
            raise ValueError("nothing to read")
        before, behind = self._frame
        frame = before + str(asked.get("aim", "")).encode("ascii") + data + behind
        with self._lock:
            self.pulled += 1
            self._draw(text)
            if self.admin.strikes("silent"):
                return serving.Reply()
            if self.admin.strikes("garbled"):
                frame = bytes(0x80 | (byte & 0x7F) if n % 2 else 0x01 for n, byte in enumerate(data)) + behind
            elif self.admin.strikes("partial"):
                frame = frame[: max(1, len(frame) // 2)]
            elif self.admin.strikes("twice"):
                frame += frame
            step = 1 if self.admin.strikes("slow") else len(frame)
            for at in range(0, len(frame), step):
                self._say(frame[at : at + step])
                if step < len(frame):
                    time.sleep(SLOW)
            self.sent += 1
        return serving.Reply()

    def _say(self, data: bytes) -> None:
        if self.port is not None:
            self.port.say(data)
        for connection in self._connections:
            with suppress(OSError):  # it went away, as it may
                connection.sendall(data)

    def _draw(self, text: str) -> None:
        if self._show:
            sys.stderr.write(f"{picture(text)}\n{text}\n")
            sys.stderr.flush()


def picture(text: str) -> str:
    """The code as a QR code of half blocks; empty for what does not go into one."""
    import qrcode  # noqa: PLC0415 - heavy, and only to look at

    code = qrcode.QRCode(border=2)
    try:
        code.add_data(text.encode())
        code.make(fit=True)
    except ValueError:  # longer than a QR code holds
        return ""
    rows = code.get_matrix()
    if len(rows) % 2:
        rows.append([False] * len(rows[0]))
    blocks = {(False, False): "█", (False, True): "▀", (True, False): "▄", (True, True): " "}
    return "\n".join(
        "".join(blocks[bool(upper), bool(lower)] for upper, lower in zip(rows[at], rows[at + 1], strict=True))
        for at in range(0, len(rows), 2)
    )


def parser() -> argparse.ArgumentParser:
    """The options of this emulator."""
    made = serving.arguments("codes", baud=9600)
    made.add_argument("--ending", choices=tuple(ENDINGS), default="cr", help="what follows each code (cr)")
    made.add_argument("--prefix", default="", help="text in front of each code")
    made.add_argument("--suffix", default="", help="text behind each code")
    made.add_argument("--show", action="store_true", help="draw on stderr what was read")
    return made


def main(argv: Sequence[str] | None = None) -> int:
    """Run the emulator until stdin closes."""
    options = parser().parse_args(argv)
    gun = Gun(ending=options.ending, prefix=options.prefix, suffix=options.suffix, show=options.show)
    if options.tcp or (options.port and options.link is None) or sys.platform == "win32":
        with serving.serve_tcp(options.port, gun.listen) as port:
            return serving.run("codes", port.url, gun.admin, admin_port=options.admin, fault=options.fault)
    with serving.PtyPort(options.link, gun.take, baud=options.baud) as pty_port:
        gun.port = pty_port
        return serving.run("codes", pty_port.url, gun.admin, admin_port=options.admin, fault=options.fault)
