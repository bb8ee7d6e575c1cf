"""A recording as a device: what a customer's device did, done again, on a pty, a TCP port or over HTTP.

``GET /state`` of the admin port says which exchange comes next. A recording that ends with the cable out ends the
program.
"""

import argparse
import io
import json
import os
import re
import signal
import sys
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Lock, Timer

from drivers.emulators import serving
from drivers.recording_file import Line, Recording, load
from drivers.recording_replay import Replay

_JOB = re.compile(r"(/ScanJobs)/[^/]+")
UNPLUGGED_AFTER = 0.1
"""Seconds until the cable is out: what was said before must arrive."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the emulator."""
    parser = serving.arguments("replay", baud=115200)
    parser.add_argument("file", type=Path, help="a recording")
    options = parser.parse_args(argv)
    try:
        recording = load(options.file)
    except (ValueError, OSError) as error:
        sys.stderr.write(f"{options.file}: {error}\n")
        return 2
    if recording.scheme in {"http", "https"}:
        return _over_http(options, recording)
    replay = Replay(recording, end=_unplug)
    admin = serving.Admin(state=lambda: {"kind": recording.kind, "driver": recording.driver})
    with serving.serve_bytes(options, replay.take) as port:
        if isinstance(port, serving.PtyPort):
            replay.begin(port.say)
        return serving.run(recording.kind, port.url, admin, admin_port=options.admin)


def _unplug() -> None:
    Timer(UNPLUGGED_AFTER, lambda: os.kill(os.getpid(), signal.SIGTERM)).start()


class HttpReplay:
    """Answers a scanner's requests in the recording's order."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._exchanges: list[tuple[str, str, dict[str, object], bytes]] = []
        self._place = 0
        self._lock = Lock()
        for line in lines:
            if line.way == "out" and line.note:
                said = json.loads(line.note)
                self._exchanges.append((said["method"], _JOB.sub(r"\1/1", said["path"]), said, b""))
            elif line.way == "in" and self._exchanges:
                method, path, said, _ = self._exchanges[-1]
                self._exchanges[-1] = (method, path, said, line.data)

    def answer(self, method: str, path: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body; status 0: hang up."""
        path = _JOB.sub(r"\1/1", path.partition("?")[0])
        with self._lock:
            later, earlier = range(self._place, len(self._exchanges)), range(self._place - 1, -1, -1)
            for place in (*later, *earlier):
                asked, at, said, body = self._exchanges[place]
                if (asked, at) == (method, path):
                    self._place = max(self._place, place + 1)
                    break
            else:
                return 404, {}, b""
        headers = {str(name): str(value) for name, value in dict(said["headers"]).items()}
        if body and not any(body):  # only its length was kept
            body = picture() if "image" in headers.get("content-type", "") else b""
        return int(str(said["status"])), headers, body


def picture() -> bytes:
    """A page for a page that was not kept."""
    from PIL import Image, ImageDraw  # noqa: PLC0415

    page = Image.new("RGB", (827, 1169), "white")
    ImageDraw.Draw(page).rectangle((60, 60, 766, 1108), outline="black", width=4)
    file = io.BytesIO()
    page.save(file, "JPEG", dpi=(100, 100))
    return file.getvalue()


def _over_http(options: argparse.Namespace, recording: Recording) -> int:
    replay = HttpReplay(recording.lines)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _serve(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, headers, body = replay.answer(self.command, self.path)
            if not status:
                self.close_connection = True
                return
            self.send_response(status)
            for name in ("content-type", "location", "retry-after"):
                if name in headers:
                    self.send_header(name, headers[name])
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_DELETE = do_PUT = _serve  # noqa: N815 - the names http.server looks up

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the inherited name
            """Stay silent."""

    admin = serving.Admin(state=lambda: {"kind": recording.kind, "driver": recording.driver})
    with serving.HttpPort(options.port, Handler) as port:
        url = f"http://{serving.LOCALHOST}:{port.number}/eSCL"
        return serving.run(recording.kind, url, admin, admin_port=options.admin)


if __name__ == "__main__":
    sys.exit(main())
