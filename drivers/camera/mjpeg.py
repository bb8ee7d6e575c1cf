"""A camera that sends MJPEG over HTTP: phones, vendor services on this machine, network cameras.

Options: ``connect_within`` (seconds, 3), ``max_frame`` (bytes). A user and password in the URL are sent as Basic
authentication.
"""

import base64
import socket
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from threading import Event, Thread
from urllib.parse import unquote, urlsplit

from drivers.camera.jpegs import is_jpeg
from drivers.camera.latest import LatestFrame
from drivers.camera.multipart import MAX_PART, MultipartDecoder, boundary_of
from drivers.contracts import DeviceConfig, Frame
from drivers.errors import DeviceError, DeviceHealth, DeviceState, Fault
from drivers.recording import RECORDER

SILENT_FOR = 20.0  # seconds without a byte after which the connection counts as lost
_PIECE = 262_144  # bytes read at once


class MjpegCamera:
    """Reads the stream in a thread of its own, so that the newest frame is always at hand."""

    def __init__(self, config: DeviceConfig) -> None:
        self._config = config
        self._latest: LatestFrame | None = None
        self._socket: socket.socket | None = None
        self._thread: Thread | None = None

    @property
    def name(self) -> str:
        """The device's id from the settings."""
        return self._config.id

    def open(self) -> None:
        """Connect and check that a stream of pictures comes; reconnects when the stream had ended.

        Raises:
            DeviceError: ``ABSENT``; ``REFUSED`` when the answer is no stream of pictures; ``TIMEOUT``.
        """
        self.close()
        connection = self._connect()
        response: HTTPResponse | None = None
        try:
            response = self._ask(connection)
            decoder = self._decoder(response)
        except BaseException:
            if response is not None:
                response.close()  # it holds the socket once the far end has announced that it will close
            connection.close()
            raise
        latest = LatestFrame(self.name)
        self._latest = latest
        self._thread = Thread(
            target=self._read, args=(connection, response, decoder, latest), name=f"camera-{self.name}", daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """Let go of the connection and wait for the reading thread."""
        if self._socket is not None:
            with suppress(OSError):  # gone already
                self._socket.shutdown(socket.SHUT_RDWR)
        if self._thread is not None:
            self._thread.join(2.0)
        self._socket = self._thread = self._latest = None

    def health(self) -> DeviceHealth:
        """Whether frames are coming, and how many a second."""
        if self._latest is None:
            return DeviceHealth(DeviceState.OFFLINE, "absent")
        return self._latest.health()

    def next_frame(self, *, after: int, wait: float, cancel: Event) -> Frame:
        """Return the newest frame with a number above ``after``.

        Raises:
            DeviceError: ``TIMEOUT``/``no_frames``; ``ABSENT``; ``GARBLED`` when no picture was among what came;
                ``CANCELLED``.
        """
        if self._latest is None:
            raise DeviceError(self.name, Fault.ABSENT, detail="not open")
        return self._latest.next_frame(after=after, wait=wait, cancel=cancel)

    def _connect(self) -> HTTPConnection:
        parts = urlsplit(self._config.url)
        try:
            port = parts.port
        except ValueError:
            port = -1
        if parts.scheme not in {"http", "https"} or not parts.hostname or port == -1:
            raise DeviceError(self.name, Fault.REFUSED, "unsupported", "an http or https address is needed")
        kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        return kind(parts.hostname, port, timeout=float(self._config.options.get("connect_within", 3.0)))

    def _ask(self, connection: HTTPConnection) -> HTTPResponse:
        parts = urlsplit(self._config.url)
        headers = {"Accept": "multipart/x-mixed-replace, image/jpeg"}
        if parts.username is not None:
            login = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
            headers["Authorization"] = "Basic " + base64.b64encode(login).decode()
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        try:
            connection.connect()
            self._socket = connection.sock
            # What the system holds back for us is old by the time we read it
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _PIECE)
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            RECORDER.http(self.name, "GET", path, status=answer.status, headers=dict(answer.headers), sizes=(0, 0))
            return answer
        except TimeoutError as error:
            raise DeviceError(self.name, Fault.TIMEOUT, detail="no answer to the connection") from error
        except (OSError, HTTPException) as error:
            raise DeviceError(self.name, Fault.ABSENT, detail=type(error).__name__) from error

    def _decoder(self, response: HTTPResponse) -> MultipartDecoder:
        kind = response.headers.get("Content-Type", "")
        if response.status != 200 or not kind.lower().startswith("multipart/"):
            fault = Fault.ABSENT if response.status >= 500 else Fault.REFUSED
            raise DeviceError(self.name, fault, detail=f"HTTP {response.status}, {kind or 'no type'}")
        limit = int(self._config.options.get("max_frame", MAX_PART))
        return MultipartDecoder(boundary_of(kind) or b"", max_part=limit)

    def _read(
        self, connection: HTTPConnection, response: HTTPResponse, decoder: MultipartDecoder, latest: LatestFrame
    ) -> None:
        detail = "the stream ended"
        try:
            if self._socket is not None:
                self._socket.settimeout(SILENT_FOR)
            skipped = 0
            while data := response.read1(_PIECE):
                for part in decoder.feed(data):
                    if is_jpeg(part):
                        latest.put(part)
                    else:
                        latest.damaged()
                if decoder.damaged > skipped:
                    latest.damaged(decoder.damaged - skipped)
                    skipped = decoder.damaged
        except (OSError, HTTPException, ValueError) as error:  # ValueError: closed under the reader
            detail = type(error).__name__
        finally:
            response.close()
            connection.close()
            latest.fail(DeviceError(self.name, Fault.ABSENT, detail=detail))
