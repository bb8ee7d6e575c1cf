"""Prints documents by a ledger, as the counter does: a program that the tests kill.

    python -m tests.drivers.print_ledger LEDGER URL COUNT [STAGE N]

An entry is ``waiting``, ``sending`` (on disk before anything leaves) or ``confirmed``. What a killed run left at
``sending`` goes to the driver again under its identity; the driver finds out whether the printer has it. With STAGE the
program kills itself at its Nth message to the printer: ``before`` it leaves, in the ``middle`` of it, or ``after`` its
answer came and before anybody saw it.
"""

import os
import signal
import socket
import sqlite3
import sys
from threading import Event
from urllib.parse import urlsplit

from drivers.contracts import DeviceConfig, PrintEnd
from drivers.document_printer.ipp import IppPrinter
from drivers.document_printer.ipp_client import HttpWire
from drivers.errors import DeviceError, Fault
from tests.drivers.ipp_peer import document


def identity(number: int) -> str:
    """The durable name of an entry's job."""
    return f"2026-{number:06}-A4"


class DeadlyWire:
    """HTTP to the printer, with a point at which the program dies."""

    def __init__(self, url: str, stage: str, at: int) -> None:
        self._wire = HttpWire("a4", url, verify=False)
        self._url = urlsplit(url)
        self._stage, self._at, self._count = stage, at, 0

    def post(self, body: bytes, wait: float) -> bytes:
        self._count += 1
        due = self._count == self._at
        if due and self._stage == "before":
            _die()
        if due and self._stage == "middle":
            self._half(body)
        answer = self._wire.post(body, wait)
        if due and self._stage == "after":
            _die()
        return answer

    def _half(self, body: bytes) -> None:
        with socket.create_connection((self._url.hostname or "", self._url.port or 631), timeout=5) as connection:
            head = f"POST {self._url.path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/ipp\r\n"
            head += f"Transfer-Encoding: chunked\r\n\r\n{len(body):x}\r\n"
            connection.sendall(head.encode() + body[: len(body) - 5])
            _die()


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def open_ledger(path: str) -> sqlite3.Connection:
    """The ledger, every change of which is on disk when it returns."""
    ledger = sqlite3.connect(path, isolation_level=None)
    ledger.execute("PRAGMA synchronous = FULL")
    ledger.execute("CREATE TABLE IF NOT EXISTS prints (number INTEGER PRIMARY KEY, state TEXT NOT NULL)")
    return ledger


def main(argv: list[str]) -> int:
    """Print what the ledger does not know as printed; 0 when everything is."""
    path, url, count = argv[0], argv[1], int(argv[2])
    wire = DeadlyWire(url, *(argv[3], int(argv[4]))) if len(argv) > 3 else DeadlyWire(url, "", 0)
    options: dict[str, str | int | float | bool] = {"confirm_within": 30.0, "verify": False}
    printer = IppPrinter(DeviceConfig("a4", "document_printer", "ipp", url, options=options), wire)
    ledger = open_ledger(path)
    for number in range(count):
        ledger.execute("INSERT OR IGNORE INTO prints VALUES (?, 'waiting')", (number,))
    for (number,) in ledger.execute("SELECT number FROM prints WHERE state <> 'confirmed' ORDER BY number").fetchall():
        ledger.execute("UPDATE prints SET state = 'sending' WHERE number = ?", (number,))
        try:
            result = printer.print_document(document(identity(number)), job=identity(number), cancel=Event())
        except DeviceError as error:
            if error.fault is Fault.ABSENT:  # the printer is not up
                return 3
            raise
        if result.end is not PrintEnd.CONFIRMED:
            return 4
        ledger.execute("UPDATE prints SET state = 'confirmed' WHERE number = ?", (number,))
    ledger.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
