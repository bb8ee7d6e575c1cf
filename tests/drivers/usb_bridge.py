"""A USB printer for pyusb: a backend below pyusb's own objects whose bulk pipes lead to an emulator's TCP port.

So the driver's calls go through pyusb itself (descriptors, claims, time limits, errors), as they do with libusb.
"""

import array
import errno
import socket
import time
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import usb.backend
import usb.core

OUT, INTO = 0x01, 0x82
ID = b"MFG:EPSON;CMD:ESC/POS;MDL:TM-T82III;CLS:PRINTER;"


class UsbBridge(usb.backend.IBackend):  # type: ignore[misc]
    """One printer of class 7: alternate setting 0 only listens, 1 answers.

    Args:
        url: ``socket://`` of the emulator.
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._at = (parts.hostname or "", parts.port or 0)
        self._line: socket.socket | None = None
        self.kernel = True  # usblp has it
        self.plugged = True
        self.port_status = 0x18
        self.claimed: list[int] = []

    # ---- what pyusb asks for

    def enumerate_devices(self) -> list[str]:
        return ["printer"] if self.plugged else []

    def get_device_descriptor(self, dev: str) -> Any:
        return SimpleNamespace(
            bLength=18,
            bDescriptorType=1,
            bcdUSB=0x200,
            bDeviceClass=0,
            bDeviceSubClass=0,
            bDeviceProtocol=0,
            bMaxPacketSize0=64,
            idVendor=0x04B8,
            idProduct=0x0E15,
            bcdDevice=0x100,
            iManufacturer=0,
            iProduct=0,
            iSerialNumber=0,
            bNumConfigurations=1,
            address=4,
            bus=1,
            port_number=2,
            port_numbers=(2,),
            speed=3,
        )

    def get_configuration_descriptor(self, dev: str, config: int) -> Any:
        if config:
            raise IndexError(config)
        return SimpleNamespace(
            bLength=9,
            bDescriptorType=2,
            wTotalLength=0,
            bNumInterfaces=1,
            bConfigurationValue=1,
            iConfiguration=0,
            bmAttributes=0xC0,
            bMaxPower=1,
            extra_descriptors=b"",
            extra=b"",
        )

    def get_interface_descriptor(self, dev: str, intf: int, alt: int, config: int) -> Any:
        if intf or alt > 1:
            raise IndexError(intf)
        return SimpleNamespace(
            bLength=9,
            bDescriptorType=4,
            bInterfaceNumber=0,
            bAlternateSetting=alt,
            bNumEndpoints=1 + alt,
            bInterfaceClass=7,
            bInterfaceSubClass=1,
            bInterfaceProtocol=1 + alt,
            iInterface=0,
            extra_descriptors=b"",
            extra=b"",
        )

    def get_endpoint_descriptor(self, dev: str, ep: int, intf: int, alt: int, config: int) -> Any:
        return SimpleNamespace(
            bLength=7,
            bDescriptorType=5,
            bEndpointAddress=(OUT, INTO)[ep],
            bmAttributes=2,
            wMaxPacketSize=64,
            bInterval=0,
            bRefresh=0,
            bSynchAddress=0,
            extra_descriptors=b"",
        )

    def open_device(self, dev: str) -> Any:
        self._here()
        return SimpleNamespace(handle=1, devid=dev)

    def close_device(self, dev_handle: Any) -> None:
        self.let_go()

    def get_configuration(self, dev_handle: Any) -> int:
        self._here()
        return 1

    def set_configuration(self, dev_handle: Any, config_value: int) -> None:
        self._here()

    def set_interface_altsetting(self, dev_handle: Any, intf: int, altsetting: int) -> None:
        self._here()

    def claim_interface(self, dev_handle: Any, intf: int) -> None:
        self._here()
        if self.kernel:
            raise usb.core.USBError("Resource busy", None, errno.EBUSY)
        self.claimed.append(intf)

    def release_interface(self, dev_handle: Any, intf: int) -> None:
        self._here()
        self.claimed.remove(intf)

    def is_kernel_driver_active(self, dev_handle: Any, intf: int) -> bool:
        self._here()
        return self.kernel

    def detach_kernel_driver(self, dev_handle: Any, intf: int) -> None:
        self.kernel = False

    def attach_kernel_driver(self, dev_handle: Any, intf: int) -> None:
        self._here()
        self.kernel = True

    def ctrl_transfer(self, dev_handle: Any, kind: int, request: int, value: int, index: int, data: Any, t: int) -> int:
        self._here()
        assert t > 0
        answer = (len(ID) + 2).to_bytes(2, "big") + ID if request == 0 else bytes([self.port_status])
        answer = answer[: len(data)]
        data[: len(answer)] = array.array("B", answer)
        return len(answer)

    def bulk_write(self, dev_handle: Any, ep: int, intf: int, data: Any, timeout: int) -> int:
        assert (ep, timeout > 0) == (OUT, True)
        line = self._opened()
        line.settimeout(timeout / 1000)
        try:
            return line.send(bytes(data)[:512])
        except TimeoutError as error:
            raise usb.core.USBTimeoutError("Operation timed out", None, errno.ETIMEDOUT) from error
        except OSError as error:
            raise usb.core.USBError("Input/Output Error", None, errno.EIO) from error

    def bulk_read(self, dev_handle: Any, ep: int, intf: int, buff: Any, timeout: int) -> int:
        assert (ep, timeout > 0) == (INTO, True)
        line = self._opened()
        line.settimeout(timeout / 1000)
        try:
            data = line.recv(len(buff))
        except TimeoutError as error:
            raise usb.core.USBTimeoutError("Operation timed out", None, errno.ETIMEDOUT) from error
        except OSError as error:
            raise usb.core.USBError("Input/Output Error", None, errno.EIO) from error
        if not data:
            raise usb.core.USBError("No such device", None, errno.ENODEV)
        buff[: len(data)] = array.array("B", data)
        return len(data)

    # ---- the cable

    def pull_out(self) -> None:
        self.plugged = False
        self.let_go()

    def let_go(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None

    def _here(self) -> None:
        if not self.plugged:
            raise usb.core.USBError("No such device (it may have been disconnected)", None, errno.ENODEV)

    def _opened(self) -> socket.socket:
        self._here()
        if self._line is None:
            self._line = socket.create_connection(self._at, timeout=5)
            time.sleep(0)
        return self._line
