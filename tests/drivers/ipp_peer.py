"""Starts ``ippeveprinter``, an IPP Everywhere printer that we did not write (Debian's cups-ipp-utils).

It announces itself by DNS-SD and does not start without a message bus, even when told not to announce: it gets a bus of
its own in place of the system's, on which nobody answers.
"""

import json
import shutil
import socket
import subprocess
import time
from pathlib import Path
from typing import Self

PRINTS = """#!/bin/sh
{faults}
cp "$1" "{out}/$(basename "$1")"
exit 0
"""


def free_port() -> int:
    """A port that nobody has right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class IppPeer:
    """A running ``ippeveprinter``.

    Attributes:
        url: Where a driver finds it.
        out: A file for each document that its print command printed.
    """

    def __init__(self, folder: Path, *, seconds_a_document: float = 0.0, scheme: str = "ipp") -> None:
        for program in ("ippeveprinter", "dbus-run-session"):
            assert shutil.which(program), f"{program} is missing: apt-get install cups-ipp-utils dbus"
        self.out, spool, keys = folder / "out", folder / "spool", folder / "keys"
        for needed in (self.out, spool, keys):
            needed.mkdir(parents=True)
        command = folder / "print-command"
        command.write_text(PRINTS.format(faults=f"sleep {seconds_a_document}", out=self.out))
        command.chmod(0o755)
        start = folder / "start"
        start.write_text('export DBUS_SYSTEM_BUS_ADDRESS="$DBUS_SESSION_BUS_ADDRESS"\nexec ippeveprinter "$@"\n')
        port = free_port()
        self.url = f"{scheme}://localhost:{port}/ipp/print"
        options = ["-r", "off", "-n", "localhost", "-p", str(port), "-d", str(spool), "-k", "-K", str(keys)]
        options += ["-f", "application/pdf", "-c", str(command), "Peer"]
        self._process = subprocess.Popen(
            ["dbus-run-session", "--", "sh", str(start), *options],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        give_up_at = time.monotonic() + 20
        while not _listens(port):
            assert time.monotonic() < give_up_at, "ippeveprinter did not start"
            assert self._process.poll() is None, "ippeveprinter ended"
            time.sleep(0.05)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        import os
        import signal

        os.killpg(self._process.pid, signal.SIGTERM)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def bytes_printed(self) -> list[bytes]:
        """The documents that came out."""
        return [path.read_bytes() for path in sorted(self.out.iterdir())]

    def printed(self) -> list[str]:
        """What the documents say that came out, torn ones too."""
        return [json.loads(one.splitlines()[1][2:]) for one in self.bytes_printed()]


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def document(text: str) -> bytes:
    """A small PDF that says which one it is."""
    return b"%PDF-1.4\n% " + json.dumps(text).encode() + b"\n%%EOF\n"
