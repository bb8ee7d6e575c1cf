"""A PC/SC service that we did not write (pcscd with the virtual reader vpcd), for one test alone.

vpcd listens on all addresses, so the service runs in a network namespace of its own, and in a mount namespace in which
``/run`` is a folder of the test: its socket stands there as a file, which programs outside reach by
``PCSCLITE_CSOCK_NAME``. Inside, a relay joins a Unix socket to vpcd's port, so that the virtual card stays outside too.

As root the namespaces are made directly, else with a user namespace (``unshare --map-root-user``).
"""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

STARTS_WITHIN = 20.0
PORT = 35963
LIBRARY = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so"


@dataclass
class PcscService:
    """A running service: its socket for PC/SC programs, and the socket at which a virtual card reaches its reader."""

    socket: str
    vpcd: str
    process: "subprocess.Popen[bytes]"

    def kill(self) -> None:
        """End it as a crash does, and wait for that."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        self.process.wait(timeout=STARTS_WITHIN)


@contextlib.contextmanager
def pcsc_service() -> Iterator[PcscService]:
    """Start a service of one's own.

    Raises:
        AssertionError: It does not start; what it said is in the message.
    """
    for program in ("pcscd", "unshare", "ip", "mount"):
        assert shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"), f"{program} is missing"
    assert Path(LIBRARY).exists(), "vsmartcard-vpcd is missing"
    with tempfile.TemporaryDirectory(prefix="pcsc") as name:  # short: a socket's path has 107 characters at most
        folder = Path(name)
        (folder / "run").mkdir()
        (folder / "readers").mkdir()
        (folder / "readers" / "vpcd").write_text(
            f'FRIENDLYNAME "Virtual PCD"\nDEVICENAME /dev/null:0x{PORT:X}\nLIBPATH {LIBRARY}\nCHANNELID 0x{PORT:X}\n'
        )
        rights = [] if os.geteuid() == 0 else ["--map-root-user"]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                ["unshare", *rights, "--net", "--mount", "--", sys.executable, __file__, name],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                env={**os.environ, "PATH": f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"},
            )
        service = PcscService(str(folder / "run/pcscd/pcscd.comm"), f"unix:{folder / 'vpcd'}", process)
        try:
            until = time.monotonic() + STARTS_WITHIN
            while not (Path(service.socket).exists() and (folder / "vpcd").exists()):
                if process.poll() is not None or time.monotonic() > until:
                    raise AssertionError((folder / "log").read_text("utf-8", "replace"))
                time.sleep(0.02)
            yield service
        finally:
            if process.poll() is None:
                service.kill()
            elif process.stdin is not None:
                process.stdin.close()


def _inside(folder: Path) -> int:
    """In the namespaces: the service and the relay, until stdin closes."""
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    subprocess.run(["mount", "--bind", str(folder / "run"), "/run"], check=True)
    Path("/run/pcscd").mkdir()
    daemon = subprocess.Popen(["pcscd", "--foreground", "--config", str(folder / "readers")], stdin=subprocess.DEVNULL)
    try:
        until = time.monotonic() + STARTS_WITHIN
        while not Path("/run/pcscd/pcscd.comm").exists():
            if daemon.poll() is not None or time.monotonic() > until:
                return 1
            time.sleep(0.02)
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(folder / "vpcd"))
            listener.listen()
            threading.Thread(target=_relay, args=(listener,), daemon=True).start()
            sys.stdin.buffer.read()
    finally:
        daemon.kill()
        daemon.wait()
    return 0


def _relay(listener: socket.socket) -> None:
    while True:
        card, _ = listener.accept()
        try:
            reader = socket.create_connection(("127.0.0.1", PORT))
        except OSError:
            card.close()
            continue
        for one, other in ((card, reader), (reader, card)):
            threading.Thread(target=_copy, args=(one, other), daemon=True).start()


def _copy(one: socket.socket, other: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := one.recv(4096):
            other.sendall(data)
    with contextlib.suppress(OSError):
        other.shutdown(socket.SHUT_RDWR)


if __name__ == "__main__":
    sys.exit(_inside(Path(sys.argv[1])))
