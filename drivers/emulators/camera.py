"""A document camera that sends MJPEG over HTTP, 3264 x 2448 pixels, about eight frames a second.

    python -m drivers emulate camera --port 0 --admin 0

``GET /stream`` is the stream, ``GET /still.jpg`` one frame. Admin: ``PUT /page {"scene", "code", "barcode", "seed"}``
or the bytes of a picture lays a page down, ``DELETE /page`` empties the tray, ``GET /state`` tells scene and true
corners. ``--show FILE`` keeps the scene as the camera sees it in a picture file, anew whenever it changes; ``-`` draws
it on stderr.

Faults: ``frozen`` (connected, no new frames), ``dark``, ``blurred``, ``glare``, ``gone`` (connections are cut),
``slow`` (a frame in two seconds), ``silent`` (the connection is taken and never answered), ``garbled`` (pictures with
damaged bytes), ``garbage`` (parts that are no pictures), ``partial`` (half a picture, then nothing more), ``wrong`` (a
web page where the stream should be). Unplugged is the end of the program.

Frames are encoded once for each view and sent in turn, so that an idle emulator costs next to nothing.
"""

import argparse
import json
import os
import socket
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import TYPE_CHECKING, Self

from drivers.emulators import serving

if TYPE_CHECKING:
    from drivers.emulators.camera_scene import Picture

FAULTS = frozenset(
    {"frozen", "dark", "blurred", "glare", "gone", "slow", "silent", "garbled", "garbage", "partial", "wrong"}
)
FRAMES_A_SECOND = 8
BOUNDARY = "counter-frame"
WRONG_PAGE = b"<!DOCTYPE html><html><title>Camera service</title><body>Please sign in</body></html>"
_LOOKS = frozenset({"dark", "blurred", "glare"})


class Tray:
    """The desk under the camera: what lies there, and the frames that show it. Drawn in a thread of its own."""

    def __init__(self, seed: int, show: Callable[[bytes], None] = lambda _frame: None) -> None:
        self._seed = seed
        self._show = show
        self._changed = threading.Condition()
        self._wanted: tuple[dict[str, object] | bytes, str | None] = ({"scene": "empty"}, None)
        self._version = 0
        self._shown = 0
        self._frames: list[bytes] = []
        self._corners: list[list[float]] | None = None
        self._sent = 0
        self.fault: str | None = None
        self._closed = False
        self._drawing = threading.Thread(target=self._draw, name="drawing", daemon=True)
        self._drawing.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the drawing and let the frames go; who waits for one gets none."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._drawing.join(serving.END_WITHIN)
        self._frames = []

    def lay(self, page: dict[str, object] | bytes) -> None:
        """Lay a page down: a scene with its words, or the bytes of a picture. Returns when the camera shows it."""
        with self._changed:
            self._wanted = (page, self._wanted[1])
            self._want()

    def set_fault(self, name: str | None) -> None:
        """Switch a fault on or off; a fault of the view is drawn before this returns."""
        with self._changed:
            self.fault = name
            look = name if name in _LOOKS else None
            if look != self._wanted[1]:
                self._wanted = (self._wanted[0], look)
                self._want()
            self._changed.notify_all()

    def frame(self) -> bytes | None:
        """The frame of this moment; waits for the first one to be drawn."""
        with self._changed:
            self._changed.wait_for(lambda: bool(self._frames) or self._closed, 20)
            if not self._frames:
                return None
            self._sent += 1
            return self._frames[self._sent % len(self._frames)]

    def state(self) -> dict[str, object]:
        """What ``GET /state`` shows."""
        with self._changed:
            page = self._wanted[0]
            scene: object = "picture" if isinstance(page, bytes) else page.get("scene")
            return {"scene": scene, "corners": self._corners, "frames_sent": self._sent, "width": 3264, "height": 2448}

    def _want(self) -> None:
        self._version += 1
        wanted = self._version
        self._changed.notify_all()
        self._changed.wait_for(lambda: self._shown >= wanted or self._closed, 20)

    def _draw(self) -> None:
        while not self._closed:
            with self._changed:
                version, (page, look) = self._version, self._wanted
            frames, corners = draw(page, look, self._seed)
            self._show(frames[0])
            with self._changed:
                self._frames, self._corners, self._shown = frames, corners, version
                self._changed.notify_all()
                while self._version == version and not self._closed:
                    self._changed.wait()


def draw(page: dict[str, object] | bytes, look: str | None, seed: int) -> tuple[list[bytes], list[list[float]] | None]:
    """Frames and true corners of a page."""
    from drivers.emulators.camera_scene import variants, view, view_of  # noqa: PLC0415 - heavy

    if isinstance(page, bytes):
        seen = view_of(decoded(page), seed=seed)
    else:
        own = page.get("seed", seed)
        seen = view(
            str(page.get("scene", "empty")),
            code=str(page.get("code") or ""),
            barcode=str(page.get("barcode") or ""),
            seed=own if isinstance(own, int) else seed,
        )
    return variants(seen.picture, fault=look, seed=seed), seen.corners


def decoded(data: bytes) -> "Picture":
    """The bytes of a picture as BGR.

    Raises:
        ValueError: They are none.
    """
    import cv2  # noqa: PLC0415 - heavy
    import numpy as np  # noqa: PLC0415

    picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR) if data else None
    if picture is None or min(picture.shape[:2]) < 32:
        raise ValueError("neither a scene nor a picture")
    return np.asarray(picture, np.uint8)


def asked_page(body: bytes) -> dict[str, object] | bytes:
    """What a ``PUT /page`` wants laid down.

    Raises:
        ValueError: No scene of that name, or no picture.
    """
    if body.lstrip()[:1] != b"{":
        decoded(body)
        return body
    from drivers.emulators.camera_scene import SCENES  # noqa: PLC0415 - heavy

    asked: dict[str, object] = json.loads(body)
    if asked.get("scene") not in SCENES:
        raise ValueError(f"no scene {asked.get('scene')!r}; known: {', '.join(SCENES)}")
    asked["seed"] = int(str(asked.get("seed") or 0))
    return asked


def damaged(frame: bytes) -> bytes:
    """A picture whose header is destroyed; its first and last bytes still look like one."""
    return frame[:2] + bytes(byte ^ 0x5A for byte in frame[2:1024]) + frame[1024:]


def drawn_small(frame: bytes, *, columns: int = 72) -> str:
    """A frame in half blocks of grey for a terminal with colours."""
    import cv2  # noqa: PLC0415 - heavy
    import numpy as np  # noqa: PLC0415

    picture = cv2.imdecode(np.frombuffer(frame, np.uint8), cv2.IMREAD_REDUCED_GRAYSCALE_8)
    if picture is None:
        return ""
    rows = round(columns * picture.shape[0] / picture.shape[1]) // 2 * 2
    small = np.asarray(cv2.resize(picture, (columns, rows), interpolation=cv2.INTER_AREA), np.uint8)
    grey = 232 + (small.astype(int) * 23) // 255
    return "\n".join(
        "".join(f"\x1b[38;5;{grey[row, at]};48;5;{grey[row + 1, at]}m▀" for at in range(columns)) + "\x1b[0m"
        for row in range(0, rows, 2)
    )


def shower(where: str) -> Callable[[bytes], None]:
    """What ``--show`` does with each new scene."""

    def to_file(frame: bytes) -> None:
        fresh = Path(f"{where}.{os.getpid()}")
        fresh.write_bytes(frame)
        fresh.replace(where)

    def to_terminal(frame: bytes) -> None:
        sys.stderr.write(drawn_small(frame) + "\n")
        sys.stderr.flush()

    return (lambda _frame: None) if not where else to_terminal if where == "-" else to_file


def handler(tray: Tray) -> type[BaseHTTPRequestHandler]:  # noqa: C901 - one class, three short ways
    """The HTTP side of the camera."""

    class Stream(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """Send the stream, or one frame."""
            self.close_connection = True
            way = {"/still.jpg": self._still, "/stream": self._stream}.get(self.path.partition("?")[0])
            if way is None:
                self.send_error(404)
            elif tray.fault != "gone":
                with suppress(OSError):  # the viewer went away, as it may
                    self._odd() or way()

        def _odd(self) -> bool:
            """The faults of an answer as a whole."""
            while tray.fault == "silent":
                time.sleep(0.05)
            if tray.fault != "wrong":
                return tray.fault == "gone"
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(WRONG_PAGE)))
            self.end_headers()
            self.wfile.write(WRONG_PAGE)
            return True

        def _still(self) -> None:
            frame = tray.frame() or b""
            self.send_response(200)
            self.send_header("Content-Type", "image/jpeg")
            self.send_header("Content-Length", str(len(frame)))
            self.end_headers()
            self.wfile.write(frame)

        def _stream(self) -> None:
            # A camera holds no past frames: what the viewer does not take in time is not sent later
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 262_144)
            self.send_response(200)
            self.send_header("Content-Type", f"multipart/x-mixed-replace; boundary={BOUNDARY}")
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            while tray.fault not in {"gone", "wrong"}:
                start = time.monotonic()
                if tray.fault in {"frozen", "silent"}:
                    time.sleep(0.05)
                    continue
                frame = b"no picture" * 500 if tray.fault == "garbage" else tray.frame() or b""
                head = f"--{BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: {len(frame)}\r\n\r\n"
                if tray.fault == "partial":
                    self.wfile.write(head.encode() + frame[: len(frame) // 2])
                    while tray.fault == "partial":
                        time.sleep(0.05)
                    return
                if tray.fault == "garbled":
                    frame = damaged(frame)
                self.wfile.write(head.encode() + frame + b"\r\n")
                pause = 2.0 if tray.fault == "slow" else 1 / FRAMES_A_SECOND
                self._rest(start + pause)

        def _rest(self, until: float) -> None:
            before = tray.fault
            while (left := until - time.monotonic()) > 0 and tray.fault == before:
                time.sleep(min(left, 0.05))

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the inherited name
            """Stay silent."""

    return Stream


def main(argv: Sequence[str] | None = None) -> int:
    """Run the emulator until stdin closes."""
    parser = serving.arguments("camera")
    parser.add_argument(
        "--show", default="", metavar="FILE", help="keep the scene in a .jpg file; - draws it on stderr"
    )
    options = parser.parse_args(argv)
    with Tray(options.seed, shower(options.show)) as tray:
        return _serve(tray, options)


def _serve(tray: Tray, options: argparse.Namespace) -> int:
    def lay(body: bytes) -> serving.Reply:
        tray.lay(asked_page(body))
        return serving.Reply()

    def clear(_body: bytes) -> serving.Reply:
        tray.lay({"scene": "empty"})
        return serving.Reply()

    admin = serving.Admin(faults=FAULTS, state=tray.state, on_fault=tray.set_fault)
    admin.route("PUT", "/page", lay)
    admin.route("DELETE", "/page", clear)
    with serving.HttpPort(options.port, handler(tray)) as port:
        url = f"http://{serving.LOCALHOST}:{port.number}/stream"
        return serving.run("camera", url, admin, admin_port=options.admin, fault=options.fault)
