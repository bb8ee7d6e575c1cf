"""A code scanner of the USB-COM kind (virtual serial port), or one with a real serial cable.

URL: ``serial:///dev/ttyACM0?baud=9600`` (``/dev/serial/by-id/...`` is stable), ``socket://host:port`` behind a serial
converter. Options:

``baud``          9600; many are set to 115200. A USB-COM scanner takes any speed.
``ending``        ``any`` (CR, LF or both), ``cr``, ``lf``, ``crlf``, ``none``: a pause of ``pause_ms`` (80) ends it
``prefix``, ``suffix``   text in front of and behind each code, taken off; ``\\x02`` and the like are understood
``strip_aim``     true: takes the AIM identifier (``]Q1``, ``]C0``) off
``max_length``    bytes (4096); a longer code is damaged
``same_within_ms``  0; the same code again within this time counts once

A scanner says nothing of itself: "ready" means that its port is there.
"""

import time
from codecs import decode as codec_decode
from collections.abc import Callable
from threading import Event

from drivers.codes.frames import MAX_LENGTH, PAUSE, CodeShape, CodeSplitter, Piece, decoded, unwrapped
from drivers.contracts import DeviceConfig, ScannedCode
from drivers.errors import DeviceError, DeviceHealth, DeviceState, Fault
from drivers.transport import Transport, open_transport

BAUD = 9600

KEEP = 1.0
"""Seconds that a code waits for the next question: two codes in one pull of the trigger are both taken."""

_OVERTIME = 2.0  # seconds beyond its time that a code which is being received may still take
_NOTICE = 0.05  # seconds within which a cancelled wait ends

OpenPort = Callable[[str, str, int], Transport]


class SerialCodeReader:
    """A ``CodeReader`` at a serial port; see the module for its options."""

    def __init__(
        self,
        config: DeviceConfig,
        *,
        open_port: OpenPort = lambda device, url, baud: open_transport(device, url, baud=baud),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._config = config
        self._clock = clock
        self._open_port = open_port
        self._transport: Transport | None = None
        self._shape = shape_of(config)
        self._same_within = float(config.options.get("same_within_ms", 0)) / 1000
        self._splitter = CodeSplitter(self._shape)
        self._asked_until = float("-inf")
        self._last: tuple[bytes, float] = (b"", 0.0)

    @property
    def name(self) -> str:
        """The device's id from the settings."""
        return self._config.id

    def open(self) -> None:
        """Claim the port.

        Raises:
            DeviceError: ``ABSENT`` or ``OCCUPIED``; ``REFUSED``/``unsupported`` for a URL that we do not know.
        """
        self.close()
        self._transport = self._open_port(self.name, self._config.url, int(self._config.options.get("baud", BAUD)))

    def close(self) -> None:
        """Let go of the port."""
        transport, self._transport = self._transport, None
        if transport is not None:
            transport.close()
        self._splitter.forget()
        self._asked_until, self._last = float("-inf"), (b"", 0.0)

    def health(self) -> DeviceHealth:
        """Whether the port is there; what comes meanwhile is kept for whoever asks within a second."""
        try:
            self._receive(0.0)
        except DeviceError as error:
            return DeviceHealth(DeviceState.OFFLINE, error.code)
        return DeviceHealth(DeviceState.READY)

    def next_code(self, *, wait: float, cancel: Event) -> ScannedCode:
        """Wait up to ``wait`` seconds for a code; what was scanned before somebody asked is thrown away.

        Raises:
            DeviceError: ``TIMEOUT``/``no_code``; ``GARBLED`` for what is cut off, too long or no text; ``ABSENT``;
                ``CANCELLED``.
        """
        give_up_at = self._clock() + wait
        self._begin()
        try:
            while True:
                if cancel.is_set():
                    raise DeviceError(self.name, Fault.CANCELLED)
                piece = self._splitter.take()
                if piece is not None:
                    if (code := self._understood(piece)) is not None:
                        return code
                    continue
                left = give_up_at - self._clock()
                if left <= 0 and self._splitter.rests_at is None:
                    raise DeviceError(self.name, Fault.TIMEOUT, "no_code")
                if left <= -_OVERTIME:
                    raise DeviceError(self.name, Fault.GARBLED, detail="bytes without an end")
                self._receive(min(max(left, 0.01), _NOTICE))
        finally:
            self._asked_until = self._clock()

    def _begin(self) -> None:
        """Throw away what came while nobody asked; what came a moment after the last code is kept."""
        now = self._clock()
        if self._transport is None:
            raise DeviceError(self.name, Fault.ABSENT, detail="not open")
        if now - self._asked_until > KEEP:
            try:
                self._transport.flush_input()
            except DeviceError:
                self.close()
                raise
            self._splitter.forget()
        else:
            self._splitter.forget(before=now - KEEP)

    def _receive(self, wait: float) -> None:
        if self._transport is None:
            raise DeviceError(self.name, Fault.ABSENT, detail="not open")
        until = self._splitter.rests_at
        if until is not None:
            wait = min(wait, max(0.0, until - self._clock()))
        try:
            data = self._transport.read(wait)
        except DeviceError as error:
            if not error.retryable:
                self.close()
            raise
        now = self._clock()
        if data:
            self._splitter.feed(data, now)
        else:
            self._splitter.rest(now)

    def _understood(self, piece: Piece) -> ScannedCode | None:
        """The code; None for one that was given a moment ago."""
        raw = unwrapped(piece, self._shape)
        text = None if raw is None else decoded(raw)
        if raw is None or text is None:
            raise DeviceError(self.name, Fault.GARBLED, detail=f"{len(piece.data)} bytes that are no code")
        before, at = self._last
        if raw == before and piece.came_at - at < self._same_within:
            self._last = (raw, piece.came_at)
            return None
        self._last = (raw, piece.came_at)
        return ScannedCode(text, raw)


def shape_of(config: DeviceConfig) -> CodeShape:
    """How the scanner is set up, from the options.

    Raises:
        DeviceError: ``REFUSED``/``unsupported`` with what is wrong.
    """
    options = config.options
    try:
        return CodeShape(
            ending=str(options.get("ending", "any")).lower(),
            prefix=_spelt(str(options.get("prefix", ""))),
            suffix=_spelt(str(options.get("suffix", ""))),
            strip_aim=bool(options.get("strip_aim", False)),
            max_length=int(options.get("max_length", MAX_LENGTH)),
            pause=float(options.get("pause_ms", PAUSE * 1000)) / 1000,
        )
    except ValueError as error:
        raise DeviceError(config.id, Fault.REFUSED, "unsupported", str(error)) from error


def _spelt(text: str) -> bytes:
    """Text as bytes; ``\\x02``, ``\\t`` and the like are single bytes."""
    if "\\" not in text:
        return text.encode()
    return bytes(codec_decode(text.encode("ascii"), "unicode_escape").encode("latin-1"))
