"""Asking a SAM_V module one thing at a time: whole answers, or a fault.

Half-duplex, one request and one answer, and no retransmission on the link: after silence or a damaged answer
the input is thrown away and the whole command sent again.

Source: SAM_V command set; times and intervals as public implementations use them.
"""

import time
from dataclasses import dataclass
from threading import Event

from drivers.errors import DeviceError, Fault
from drivers.id_card import frames
from drivers.transport import Transport

ATTEMPTS = 3  # sendings of one command
SLICE = 0.05  # seconds after which a wait looks at its cancel event
QUIET = 0.15  # seconds of silence after which a damaged answer counts as over


@dataclass(frozen=True, slots=True)
class Command:
    """A command, the seconds it may take, and how its success looks (status, least and most bytes of data)."""

    payload: bytes
    within: float
    success: int
    least: int
    most: int

    def is_answered_by(self, payload: bytes) -> bool:
        """Whether this may be its answer, not a late success of another command that slipped past the flush."""
        status = frames.status_of(payload)
        if status == frames.NO_CONTENT:
            return self.payload == frames.READ_APPENDED_ADDRESS
        if status not in _SUCCESSES:
            return status >= 0
        return status == self.success and self.least <= len(payload) - 3 <= self.most


RESET = Command(frames.RESET, 2.0, frames.DONE, 0, 0)
STATUS = Command(frames.STATUS, 1.0, frames.DONE, 0, 0)
SAM_ID = Command(frames.SAM_ID, 1.0, frames.DONE, 16, 16)
FIND = Command(frames.FIND, 1.0, frames.FOUND, 0, 16)
SELECT = Command(frames.SELECT, 2.0, frames.DONE, 1, 15)
READS = {
    "30 01": Command(frames.READ, 3.0, frames.DONE, 200, frames.LONGEST),
    "30 10": Command(frames.READ_WITH_FINGERPRINTS, 5.0, frames.DONE, 200, frames.LONGEST),
}
APPENDED = Command(frames.READ_APPENDED_ADDRESS, 3.0, frames.DONE, 32, 160)

_SUCCESSES = frozenset({frames.DONE, frames.FOUND})
_NOT_GENUINE = frozenset({frames.CARD_REFUSED_BY_SAM, frames.NOT_VERIFIED})
LOOK_AGAIN = _NOT_GENUINE | {
    frames.NOT_FOUND,
    frames.NOT_SELECTED,
    frames.SAM_REFUSED_BY_CARD,
    frames.READ_FAILED,
    frames.RANDOM_FAILED,
}
_BROKEN = {frames.SELF_TEST_FAILED: "sam_self_test", frames.NOT_AUTHORISED: "sam_not_authorised"}


def refusal(device: str, status: int) -> DeviceError:
    """What a status other than success means for the program."""
    detail = f"status {status:02X}"
    if status in _BROKEN:
        return DeviceError(device, Fault.ATTENTION, _BROKEN[status], detail)
    if status in {frames.BAD_CHECKSUM, frames.BAD_LENGTH}:  # the line garbled what we sent
        return DeviceError(device, Fault.GARBLED, detail=detail)
    if status in _NOT_GENUINE:
        return DeviceError(device, Fault.REFUSED, "card_not_genuine", detail)
    if status == frames.UNKNOWN_CARD:
        return DeviceError(device, Fault.REFUSED, "card_unknown", detail)
    if status in LOOK_AGAIN:
        return DeviceError(device, Fault.REFUSED, "card_moved", detail)
    return DeviceError(device, Fault.REFUSED, detail=detail)


class SamModule:
    """A module behind an open port.

    Args:
        device: The device's id, for errors.
        transport: The port; closed with the module.
        reply_within: Seconds for every answer, instead of each command's own.
    """

    def __init__(self, device: str, transport: Transport, *, reply_within: float | None = None) -> None:
        self._device = device
        self._transport = transport
        self._reply_within = reply_within

    def close(self) -> None:
        """Let go of the port."""
        self._transport.close()

    def ask(self, command: Command, cancel: Event, *, attempts: int = ATTEMPTS, until: float | None = None) -> bytes:
        """Send a command until its answer comes whole, and return the answer's payload, whatever its status.

        Args:
            command: What to ask.
            cancel: Ends the wait within ``SLICE``.
            attempts: How often to send it at most.
            until: ``time.monotonic`` after which it is not sent again; the first attempt gets its full time.

        Raises:
            DeviceError: ``TIMEOUT`` or ``GARBLED`` after the last attempt; ``ATTENTION`` for a broken module;
                ``CANCELLED``; ``ABSENT``.
        """
        failure = DeviceError(self._device, Fault.TIMEOUT)
        for attempt in range(attempts):
            if attempt and until is not None and time.monotonic() >= until:
                break
            try:
                payload = self._exchange(command, cancel)
            except DeviceError as error:
                if not error.retryable:
                    raise
                failure = error
                continue
            status = frames.status_of(payload)
            if status in _BROKEN:
                raise refusal(self._device, status)
            if status not in {frames.BAD_CHECKSUM, frames.BAD_LENGTH}:
                return payload
            failure = refusal(self._device, status)
        raise failure

    def _exchange(self, command: Command, cancel: Event) -> bytes:
        """One request and its answer."""
        self._check(cancel)
        decoder = frames.FrameDecoder()
        self._transport.flush_input()  # a late answer to an earlier command
        self._transport.write(frames.encode(command.payload))
        last_byte_at = time.monotonic()
        give_up_at = last_byte_at + (self._reply_within or command.within)
        strange = False  # sound, but no answer to this command
        while (now := time.monotonic()) < give_up_at:
            self._check(cancel)
            if (decoder.damaged or strange) and now - last_byte_at > QUIET:
                break
            if data := self._transport.read(min(SLICE, give_up_at - now)):
                last_byte_at = time.monotonic()
            for payload in decoder.feed(data):
                if command.is_answered_by(payload):
                    return payload
                strange = True
        for payload in decoder.give_up():
            if command.is_answered_by(payload):
                return payload
            strange = True
        fault = Fault.GARBLED if decoder.damaged or strange else Fault.TIMEOUT
        raise DeviceError(self._device, fault, detail=f"no sound answer to {command.payload.hex(' ')}")

    def _check(self, cancel: Event) -> None:
        if cancel.is_set():
            raise DeviceError(self._device, Fault.CANCELLED)
