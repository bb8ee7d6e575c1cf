"""A question and its answer on a shared port, with retries; and a device's health from what that came to."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import TypeVar

from drivers.errors import DeviceError, DeviceHealth, DeviceState, Fault
from drivers.shared_port import SharedPort

T = TypeVar("T")

LONGEST = 4096
"""Bytes after which what comes is no answer, whatever follows."""

NOTICE_WITHIN = 0.05
"""Seconds within which a cancelled wait ends."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a device is asked: seconds for an answer, further attempts, seconds of silence in front of each."""

    within: float = 0.3
    retries: int = 2
    silence: float = 0.0


def ask(port: SharedPort, device: str, question: bytes, take: Callable[[bytes], T | None], manner: Manner) -> T:
    """Send ``question`` and give what ``take`` makes of all that was received; it says None while more must come.

    The others at the port have their turns between two attempts.

    Raises:
        DeviceError: ``ABSENT``; ``TIMEOUT`` when nothing came at all; ``GARBLED`` when no answer was among it. What
            ``take`` raises of these two is tried again; its ``ValueError`` is ``GARBLED``.
    """
    trouble = DeviceError(device, Fault.TIMEOUT)
    for _ in range(manner.retries + 1):
        with port.turn(silence=manner.silence) as line:
            line.flush_input()
            line.write(question)
            received = b""
            give_up_at = time.monotonic() + manner.within
            try:
                while (left := give_up_at - time.monotonic()) > 0:
                    received += line.read(left)
                    if received and (answer := take(received)) is not None:
                        return answer
                    if len(received) > LONGEST:
                        break
            except DeviceError as error:
                if not error.retryable:
                    raise
                trouble = error
                continue
            except ValueError as error:
                trouble = DeviceError(device, Fault.GARBLED, detail=str(error))
                continue
        trouble = DeviceError(device, Fault.GARBLED if received else Fault.TIMEOUT)
    raise trouble


def listen(
    port: SharedPort, device: str, take: Callable[[bytes], T | None], *, wait: float, cancel: Event, begun: bytes = b""
) -> T:
    """Give what ``take`` makes of what comes by itself within ``wait`` seconds; it says None while more must come.

    ``begun`` came already. The port is let go of again and again, so that the others may speak.

    Raises:
        DeviceError: ``ABSENT``; ``CANCELLED``; ``TIMEOUT`` when nothing came, ``GARBLED`` when nothing but rubbish did.
    """
    received = begun
    give_up_at = time.monotonic() + wait
    while True:
        if received and (answer := take(received)) is not None:
            return answer
        received = received[-512:]
        if cancel.is_set():
            raise DeviceError(device, Fault.CANCELLED)
        if (left := give_up_at - time.monotonic()) <= 0:
            raise DeviceError(device, Fault.GARBLED if received else Fault.TIMEOUT)
        with port.turn() as line:
            received += line.read(min(left, NOTICE_WITHIN))


def health_after(error: DeviceError, facts: dict[str, str] | None = None) -> DeviceHealth:
    """The health of a device that did not answer as it should."""
    away = error.fault in {Fault.ABSENT, Fault.TIMEOUT, Fault.GARBLED}
    return DeviceHealth(DeviceState.OFFLINE if away else DeviceState.FAULT, error.code, facts or {})
