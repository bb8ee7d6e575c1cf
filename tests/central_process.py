"""A real central service in a process of its own, on a free port, for any test that needs one.

::

    with CentralProcess(tmp_path / "central.db") as central:
        client = central.signed_in("1203", window=12)
        central.fault("lose_answer", path="/v1/cases", times=1)

It ends when its stdin closes, so that it cannot outlive the tests.
"""

import http.client
import json
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from window_client.central.client import CentralClient

PASSWORD = "demo"


class CentralProcess:
    """The service; ``start`` and ``stop`` may be repeated on the same database and port."""

    def __init__(self, database: Path, *options: str, profile: str = "demo", port: int = 0) -> None:
        self._command = [sys.executable, "-m", "window_client.central.service.commands", "serve", "--watch-stdin"]
        self._command += ["--database", str(database), "--profile", profile, *options]
        self._port = port
        self._process: subprocess.Popen[str] | None = None
        self._clients: list[CentralClient] = []
        self.url = ""
        self.admin = ""

    def start(self) -> None:
        """Start, and wait until it listens; the same port again after the first time."""
        self._process = subprocess.Popen(
            [*self._command, "--port", str(self._port)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            self.stop()
            raise RuntimeError("the central service did not start; see its stderr")
        facts = json.loads(line)
        self.url, self.admin = facts["url"], facts["admin"] or ""
        self._port = int(self.url.rsplit(":", 1)[1])

    def stop(self) -> int:
        """End it as its starter's end would; returns the exit code."""
        process, self._process = self._process, None
        if process is None:
            return 0
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.close()
        try:
            return process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise
        finally:
            process.stdout.close()

    def kill(self) -> None:
        """End it as a power cut would."""
        process, self._process = self._process, None
        assert process is not None
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            assert pipe is not None
            pipe.close()

    def fault(self, name: str, *, path: str = "", times: int | None = None) -> None:
        """Switch trouble on; names in ``window_client.central.service.faults``."""
        self._admin("PUT", {"name": name, "path": path, "times": times})

    def heal(self) -> None:
        """End the trouble."""
        self._admin("DELETE", {})

    def client(self, token: str | None = None, *, timeout: float = 10.0) -> CentralClient:
        """A client, closed with the process."""
        client = CentralClient(self.url, token=lambda: token, timeout=timeout)
        self._clients.append(client)
        return client

    def token(self, account: str, window: int = 0, password: str = PASSWORD) -> str:
        """Sign in and give the token."""
        return self.client().sign_in(account, password, window).token

    def signed_in(self, account: str = "1203", window: int = 12, *, timeout: float = 10.0) -> CentralClient:
        """A client that is signed in."""
        return self.client(self.token(account, window), timeout=timeout)

    def __enter__(self) -> Self:
        """Start."""
        self.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        """Stop, and close the clients."""
        for client in self._clients:
            client.close()
        self.stop()

    def _admin(self, method: str, body: dict[str, object]) -> None:
        line = http.client.HTTPConnection(self.admin.removeprefix("http://"), timeout=5)
        try:
            line.request(method, "/fault", json.dumps(body))
            assert line.getresponse().status == 204
        finally:
            line.close()
