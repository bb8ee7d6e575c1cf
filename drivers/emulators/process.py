"""Start an emulator as a program of its own and talk to its admin port: for the demo, the tour and the tests."""

import json
import os
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path
from typing import Self, cast
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]


class EmulatorProcess:
    """A running emulator; used as a context it ends with it.

    Args:
        kind: ``id_card``, ``display``, ``printer``, ``scanner`` or ``camera``.
        arguments: What follows the kind on the command line.

    Attributes:
        url: Where a driver finds the device.
        admin: Where its admin port is.

    Raises:
        RuntimeError: The program ended before it said where it is; its own words are on stderr.
    """

    def __init__(self, kind: str, *arguments: str) -> None:
        path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "drivers", "emulate", kind, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path},
        )
        assert self._process.stdout is not None  # noqa: S101 - asked for above
        first_line = self._process.stdout.readline()
        if not first_line:
            self.kill()
            raise RuntimeError(f"the {kind} emulator did not start")
        said = json.loads(first_line)
        self.kind: str = said["kind"]
        self.url: str = said["url"]
        self.admin: str = said["admin"]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def request(self, method: str, path: str, body: bytes = b"") -> bytes:
        """Ask the admin port.

        Raises:
            ValueError: It did not like the question; the message is its answer.
        """
        address = urlsplit(self.admin)
        connection = HTTPConnection(address.hostname or "", address.port, timeout=30)
        try:
            connection.request(method, path, body)
            answer = connection.getresponse()
            data = answer.read()
        finally:
            connection.close()
        if answer.status >= 400:
            raise ValueError(f"{answer.status} {data.decode(errors='replace')}")
        return data

    def put(self, path: str, value: object) -> None:
        """``PUT`` something as JSON."""
        self.request("PUT", path, json.dumps(value).encode())

    def delete(self, path: str) -> None:
        """``DELETE`` something."""
        self.request("DELETE", path)

    def state(self) -> dict[str, object]:
        """What ``GET /state`` says."""
        return cast("dict[str, object]", json.loads(self.request("GET", "/state")))

    def set_fault(self, name: str | None, *, times: int | None = None) -> None:
        """Switch a fault on, for some times or until switched off; ``None`` switches it off."""
        if name is None:
            self.delete("/fault")
        else:
            self.put("/fault", {"name": name, "times": times})

    def let_go(self) -> None:
        """Let it end by itself, without waiting; ``close`` does that."""
        if self._process.stdin is not None:
            self._process.stdin.close()

    def close(self) -> None:
        """Let it end by itself, as when its starter ends; waits for that."""
        self.let_go()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def kill(self) -> None:
        """End it at once: the cable is out."""
        self._process.kill()
        self.close()
