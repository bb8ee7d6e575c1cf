"""A receipt printer for ESC/POS: TCP as on port 9100, or a pty with ``--link``.

Bytes go into a buffer that a thread of its own prints; DLE EOT is answered at once, also while printing has stopped.
Process ids are answered when everything before them is on paper. One connection at a time, as most printers.

Admin port, beside the usual: ``GET /paper.png``, ``GET /text``, ``GET /receipts``, ``DELETE /receipts`` (tear off),
``PUT /paper`` (a new roll: printing goes on with what is in the buffer), ``DELETE /buffer`` (the power was off).

Faults: ``paper_out``; ``paper_out_after:N`` lines; ``near_end``; ``cover``; ``offline``; ``cutter``; ``stalled`` takes
no more bytes; ``silent`` answers nothing; ``no_ids`` answers all but process ids, as cheap printers do; ``cut_off:N``
drops the connection after N bytes; ``slow``; ``garbled`` answers with damaged bytes; ``wrong`` answers status questions
with what is no status; ``partial`` answers the first of four and half of a process id; ``mute:N`` stands still without
paper after N lines and answers nothing meanwhile, only what it was told to tell by itself (GS a).

``--show`` draws the paper in the terminal as it comes out; with a file's name it is kept there as a picture.
"""

import argparse
import socket
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from time import sleep
from typing import Self

from drivers.emulators.printer_paper import Cut, Paper
from drivers.emulators.printer_tokens import PrintBuffer, Token
from drivers.emulators.serving import END_WITHIN, Admin, Reply, Send, arguments, json_reply, run, serve_pty, serve_tcp

FAULTS = frozenset(
    {
        "paper_out",
        "paper_out_after",
        "near_end",
        "cover",
        "offline",
        "cutter",
        "stalled",
        "silent",
        "no_ids",
        "cut_off",
        "slow",
        "garbled",
        "wrong",
        "partial",
        "mute",
    }
)
_STOPS = frozenset({"paper_out", "cover", "offline", "cutter"})


class PrinterEmulator:
    """Buffer, mechanism and paper; all access under one lock."""

    def __init__(self, columns: int = 48, show: Callable[[Paper], None] = lambda _paper: None) -> None:
        self.admin = Admin(faults=FAULTS, state=self._state, on_fault=self._on_fault)
        self._paper = Paper(columns)
        self._buffer = PrintBuffer()
        self._changed = threading.Condition()
        self._paper_gone = False
        self._lines_at_fault = 0
        self._recent = b""  # the end of what came, in case a DLE EOT is split
        self._came = 0  # bytes since the fault was set
        self._tells = 0  # GS a: of which changes it tells by itself
        self._told = b""
        self._show = show
        self._send: Send = lambda _data: None
        for method, path, route in (
            ("GET", "/text", self._get_text),
            ("GET", "/receipts", self._get_receipts),
            ("DELETE", "/receipts", self._tear_off),
            ("GET", "/paper.png", self._get_picture),
            ("PUT", "/paper", self._new_roll),
            ("DELETE", "/buffer", self._lose_buffer),
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
        """Stop the mechanism; what is in the buffer stays there, and no more is taken."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._mechanism.join(END_WITHIN)

    # ---- the port

    def take(self, data: bytes, send: Send) -> bool:
        """Take bytes from the host; ``False`` when the connection is to be dropped. Blocks while stalled."""
        with self._changed:
            self._changed.wait_for(lambda: self.admin.fault != "stalled" or self._closed)
            if self._closed:
                return False
            whole = len(data)
            if self.admin.fault == "cut_off":
                data = data[: max(0, self.admin.amount - self._came)]
            self._came += whole
            self._send = send
            self._answer_real_time(data)
            self._buffer.append(data)
            self._changed.notify_all()
            dropped = len(data) < whole
            self._came = 0 if dropped else self._came
        return not (dropped and self.admin.strikes("cut_off"))

    def _answer_real_time(self, data: bytes) -> None:
        seen = self._recent + data
        place = 0
        while (place := seen.find(b"\x10\x04", place)) >= 0 and place + 2 < len(seen):
            if 1 <= (kind := seen[place + 2]) <= 4:
                self._answer_status(kind)
            place += 2
        rest = seen if place < 0 else seen[place:]
        self._recent = rest[-2:] if rest.endswith((b"\x10", b"\x10\x04")) else b""

    def _answer_status(self, kind: int) -> None:
        fault = self.admin.fault
        if (fault == "mute" and self._paper_gone) or (fault == "partial" and kind > 1):
            return
        self._say(b"?" if fault == "wrong" else bytes([self._status(kind)]))

    def _tell(self) -> None:
        """Tell of a change by ourselves, when we were asked to."""
        out = self._paper_gone or self.admin.fault == "paper_out"
        stopped = 0x08 if out or self.admin.fault in _STOPS else 0
        told = bytes(
            [
                0x10 | stopped | (0x20 if self.admin.fault == "cover" else 0),
                0x08 if self.admin.fault == "cutter" else 0,
                (0x0C if out else 0) | (0x03 if out or self.admin.fault == "near_end" else 0),
                0x00,
            ]
        )
        if self._tells and told != self._told:
            self._told = told
            self._say(told)

    def _say(self, answer: bytes) -> None:
        if self.admin.fault == "silent":
            return
        if self.admin.fault == "garbled":
            answer = bytes(byte ^ 0xFF for byte in answer)
        try:
            self._send(answer)
        except OSError:  # the host went away; the paper does not care
            return

    def _status(self, kind: int) -> int:
        fault = self.admin.fault
        out = self._paper_gone or fault == "paper_out"
        bits = {
            1: 0x08 if out or fault in _STOPS else 0,
            2: (0x04 if fault == "cover" else 0) | (0x20 if out else 0) | (0x40 if fault == "cutter" else 0),
            3: 0x08 if fault == "cutter" else 0,
            4: (0x60 if out else 0) | (0x0C if out or fault == "near_end" else 0),
        }
        return 0x12 | bits[kind]

    # ---- the mechanism

    def _can_print(self) -> bool:
        return not self._paper_gone and self.admin.fault not in _STOPS

    def _print(self) -> None:
        while not self._closed:
            with self._changed:
                token = self._buffer.take() if self._can_print() else None
                if token is None:
                    if not self._closed:
                        self._changed.wait()
                    continue
                self._do(token)
                slow = self.admin.fault == "slow" and token.name in {"LF", "GS v 0"}
            if slow:
                sleep(0.05)

    def _do(self, token: Token) -> None:
        match token.name:
            case "GS ( H" if self.admin.fault == "no_ids":
                return
            case "GS ( H" if self.admin.fault == "partial":
                self._say(b"\x37\x22" + token.body[2:4])
            case "GS a":
                self._tells, self._told = token.body[0], b""
                self._tell()
            case "ESC @":  # ends GS a too
                self._tells = 0
                self._paper.take(token)
            case "GS ( H" if token.body[:2] == b"00":
                self._say(b"\x37\x22" + token.body[2:6] + b"\x00")
            case "GS r":
                self._say(b"\x03" if self.admin.fault == "near_end" else b"\x00")
            case "DLE EOT":  # answered when it came
                return
            case _:
                self._paper.take(token)
        if self.admin.fault in {"paper_out_after", "mute"}:
            self._paper_gone = self._paper.lines_printed - self._lines_at_fault >= self.admin.amount
            self._tell()
        if token.name in {"LF", "GS v 0", "GS V"}:
            self._show(self._paper)

    def _on_fault(self, _name: str | None) -> None:
        with self._changed:
            self._came, self._lines_at_fault = 0, self._paper.lines_printed
            self._paper_gone = False
            self._tell()
            self._changed.notify_all()

    # ---- the admin port

    def _state(self) -> dict[str, object]:
        with self._changed:
            return {
                "lines": self._paper.lines_printed,
                "buffered": len(self._buffer),
                "receipts": len(self._paper.receipts()),
                "paper": "out" if self._paper_gone or self.admin.fault == "paper_out" else "ok",
            }

    def _get_text(self, _body: bytes) -> Reply:
        with self._changed:
            return Reply(200, "text/plain; charset=utf-8", self._paper.text().encode())

    def _get_receipts(self, _body: bytes) -> Reply:
        with self._changed:
            return json_reply(self._paper.receipts())

    def _tear_off(self, _body: bytes) -> Reply:
        with self._changed:
            self._paper.items.clear()
        return Reply()

    def _get_picture(self, _body: bytes) -> Reply:
        from drivers.emulators.printer_picture import paper_png  # noqa: PLC0415 - Pillow only for this

        with self._changed:
            items = list(self._paper.items)
        return Reply(200, "image/png", paper_png(items, self._paper.columns))

    def _new_roll(self, _body: bytes) -> Reply:
        if self.admin.fault in {"paper_out", "paper_out_after", "mute"}:
            self.admin.set_fault(None)
        return Reply()

    def _lose_buffer(self, _body: bytes) -> Reply:
        with self._changed:
            self._buffer.clear()
        return Reply()


def showing(target: str) -> Callable[[Paper], None]:
    """Draw the paper as it comes out: in the terminal, or into the picture file ``target``."""
    shown = 0

    def in_terminal(paper: Paper) -> None:
        nonlocal shown
        if shown > len(paper.items):  # torn off
            shown = 0
        sys.stderr.write(paper.text(shown))
        sys.stderr.flush()
        shown = len(paper.items)

    def as_picture(paper: Paper) -> None:
        if isinstance(paper.items[-1], Cut):
            from drivers.emulators.printer_picture import paper_png  # noqa: PLC0415 - Pillow only for this

            Path(target).write_bytes(paper_png(list(paper.items), paper.columns))

    return in_terminal if target == "-" else as_picture


def talk(emulator: PrinterEmulator, one_at_a_time: threading.Lock) -> Callable[[socket.socket], None]:
    """What a connection does; the next one waits until this one ends."""

    def with_host(connection: socket.socket) -> None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        with one_at_a_time:
            while data := connection.recv(1024):
                if not emulator.take(data, connection.sendall):
                    return

    return with_host


def main(argv: Sequence[str] | None = None) -> int:
    """Run the emulator until stdin closes."""
    parser = arguments("printer", baud=9600)
    parser.add_argument("--width", type=int, default=48, choices=(32, 48), help="columns of the paper")
    parser.add_argument(
        "--show", nargs="?", const="-", metavar="FILE.png", help="draw the paper in the terminal, or into a picture"
    )
    options = parser.parse_args(argv)
    show = {"show": showing(options.show)} if options.show else {}
    with PrinterEmulator(options.width, **show) as emulator:
        return _serve(emulator, options)


def _serve(emulator: PrinterEmulator, options: argparse.Namespace) -> int:
    if options.link is not None:

        def on_bytes(data: bytes, send: Send) -> None:
            emulator.take(data, send)

        with serve_pty(options.link, on_bytes, baud=options.baud) as pty:
            return run("printer", pty.url, emulator.admin, admin_port=options.admin, fault=options.fault)
    with serve_tcp(options.port, talk(emulator, threading.Lock())) as port:
        return run("printer", port.url, emulator.admin, admin_port=options.admin, fault=options.fault)


if __name__ == "__main__":
    raise SystemExit(main())
