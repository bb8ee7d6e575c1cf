"""Recorded USB and HID transfers behind pyusb's and hidapi's own calls, and a module behind them for whole reads.

A record is one line a call, ``call arguments = answer``; ``!NUMBER`` is a USBError with that errno, ``!timeout`` a
USBTimeoutError, ``!later`` a NotImplementedError, ``!value`` a ValueError. Calls must come as they were recorded;
``read`` may come more often while nothing is there, because a driver polls.
"""

import errno
from collections.abc import Iterable
from typing import Any

from drivers.emulators.id_card import Module
from drivers.id_card import frames, hid_frames


class USBError(OSError):
    """As pyusb's: an OSError."""


class USBTimeoutError(USBError):
    """As pyusb's."""


class Endpoint:
    def __init__(self, address: int, attributes: int = 2, packet: int = 64) -> None:
        self.bEndpointAddress, self.bmAttributes, self.wMaxPacketSize = address, attributes, packet


class Interface:
    """One alternate setting, as pyusb iterates it."""

    def __init__(self, number: int, *endpoints: Endpoint) -> None:
        self.bInterfaceNumber = number
        self._endpoints = endpoints

    def __iter__(self) -> Any:
        return iter(self._endpoints)


BULK = (Interface(0, Endpoint(0x81, 3), Endpoint(0x02), Endpoint(0x85)),)
HID_ONLY = (Interface(0, Endpoint(0x81, 3)),)


class Descriptors:
    """What pyusb knows of a device without a transfer."""

    def __init__(self, interfaces: Iterable[Interface] = BULK, serial: str = "A1B2") -> None:
        self.idVendor, self.idProduct, self.bus, self.port_numbers = 0x0400, 0xC35A, 1, (4, 2)
        self._interfaces = list(interfaces)
        self._serial = serial

    @property
    def serial_number(self) -> str:
        if self._serial == "!denied":
            raise ValueError("The device has no langid (permission issue, no string descriptors supported)")
        return self._serial

    def get_active_configuration(self) -> list[Interface]:
        return self._interfaces


class RecordedUsb(Descriptors):
    """pyusb and the device in one."""

    def __init__(self, record: str, interfaces: Iterable[Interface] = BULK) -> None:
        super().__init__(interfaces)
        self._record = [line.strip() for line in record.strip().splitlines() if line.strip()]

    def over(self) -> bool:
        """Whether everything that was recorded has been called."""
        return not self._record

    def _next(self, call: str) -> str:
        assert self._record, f"{call} was not recorded: the record is over"
        wanted, _, answer = self._record.pop(0).partition(" =")
        assert call == wanted, f"{call}, recorded: {wanted}"
        return raised(answer.strip())

    def find(self, vendor: int, product: int) -> list[Any]:
        return [] if self._next(f"find {vendor:04x}:{product:04x}") == "nothing" else [self]

    def claim_interface(self, device: object, interface: int) -> None:
        self._next(f"claim {interface}")

    def release_interface(self, device: object, interface: int) -> None:
        self._next(f"release {interface}")

    def dispose_resources(self, device: object) -> None:
        self._next("dispose")

    def is_kernel_driver_active(self, interface: int) -> bool:
        return self._next(f"kernel {interface}") == "yes"

    def detach_kernel_driver(self, interface: int) -> None:
        self._next(f"detach {interface}")

    def attach_kernel_driver(self, interface: int) -> None:
        self._next(f"attach {interface}")

    def clear_halt(self, endpoint: int) -> None:
        self._next(f"clear_halt {endpoint:02x}")

    def ctrl_transfer(self, kind: int, request: int, value: int, index: int, data: Any, timeout: int) -> Any:
        assert timeout > 0, "0 waits for ever"
        given = data if isinstance(data, int) else bytes(data).hex()
        return bytes.fromhex(self._next(f"ctrl {kind:02x} {request:02x} {value:04x} {index} {given}"))

    def write(self, endpoint: int, data: bytes, timeout: int) -> int:
        assert timeout > 0, "0 waits for ever"
        taken = self._next(f"write {endpoint:02x} {bytes(data).hex()}")
        return int(taken) if taken else len(data)

    def read(self, endpoint: int, size: int, timeout: int) -> bytes:
        assert timeout > 0, "0 waits for ever"
        if not (self._record and self._record[0].startswith("read ")):
            raise USBTimeoutError(errno.ETIMEDOUT, "Operation timed out")
        answer = bytes.fromhex(self._next(f"read {endpoint:02x}"))
        assert len(answer) <= size, "libusb would say overflow"
        return answer


def raised(answer: str) -> str:
    if answer == "!timeout":
        raise USBTimeoutError(errno.ETIMEDOUT, "Operation timed out")
    if answer == "!later":
        raise NotImplementedError("is not implemented here")
    if answer == "!value":
        raise ValueError("No backend available")
    if answer.startswith("!"):
        raise USBError(int(answer[1:]), "recorded")
    return answer


class ModuleUsb(Descriptors):
    """A reader whose answers a module of the emulator gives; ``strikes`` by number of transfer, as in a record.

    Args:
        strikes: ``{17: "!32"}``: what happens in place of the 17th transfer, counting from 1.
    """

    def __init__(self, interfaces: Iterable[Interface] = BULK, strikes: dict[int, str] | None = None) -> None:
        super().__init__(interfaces)
        self.module = Module()
        self.transfers = 0
        self.halted = 0
        self.gone = False
        self._strikes = strikes or {}
        self._arrived = bytearray()

    def find(self, vendor: int, product: int) -> list[Any]:
        return [] if self.gone else [self]

    def claim_interface(self, device: object, interface: int) -> None: ...

    def release_interface(self, device: object, interface: int) -> None: ...

    def dispose_resources(self, device: object) -> None: ...

    def is_kernel_driver_active(self, interface: int) -> bool:
        return False

    def clear_halt(self, endpoint: int) -> None:
        self.halted += 1

    def plug_back(self) -> None:
        """It is there again, and stays."""
        self.gone, self._strikes = False, {}

    def write(self, endpoint: int, data: bytes, timeout: int) -> int:
        if self._struck() == "short":
            return 0
        self.module.take(bytes(data), self._arrived.extend)
        return len(data)

    def read(self, endpoint: int, size: int, timeout: int) -> bytes:
        struck = self._struck() if self._arrived else ""
        if not self._arrived:
            raise USBTimeoutError(errno.ETIMEDOUT, "Operation timed out")
        size = 7 if struck == "short" else size
        piece = bytes(self._arrived[:size])
        del self._arrived[:size]
        return piece

    def ctrl_transfer(self, kind: int, request: int, value: int, index: int, data: Any, timeout: int) -> Any:
        if kind == 0x21:
            assert (request, value) == (0x09, 0x0301)
            return self.write(0, data, timeout)
        assert (kind, request, value) == (0xA1, 0x01, 0x0100)
        return self.read(0, data, timeout) if self._arrived else b""

    def _struck(self) -> str:
        self.transfers += 1
        if self.gone:
            raise USBError(errno.ENODEV, "No such device")
        struck = self._strikes.pop(self.transfers, "")
        if struck == f"!{errno.ENODEV}":
            self.gone = True
        return struck if struck == "short" else raised(struck)


class ModuleHid:
    """hidapi with one reader, whose answers a module gives; ``strikes`` as in ``ModuleUsb``: ``!gone``, ``!sum``."""

    def __init__(self, strikes: dict[int, str] | None = None, *, skipped: int = hid_frames.SKIPPED) -> None:
        self.module = Module()
        self.transfers = 0
        self.gone = False
        self.opens = True
        self.serial = "A1B2"
        self.path = b"1-4.2:1.0"
        self.sent: list[bytes] = []
        self._skipped = skipped
        self._strikes = strikes or {}
        self._reports: list[bytes] = []
        self._open = False

    def enumerate(self, vendor: int, product: int) -> list[dict[str, Any]]:
        assert (vendor, product) == (0x10C4, 0x0007)
        return [] if self.gone else [{"path": self.path, "serial_number": self.serial}]

    def device(self) -> "ModuleHid":
        return self

    def open_path(self, path: bytes) -> None:
        if not self.opens:
            raise OSError("open failed")
        assert path == self.path
        self._open = True

    def close(self) -> None:
        self._open = False

    def plug_back(self) -> None:
        """It is there again, and stays."""
        self.gone, self._strikes = False, {}

    def write(self, report: bytes) -> int:
        assert report[0] == 0, "the number of the report comes first"
        assert len(report) == hid_frames.SIZE + 1
        self._strike("write error")
        self.sent.append(report)
        asked = hid_frames.decode(report[1:], start=hid_frames.OUT)
        assert asked.result == hid_frames.PASS_THROUGH
        answered = bytearray()
        self.module.take(asked.payload, answered.extend)
        self._reports += hid_frames.split(bytes(answered), skipped=self._skipped)
        return len(report)

    def read(self, size: int, timeout_ms: int) -> list[int]:
        assert timeout_ms > 0, "0 would not wait at all, -1 for ever"
        if not self._reports:
            return []
        struck = self._strike("read error")
        report = bytearray(self._reports.pop(0)[:size])
        if struck == "!sum":
            report[10] ^= 0x55
        if struck == "!result":
            report = bytearray(hid_frames.encode_answer(b"", result=5))
        return list(report)

    def send_feature_report(self, report: bytes) -> int:
        return self.write(report)

    def get_feature_report(self, number: int, size: int) -> list[int]:
        assert (number, size) == (0, hid_frames.SIZE + 1)
        return [0, *(self.read(hid_frames.SIZE, 1) or bytes(hid_frames.SIZE))]

    def _strike(self, words: str) -> str:
        assert self._open
        self.transfers += 1
        struck = self._strikes.pop(self.transfers, "")
        if struck == "!gone":
            self.gone = True
        if self.gone:
            raise OSError(words)
        return struck


def frame(status: int, data: bytes = b"") -> str:
    """An answer of the module, as a record has it."""
    return frames.encode(frames.answer(status, data)).hex()
