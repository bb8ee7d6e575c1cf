"""USB devices as the kernel lists them (sysfs): read only, no device is opened.

The tree may stand below another root, so that a made-up machine can be looked at.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

KNOWN = Path(__file__).resolve().parents[2] / "resources" / "devices" / "usb.toml"
PRINTER, VIDEO, SMART_CARD, HID = 0x07, 0x0E, 0x0B, 0x03


@dataclass(frozen=True, slots=True)
class Interface:
    """One interface: class, sub-class, protocol, and the kernel driver that holds it (empty: none)."""

    of_class: int
    sub_class: int
    protocol: int
    driver: str


@dataclass(frozen=True, slots=True)
class UsbDevice:
    """One device. ``port`` is where it is plugged in (``1-4.2``), ``node`` its device file."""

    port: str
    vendor: int
    product: int
    maker: str
    name: str
    serial: str
    node: str
    power: str  # power/control: "on" or "auto" (the kernel may put it to sleep)
    interfaces: tuple[Interface, ...]

    @property
    def ids(self) -> str:
        """Vendor and product, for example ``1a86:7523``."""
        return f"{self.vendor:04x}:{self.product:04x}"

    @property
    def model(self) -> str:
        """What the device calls itself; its numbers where it says nothing."""
        return " ".join(filter(None, (self.maker, self.name))) or self.ids

    def has_class(self, of_class: int) -> bool:
        """Whether one of its interfaces is of a class."""
        return any(row.of_class == of_class for row in self.interfaces)


@cache
def known_ids(file: Path = KNOWN) -> dict[str, dict[str, str]]:
    """What ``resources/devices/usb.toml`` knows: ``vvvv:pppp`` → {``is``, ``name``}.

    ``is`` is ``sam_usb``, ``sam_hid`` or ``bridge`` (a serial port, which is asked as such).
    """
    document = tomllib.loads(file.read_text("utf-8"))
    return {str(row["id"]).lower(): {"is": str(row["is"]), "name": str(row["name"])} for row in document["device"]}


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", errors="replace").strip()
    except OSError:
        return ""


def _number(path: Path, base: int = 16) -> int:
    try:
        return int(_text(path), base)
    except ValueError:
        return -1


def _link_name(path: Path) -> str:
    try:
        return path.readlink().name
    except OSError:
        return ""


def devices(root: Path = Path("/")) -> tuple[UsbDevice, ...]:
    """All devices, hubs left out, in the order of their ports; empty where there is no sysfs."""
    return tuple(_devices(root / "sys/bus/usb/devices"))


def _devices(folder: Path) -> Iterator[UsbDevice]:
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return
    for entry in entries:
        vendor, product = _number(entry / "idVendor"), _number(entry / "idProduct")
        if ":" in entry.name or vendor < 0 or product < 0 or _number(entry / "bDeviceClass") == 9:
            continue
        interfaces = tuple(
            Interface(
                _number(part / "bInterfaceClass"),
                _number(part / "bInterfaceSubClass"),
                _number(part / "bInterfaceProtocol"),
                _link_name(part / "driver"),
            )
            for part in sorted(folder.glob(f"{entry.name}:*"))
        )
        bus, number = _number(entry / "busnum", 10), _number(entry / "devnum", 10)
        yield UsbDevice(
            entry.name,
            vendor,
            product,
            _text(entry / "manufacturer"),
            _text(entry / "product"),
            _text(entry / "serial"),
            f"dev/bus/usb/{bus:03d}/{number:03d}",
            _text(entry / "power/control"),
            interfaces,
        )
