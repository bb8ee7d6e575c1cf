"""Starts ``cupsd``, the system's print service, with a configuration, a socket and a spool of its own."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

_FILES = """ServerRoot {root}/etc
StateDir {root}/run
CacheDir {root}/cache
RequestRoot {root}/spool
AccessLog {root}/access_log
ErrorLog {root}/error_log
PageLog {root}/page_log
Printcap {root}/printcap
FileDevice Yes
Sandboxing relaxed
SystemGroup root
User {user}
"""
_SERVER = """Listen {socket}
Browsing Off
LogLevel info
PreserveJobHistory Yes
PreserveJobFiles No
DefaultAuthType None
ErrorPolicy stop-printer
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
"""


class CupsPeer:
    """A running ``cupsd``.

    Attributes:
        socket: Its Unix socket.
    """

    def __init__(self, root: Path) -> None:
        assert shutil.which("cupsd"), "cupsd is missing: apt-get install cups-daemon cups-client"
        for name in ("etc", "run", "cache", "spool"):
            (root / name).mkdir(parents=True)
        root.chmod(0o755)
        self.socket = root / "run" / "cups.sock"
        user = "lp" if os.getuid() == 0 else os.environ.get("USER", "lp")
        (root / "etc" / "cups-files.conf").write_text(_FILES.format(root=root, user=user))
        (root / "etc" / "cupsd.conf").write_text(_SERVER.format(socket=self.socket))
        self._log = root / "error_log"
        self._process = subprocess.Popen(
            [
                *("cupsd", "-f", "-c", str(root / "etc" / "cupsd.conf")),
                *("-s", str(root / "etc" / "cups-files.conf")),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._until(self.socket.exists, "cupsd did not start")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def queue(self, name: str, device: str) -> str:
        """Make a raw queue to ``device`` and return its URL for a driver."""
        self._tool("lpadmin", "-p", name, "-E", "-v", device, "-m", "raw")
        return f"cups://{name}?socket={self.socket}"

    def driver(self, name: str, device: str, ppd: Path) -> str:
        """Make a queue with a driver and return its URL."""
        self._tool("lpadmin", "-p", name, "-E", "-v", device, "-P", str(ppd))
        return f"cups://{name}?socket={self.socket}"

    def disable(self, name: str) -> None:
        """Stop a queue, as CUPS does itself when a printer is away."""
        self._tool("cupsdisable", name)

    def enable(self, name: str) -> None:
        """Start it again."""
        self._tool("cupsenable", name)

    def _tool(self, *command: str) -> None:
        done = subprocess.run(
            [command[0], "-h", str(self.socket), *command[1:]], check=False, capture_output=True, text=True, timeout=30
        )
        assert done.returncode == 0, f"{done.stderr}\n{self._log.read_text()[-3000:]}"

    def _until(self, true: Callable[[], bool], words: str) -> None:
        give_up_at = time.monotonic() + 20
        while not true():
            assert time.monotonic() < give_up_at, words
            assert self._process.poll() is None, self._log.read_text()[-3000:] if self._log.exists() else "ended"
            time.sleep(0.05)
