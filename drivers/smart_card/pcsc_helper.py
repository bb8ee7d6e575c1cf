"""The helper process of chip card readers: PC/SC calls, which may block for as long as a card says nothing.

Deeds: ``readers``; ``await`` (a card in a reader, up to some seconds, then connect to it); ``send`` (one command);
``leave`` (let go of the card); ``present`` (whether a card is in a reader).
"""

import sys
import threading
import time
from collections.abc import Callable
from typing import Any, Protocol, cast

from drivers.errors import DeviceError, Fault
from drivers.isolated import serve

_SLICE = 0.2  # seconds after which a wait looks at its cancel event


class Scard(Protocol):
    """``smartcard.scard`` of pyscard: the functions of PC/SC and their numbers, by their own names."""

    def __getattr__(self, name: str) -> Any: ...


def scard() -> Scard:
    """pyscard.

    Raises:
        DeviceError: ``REFUSED``/``unsupported``: it is not there.
    """
    try:
        import smartcard.scard  # noqa: PLC0415
    except ImportError as error:
        raise DeviceError("helper", Fault.REFUSED, "unsupported", "pyscard cannot be loaded") from error
    return cast("Scard", smartcard.scard)


_GONE = {0x80100009, 0x80100017, 0x8010001D, 0x8010001E, 0x8010002E, 0x80100003}
"""Unknown reader, reader unavailable, no service, service stopped, no readers, invalid handle (service restarted)."""

_CARD_MOVED = {0x80100069, 0x80100068, 0x8010000C, 0x80100016}
"""Removed, reset by somebody, no card, not transacted (what a card that goes in the middle looks like)."""

_CARD_ODD = {0x80100065, 0x80100066, 0x80100067, 0x8010000F}
"""Unsupported, unresponsive, unpowered, no common protocol."""


def error_of(code: int) -> DeviceError:
    """What an answer of PC/SC other than success means."""
    code &= 0xFFFFFFFF
    detail = f"PC/SC {code:08X}"
    if code in _GONE:
        return DeviceError("helper", Fault.ABSENT, detail=detail)
    if code in _CARD_MOVED:
        return DeviceError("helper", Fault.REFUSED, "card_moved", detail)
    if code in _CARD_ODD:
        return DeviceError("helper", Fault.REFUSED, "card_unknown", detail)
    if code == 0x8010000B:  # sharing violation
        return DeviceError("helper", Fault.OCCUPIED, detail=detail)
    if code in {0x8010006A, 0x80100027}:  # security violation, no access: pcscd's policy refuses this user
        return DeviceError("helper", Fault.REFUSED, "no_access", detail)
    return DeviceError("helper", Fault.GARBLED, detail=detail)


class Cards:
    """The state of this process: a context, and the card that is connected."""

    def __init__(self, api: Callable[[], Scard] = scard) -> None:
        self._load = api
        self._api: Any = None
        self._context: Any = None
        self._card: Any = None
        self._protocol = 0

    def readers(self, _given: dict[str, object], _cancel: threading.Event) -> object:
        """The names of all readers."""
        return self._readers()

    def present(self, given: dict[str, object], _cancel: threading.Event) -> object:
        """Whether a card is in a reader."""
        return bool(self._state(str(given["reader"])) & self._api.SCARD_STATE_PRESENT)

    def await_card(self, given: dict[str, object], cancel: threading.Event) -> object:
        """The ATR in hexadecimal of the card in a reader, connected; ``None`` when none came in ``wait`` seconds."""
        self._leave()
        reader, until = str(given["reader"]), time.monotonic() + float(str(given["wait"]))
        state = self._state(reader)
        while not state & self._api.SCARD_STATE_PRESENT or state & self._api.SCARD_STATE_MUTE:
            if state & self._api.SCARD_STATE_PRESENT:  # it lies there and says nothing: the other way round, perhaps
                raise DeviceError("helper", Fault.REFUSED, "card_unknown", "a card without ATR")
            left = until - time.monotonic()
            if left <= 0 or cancel.is_set():
                return None
            state = self._state(reader, known=state, wait=min(left, _SLICE))
        return self._connect(reader)

    def send(self, given: dict[str, object], _cancel: threading.Event) -> object:
        """One command and its answer, in hexadecimal."""
        if self._card is None:
            raise DeviceError("helper", Fault.REFUSED, "card_moved", "no card is connected")
        command = list(bytes.fromhex(str(given["command"])))
        code, answer = self._api.SCardTransmit(self._card, self._protocol, command)
        self._check(code)
        return bytes(value & 0xFF for value in answer).hex()

    def leave(self, _given: dict[str, object], _cancel: threading.Event) -> object:
        """Let go of the card."""
        self._leave()
        return None

    def _connect(self, reader: str) -> str:
        api = self._api
        code, card, protocol = api.SCardConnect(
            self._context, reader, api.SCARD_SHARE_SHARED, api.SCARD_PROTOCOL_T0 | api.SCARD_PROTOCOL_T1
        )
        self._check(code)
        self._card, self._protocol = card, protocol
        code, _name, _state, _protocol, atr = api.SCardStatus(card)
        self._check(code)
        return bytes(atr).hex()

    def _leave(self) -> None:
        card, self._card = self._card, None
        if card is not None:
            self._api.SCardDisconnect(card, self._api.SCARD_LEAVE_CARD)

    def _readers(self) -> list[str]:
        self._establish()
        code, names = self._api.SCardListReaders(self._context, [])
        if code & 0xFFFFFFFF == 0x8010002E:  # no reader at all
            return []
        self._check(code)
        return [str(name) for name in names]

    def _state(self, reader: str, *, known: int | None = None, wait: float = 0.0) -> int:
        """The reader's event bits; with ``known`` it waits for a change of those."""
        self._establish()
        api = self._api
        asked = api.SCARD_STATE_UNAWARE if known is None else known & ~api.SCARD_STATE_CHANGED
        code, states = api.SCardGetStatusChange(self._context, int(wait * 1000), [(reader, asked)])
        if code & 0xFFFFFFFF == 0x8010000A:  # time is up: nothing changed
            return known or 0
        self._check(code)
        state = int(states[0][1])
        if state & (api.SCARD_STATE_UNKNOWN | api.SCARD_STATE_UNAVAILABLE):
            raise error_of(0x80100009)
        return state

    def _establish(self) -> None:
        if self._api is None:
            self._api = self._load()
        if self._context is not None and self._api.SCardIsValidContext(self._context) == 0:
            return
        code, self._context = self._api.SCardEstablishContext(self._api.SCARD_SCOPE_USER)
        if code:
            self._context = None
            raise error_of(code)

    def _check(self, code: int) -> None:
        if not code:
            return
        error = error_of(code)
        if error.fault is Fault.ABSENT:  # the service may come back as another one
            self._context = self._card = None
        raise error


def main() -> int:
    """Serve until whoever started it is gone."""
    cards = Cards()
    return serve(
        {
            "readers": cards.readers,
            "present": cards.present,
            "await": cards.await_card,
            "send": cards.send,
            "leave": cards.leave,
        }
    )


if __name__ == "__main__":
    sys.exit(main())
