"""Recorded USB transfers in place of pyusb: each call of pyusb with what it gave, in their order.

A record is one line a call, as ``call arguments = answer``; ``!NUMBER`` is a USBError with that errno, ``!timeout`` a
USBTimeoutError, ``@id`` the process id that was asked for last. The calls must come as they were recorded; ``read`` on
the way back may come more often than recorded while nothing is there, because a driver polls.
"""

import errno
from collections.abc import Iterable
from typing import Any


class USBError(OSError):
    """As pyusb's: an OSError."""


class USBTimeoutError(USBError):
    """As pyusb's."""


class Endpoint:
    def __init__(self, address: int, attributes: int = 2) -> None:
        self.bEndpointAddress, self.bmAttributes = address, attributes


class Interface:
    """One alternate setting of an interface, as pyusb iterates it."""

    def __init__(self, number: int, alternate: int, protocol: int, endpoints: Iterable[int], class_: int = 7) -> None:
        self.bInterfaceNumber, self.bAlternateSetting = number, alternate
        self.bInterfaceClass, self.bInterfaceProtocol = class_, protocol
        self._endpoints = [Endpoint(address) for address in endpoints]

    def __iter__(self) -> Any:
        return iter(self._endpoints)


class Configuration(list[Interface]):
    """As pyusb's: its alternate settings one after the other."""

    index = 0  # type: ignore[assignment]  # pyusb's name for its place among the configurations


class RecordedUsb:
    """The seam and the device in one; ``calls`` collects what was called and never recorded."""

    serial_number = "X3F4012345"

    def __init__(self, interfaces: Iterable[Interface], record: str) -> None:
        self._interfaces = list(interfaces)
        self._record = [line.strip() for line in record.strip().splitlines() if line.strip()]
        self.written = bytearray()

    def over(self) -> bool:
        """Whether everything that was recorded has been called."""
        return not self._record

    def _next(self, call: str) -> str:
        assert self._record, f"{call} was not recorded: the record is over"
        wanted, _, answer = self._record.pop(0).partition(" =")
        fits = call.startswith(wanted[:-1]) if wanted.endswith("*") else call == wanted
        assert fits, f"{call}, recorded: {wanted}"
        return _raised(answer.strip())

    # the seam

    def find(self, vendor: int, product: int, serial: str, port: str) -> "RecordedUsb | None":
        named = " ".join(filter(None, (f"{vendor:04x}:{product:04x}", serial, port)))
        return None if self._next(f"find {named}") == "nothing" else self

    def claim(self, device: object, interface: int) -> None:
        self._next(f"claim {interface}")

    def release(self, device: object, interface: int) -> None:
        self._next(f"release {interface}")

    # pyusb's device

    def get_active_configuration(self) -> Configuration:
        return Configuration(self._interfaces)

    def is_kernel_driver_active(self, interface: int) -> bool:
        return self._next(f"is_kernel_driver_active {interface}") == "yes"

    def detach_kernel_driver(self, interface: int) -> None:
        self._next(f"detach_kernel_driver {interface}")

    def attach_kernel_driver(self, interface: int) -> None:
        self._next(f"attach_kernel_driver {interface}")

    def set_interface_altsetting(self, interface: int, alternate: int) -> None:
        self._next(f"set_interface_altsetting {interface} {alternate}")

    def clear_halt(self, endpoint: int) -> None:
        self._next(f"clear_halt {endpoint:02x}")

    def ctrl_transfer(self, kind: int, request: int, value: int, index: int, data: int | None, timeout: int) -> bytes:
        return bytes.fromhex(self._next(f"ctrl_transfer {kind:02x} {request} {value} {index} {data}"))

    def write(self, endpoint: int, data: bytes, timeout: int) -> int:
        assert timeout > 0, "0 waits for ever"
        taken = self._next(f"write {endpoint:02x} {bytes(data).hex()}")
        count = int(taken) if taken else len(data)
        self.written += data[:count]
        return count

    def read(self, endpoint: int, size: int, timeout: int) -> bytes:
        assert timeout > 0, "0 waits for ever"
        assert size % 512 == 0, "a packet that does not fit is an overflow: 64 bytes at full speed, 512 at high speed"
        if not (self._record and self._record[0].startswith("read ")):
            raise USBTimeoutError(errno.ETIMEDOUT, "Operation timed out")
        answer = self._next(f"read {endpoint:02x}")
        if answer == "@id":  # the printer says that it has printed the last block
            return b"\x37\x22" + bytes(self.written[-4:]) + b"\x00"
        return bytes.fromhex(answer)


def _raised(answer: str) -> str:
    if answer == "!timeout":
        raise USBTimeoutError(errno.ETIMEDOUT, "Operation timed out")
    if answer == "!later":
        raise NotImplementedError("is not implemented here")
    if answer == "!nobackend":
        raise ValueError("No backend available")
    if answer.startswith("!"):
        raise USBError(int(answer[1:]), "recorded")
    return answer
