"""Whether something is at the far end of a URL, without claiming it: paths, the kernel's list of USB devices, TCP.

``mark_of`` gives a text that is another one after the device was pulled and plugged in again, so that whoever waits for
a device can tell "still there and still does not open" from "there anew". Nothing is opened but network connections;
of network devices that serve one connection at a time only ask while our own connection is down.
"""

import socket
import stat
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

UNKNOWN = "?"
"""The mark of what only opening can tell (a print queue, a vendor's library, sound)."""

ROOT = Path("/")

_PORTS = {"http": 80, "https": 443, "ipp": 631, "ipps": 631}
_ON_THE_BUS = frozenset({"sane", "pcsc", "sdk", "wia", "sound"})
"""What opening tells, but what comes and goes with a USB device: any plug is a reason to try again at once."""


def mark_of(url: str, *, within: float = 0.5, root: Path = ROOT) -> str:
    """A mark of what is at ``url`` now, empty when nothing is; ``within`` seconds for a network device to accept."""
    try:
        return _mark_of(url, within, root)
    except ValueError:  # no address at all: opening says so
        return UNKNOWN


def _mark_of(url: str, within: float, root: Path) -> str:
    parts = urlsplit(url)
    scheme = parts.scheme
    if scheme in {"serial", "file", "v4l"}:
        path = port_path(url)
        return UNKNOWN if path.upper().startswith("COM") else _path_mark(path)
    if scheme in {"usb", "hid"}:
        return _usb_mark(url, root)
    if scheme in _ON_THE_BUS:
        return UNKNOWN + _bus_mark(root)
    if scheme in {*_PORTS, "socket"} and parts.hostname:
        return _accepts(parts.hostname, parts.port or _PORTS.get(scheme, 0), within)
    return "" if scheme == "socket" else UNKNOWN


def port_path(url: str) -> str:
    """The path that a URL of a path names; of ``serial://COM3`` the port's name."""
    parts = urlsplit(url)
    return unquote(parts.path) if parts.path.strip("/") else parts.netloc or parts.path


def nodes_of(url: str, *, root: Path = ROOT) -> tuple[Path, ...]:
    """The device files of a URL that are there now, with links followed; empty where there are none."""
    try:
        return _nodes_of(url, root)
    except ValueError:
        return ()


def _nodes_of(url: str, root: Path) -> tuple[Path, ...]:
    scheme = urlsplit(url).scheme
    if scheme in {"serial", "file", "v4l"}:
        path = Path(port_path(url))
        return (path.resolve(),) if path.exists() else ()
    if scheme not in {"usb", "hid"}:
        return ()
    if _camera_index(url):
        return (root / f"dev/video{_camera_index(url)}",)
    found: list[Path] = []
    for device in _usb_devices(url, root):
        bus, number = _text(device / "busnum"), _text(device / "devnum")
        if bus.isdecimal() and number.isdecimal():
            found.append(root / f"dev/bus/usb/{int(bus):03}/{int(number):03}")
        found += [root / "dev" / node.name for node in device.glob("*/*/hidraw/hidraw*")]
    return tuple(found)


def _path_mark(path: str) -> str:
    try:
        about, link = Path(path).stat(), Path(path).lstat()
    except OSError:
        return ""
    made = f":{link.st_ino}:{link.st_mtime_ns}" if stat.S_ISLNK(link.st_mode) else ""  # a pty's number is used again
    return f"{about.st_dev}:{about.st_ino}:{about.st_rdev}{made}"


def _accepts(host: str, port: int, within: float) -> str:
    try:
        with socket.create_connection((host, port), timeout=within):
            return f"{host}:{port}"
    except OSError:
        return ""


def _camera_index(url: str) -> str:
    named = urlsplit(url).netloc
    return named if named.isdecimal() and urlsplit(url).scheme == "usb" else ""


def _usb_mark(url: str, root: Path) -> str:
    named = urlsplit(url).netloc
    if (index := _camera_index(url)) and (root / "dev").is_dir():
        return _path_mark(str(root / f"dev/video{index}"))
    if ":" not in named or not (root / "sys/bus/usb/devices").is_dir():
        return UNKNOWN + _bus_mark(root)
    return " ".join(f"{device.name}:{_text(device / 'devnum')}" for device in _usb_devices(url, root))


def _usb_devices(url: str, root: Path) -> Iterator[Path]:
    """The kernel's folders of the devices that ``usb://vid:pid[/serial][?port=1-2]`` means."""
    parts = urlsplit(url)
    vendor, _, product = parts.netloc.lower().partition(":")
    serial, port = unquote(parts.path.strip("/")), parse_qs(parts.query).get("port", [""])[0]
    for device in _bus(root):
        if (_text(device / "idVendor"), _text(device / "idProduct")) != (vendor, product):
            continue
        if port not in {"", device.name} or (serial and _text(device / "serial") != serial):
            continue
        yield device


def _bus_mark(root: Path) -> str:
    return ",".join(f"{device.name}:{_text(device / 'devnum')}" for device in _bus(root))


def _bus(root: Path) -> list[Path]:
    try:
        return sorted(path for path in (root / "sys/bus/usb/devices").iterdir() if ":" not in path.name)
    except OSError:
        return []


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", errors="replace").strip()
    except OSError:
        return ""
