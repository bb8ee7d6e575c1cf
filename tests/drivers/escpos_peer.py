"""An ESC/POS printer that we did not write: the package emupos, on a TCP port.

    python -m tests.drivers.escpos_peer FOLDER [WIDTH_DOTS]

Prints ``{"url": …}`` on its first line; writes each receipt to FOLDER as ``N.png`` (what is on the paper) and as
``N.json`` (the words, the commands by their names in Epson's reference, and what it did not understand); ends with its
stdin. A fault (``paper-out``, ``cover-open``, ``offline``, ``paper-near-end``) is switched on by ``+name`` and off by
``-name`` on a line of stdin.

emupos is written for a newer Python than ours. What it uses of it are ``type`` statements and one ``except``: they are
read as what they mean. Its configuration file, and pydantic with it, is left out: a printer gets plain values.
"""

import importlib.util
import json
import re
import socket
import sys
import threading
import time
from dataclasses import dataclass, field
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any


class _Older(SourceFileLoader):
    """Reads the newer syntax as what it means."""

    def source_to_code(self, data: Any, path: Any, *, _optimize: int = -1) -> Any:  # type: ignore[override]
        text = bytes(data).decode()
        text = re.sub(r"^type (\w+) = ", r"\1 = ", text, flags=re.MULTILINE)
        return super().source_to_code(text.encode(), path)

    def set_data(self, path: str, data: Any, *, _mode: int = 0o666) -> None:
        """Keep no compiled file: it is not that of the source."""


class _Finder(MetaPathFinder):
    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        if not name.startswith("emupos"):
            return None
        spec = PathFinder.find_spec(name, path)
        if spec is not None and isinstance(spec.loader, SourceFileLoader):
            spec.loader = _Older(spec.loader.name, spec.loader.path)
        return spec


@dataclass(frozen=True)
class Font:
    width: int
    height: int


@dataclass(frozen=True)
class Model:
    """The fields of emupos's printer profile."""

    width_dots: int
    type: str = "printer"
    name: str = "peer"
    dpi: int = 203
    font_a: Font = Font(12, 24)
    font_b: Font = Font(9, 17)
    code_pages: dict[int, str] = field(default_factory=lambda: {0: "PC437"})
    default_code_page: int = 0
    drawer_sensor_open_level: str = "high"
    printer_id: None = None


def load() -> tuple[ModuleType, ModuleType]:
    """emupos's printer and its tokenizer."""
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        assert importlib.util.find_spec("emupos"), "emupos is missing: it is named in the Makefile"
        sys.meta_path.insert(0, _Finder())
        config = ModuleType("emupos.config")
        vars(config).update({"PrinterProfile": Model, "PrinterId": object, "Level": str})
        sys.modules["emupos.config"] = config
    from importlib import import_module

    return import_module("emupos.printer.printer"), import_module("emupos.printer.escpos.tokenizer")


class Peer:
    """A printer of emupos behind a socket."""

    def __init__(self, folder: Path, width: int) -> None:
        self._printer_module, self._tokens = load()
        self._printer = self._printer_module.Printer(
            "peer", Model(width), sensor_open_level="high", job_idle_timeout_ms=600_000
        )
        self._folder = folder
        self._lock = threading.Lock()
        self._count = 0
        self._words = bytearray()
        self._commands: list[str] = []
        self._unknown: list[str] = []
        self._connection: socket.socket | None = None

    def serve(self, listener: socket.socket) -> None:
        while True:
            connection, _ = listener.accept()
            with connection:
                self._talk(connection)

    def _talk(self, connection: socket.socket) -> None:
        tokenizer = self._tokens.Tokenizer()
        with self._lock:
            self._connection = connection
            self._done(self._printer.open_connection("tcp", time.monotonic()))
        while data := connection.recv(4096):
            with self._lock:
                self._note(tokenizer.feed(data))
                self._done(self._printer.receive("tcp", data, time.monotonic()))
        with self._lock:
            self._done(self._printer.close_connection("tcp", time.monotonic()))
            self._connection = None

    def _note(self, tokens: list[Any]) -> None:
        for token in tokens:
            if isinstance(token, self._tokens.Text):
                self._words += token.data
            elif isinstance(token, self._tokens.Command):
                self._commands.append(token.name)
                if token.name == "LF":
                    self._words += b"\n"
            else:
                self._unknown.append(token.raw.hex(" "))

    def fault(self, line: str) -> None:
        """``+name`` or ``-name``."""
        with self._lock:
            fault = self._printer_module.PrinterFault(line[1:])
            self._done(self._printer.set_fault(fault, line[0] == "+", time.monotonic()))

    def _done(self, output: Any) -> None:
        for write in output.writes:
            if self._connection is not None:
                self._connection.sendall(write.data)
        for receipt in output.receipts:
            self._count += 1
            said = {
                "text": self._words.decode("gbk", "replace"),
                "commands": self._commands,
                "unknown": self._unknown,
                "boundary": receipt.boundary,
            }
            self._words, self._commands, self._unknown = bytearray(), [], []
            (self._folder / f"{self._count}.png").write_bytes(receipt.png)
            ready = self._folder / f"{self._count}.part"
            ready.write_text(json.dumps(said), encoding="utf-8")
            ready.rename(self._folder / f"{self._count}.json")


def main(argv: list[str]) -> int:
    """Serve until stdin closes."""
    peer = Peer(Path(argv[0]), int(argv[1]) if len(argv) > 1 else 576)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=peer.serve, args=(listener,), daemon=True).start()
        sys.stdout.write(json.dumps({"url": f"socket://127.0.0.1:{listener.getsockname()[1]}"}) + "\n")
        sys.stdout.flush()
        for line in sys.stdin:
            peer.fault(line.strip())
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
