"""The seam at hidapi's own calls, and opening a device behind it: for every kind that comes on HID."""

import os
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, cast

from drivers.errors import DeviceError, Fault


class HidApi(Protocol):
    """The calls of hidapi that are made here; recorded ones stand in for them in tests."""

    def enumerate(self, vendor: int, product: int) -> list[dict[str, Any]]:
        """What is plugged in: ``path``, ``vendor_id``, ``product_id``, ``serial_number``, ``usage_page``."""

    def device(self) -> Any:
        """A closed device with ``open_path``, ``write``, ``read``, ``close`` and the feature reports."""


def hidapi(device: str) -> HidApi:
    """hidapi itself; on Linux over the kernel's hidraw, which leaves the kernel's driver where it is.

    Raises:
        DeviceError: ``REFUSED``/``unsupported`` where it is not installed.
    """
    try:
        try:
            return cast("HidApi", import_module("hidraw"))
        except ImportError:
            return cast("HidApi", import_module("hid"))
    except ImportError as error:
        raise DeviceError(device, Fault.REFUSED, "unsupported", "hidapi is not installed") from error


def may_use(name: str) -> bool:
    """Whether this user may open a device file."""
    return os.access(name, os.R_OK | os.W_OK)


def open_handle(device: str, api: HidApi, path: bytes, *, may: Callable[[str], bool] = may_use) -> Any:
    """Open what ``enumerate`` named.

    Raises:
        DeviceError: ``ABSENT`` when it has just gone; ``REFUSED``/``no_access`` when this user may not; else
            ``OCCUPIED``. hidapi tells no reason: the device file does.
    """
    handle = api.device()
    try:
        handle.open_path(path)
    except (OSError, ValueError) as error:
        name = path.decode("utf-8", "replace")
        if name.startswith("/") and not Path(name).exists():
            raise DeviceError(device, Fault.ABSENT, detail="it has just gone") from error
        if name.startswith("/") and not may(name):
            raise DeviceError(device, Fault.REFUSED, "no_access", "a udev rule is missing") from error
        raise DeviceError(device, Fault.OCCUPIED, detail="HID device cannot be opened") from error
    return handle
