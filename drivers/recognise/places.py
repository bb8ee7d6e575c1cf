"""Where devices may be on this machine: listed, never opened.

``Machine`` names where is looked, so that a made-up tree and pseudo terminals can be searched as well.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from urllib.parse import quote

from drivers.recognise import usb
from drivers.recognise.choose import driver_of
from drivers.recognise.found import Candidate, Certainty, Found, Why

LISTS_WITHIN = 15.0
"""Seconds for the list of SANE; network back ends of it may take for ever."""


@dataclass(frozen=True, slots=True)
class Machine:
    """Where is looked.

    ``serial`` are patterns of further ports (pseudo terminals); ``own_ports`` whether the machine's own ports are
    searched, ``services`` whether PC/SC, SANE and CUPS are asked (``cups``: through another socket than the system's),
    ``network`` whether mDNS is.
    """

    root: Path = Path("/")
    serial: tuple[str, ...] = ()
    own_ports: bool = True
    services: bool = True
    network: bool = True
    cups: str = ""


def stable_name(path: Path, folders: tuple[Path, ...]) -> Path:
    """The name of a device file that stays with its place: a link in one of ``folders``, else the path itself."""
    for folder in folders:
        try:
            links = sorted(folder.iterdir())
        except OSError:
            continue
        for link in links:
            if link.is_symlink() and link.resolve() == path.resolve():
                return link
    return path


def serial_ports(machine: Machine) -> Iterator[Candidate]:
    """Serial ports: by the system's list, and by the patterns. A port is named by where it is plugged in."""
    seen: set[Path] = set()
    folders = (machine.root / "dev/serial/by-path", machine.root / "dev/serial/by-id")
    for name, facts in _listed_ports(machine):
        path = Path(name)
        if name.upper().startswith("COM"):
            yield Candidate("serial", f"serial://{name}", name, facts=facts)
        elif path.resolve() not in seen:
            seen.add(path.resolve())
            stable = stable_name(path, folders)
            yield Candidate("serial", f"serial://{quote(stable.as_posix())}", path.name, str(path), facts)
    for pattern in machine.serial:
        for path in sorted(Path(pattern).parent.glob(Path(pattern).name)):
            if path.resolve() not in seen:
                seen.add(path.resolve())
                yield Candidate("serial", f"serial://{quote(path.absolute().as_posix())}", path.name, str(path))


def _listed_ports(machine: Machine) -> Iterator[tuple[str, dict[str, str]]]:
    if not machine.own_ports:
        return
    if machine.root != Path("/"):
        for path in sorted((machine.root / "dev").glob("tty[UA]*")):
            yield str(path), {}
        return
    from serial.tools import list_ports  # noqa: PLC0415 - only a search pays for it

    for port in list_ports.comports():
        if port.hwid == "n/a" and not port.description.startswith("tty"):
            continue  # a legacy port without hardware behind it
        told = {"port": port.location or "", "model": port.product or "", "serial": port.serial_number or ""}
        yield port.device, {key: value for key, value in told.items() if value}


def plugged_in(machine: Machine) -> Iterator[str]:
    """The places of ports and devices that are there now, by the names that a search gives them."""
    for candidate in serial_ports(machine):
        yield candidate.place
    for found in (*cameras(machine), *usb_devices(machine)):
        yield found.place


def may_use(path: str) -> bool:
    """Whether this account may read and write a device file; True where there is no file to ask about."""
    return not path or not Path(path).exists() or os.access(path, os.R_OK | os.W_OK)


def cameras(machine: Machine) -> Iterator[Found]:
    """V4L cameras that give pictures (their second nodes carry only metadata)."""
    if not machine.own_ports:
        return
    kind, driver = driver_of("uvc")
    folders = (machine.root / "dev/v4l/by-id", machine.root / "dev/v4l/by-path")
    for path in sorted((machine.root / "dev").glob("video[0-9]*"), key=lambda path: (len(path.name), path.name)):
        about = machine.root / "sys/class/video4linux" / path.name
        if (_read(about / "index") or "0") != "0":
            continue
        facts = {"model": name} if (name := _read(about / "name")) else {}
        url = f"file://{quote(stable_name(path, folders).as_posix())}"
        why = Why.NONE if may_use(str(path)) else Why.NO_PERMISSION
        yield Found(url, path.name, kind, driver, Certainty.LISTED, why, facts)


def usb_devices(machine: Machine) -> Iterator[Found]:
    """Card readers with USB numbers that we know, and receipt printers of the printer class."""
    if not machine.own_ports:
        return
    known, there = usb.known_ids(), usb.devices(machine.root)
    for device in there:
        several = sum(other.ids == device.ids for other in there) > 1
        what = known.get(device.ids, {}).get("is", "")
        node = str(machine.root / device.node)
        facts = {"model": device.model, "serial": device.serial, "port": device.port}
        facts = {key: value for key, value in facts.items() if value}
        if what in {"sam_usb", "sam_hid"}:
            kind, driver = driver_of(what)
            scheme = "hid" if what == "sam_hid" else "usb"
            url = f"{scheme}://{device.ids}" + _which(device, several=several)
        elif device.has_class(usb.PRINTER):
            kind, driver = driver_of("escpos")
            url = _printer_url(machine, device, several=several)
        else:
            continue
        why = Why.NO_DRIVER if not driver else Why.NONE if may_use(node) else Why.NO_PERMISSION
        yield Found(url, f"USB {device.port}", kind, driver, Certainty.LISTED, why, facts)


def _which(device: usb.UsbDevice, *, several: bool) -> str:
    """Which of several readers with the same numbers it is: by its socket, for clones share a serial number."""
    return f"?port={device.port}" if several else ""


def _printer_url(machine: Machine, device: usb.UsbDevice, *, several: bool) -> str:
    """The kernel's printer file where ``usblp`` holds it, else the device by its numbers."""
    if any(row.driver == "usblp" for row in device.interfaces):
        for about in sorted((machine.root / "sys/class/usbmisc").glob("lp[0-9]*")):
            if f"/{device.port}:" in str((about / "device").resolve()).replace(os.sep, "/") + "/":
                return f"file:///dev/usb/{about.name}"
    return f"usb://{device.ids}" + (f"/{quote(device.serial)}" if several and device.serial else "")


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8", errors="replace").strip()
    except OSError:
        return ""


def loudspeakers(machine: Machine) -> Iterator[Found]:
    """The machine's own sound, where it has a sound card."""
    if not machine.own_ports:
        return
    cards = [line for line in _read(machine.root / "proc/asound/cards").splitlines() if "[" in line]
    if cards:
        kind, driver = driver_of("sound")
        name = cards[0].partition(" - ")[2].strip()
        why = Why.NONE if driver else Why.NO_DRIVER
        facts = {"model": name} if name else {}
        yield Found("sound://", "sound", kind, driver, Certainty.LISTED, why, facts)


def smart_card_readers(machine: Machine) -> Iterator[Found]:
    """What pcscd lists; nothing where it does not run."""
    if not machine.services:
        return
    kind, driver = driver_of("pcsc")
    try:
        from smartcard.System import readers  # noqa: PLC0415 - brings the system's library
    except ImportError:
        return
    try:
        names = [str(reader) for reader in readers()]
    except Exception:  # noqa: BLE001 - pyscard's own tree of errors, without a common root below Exception
        return
    for name in names:
        why = Why.NONE if driver else Why.NO_DRIVER
        yield Found(f"pcsc://{quote(name)}", name, kind, driver, Certainty.LISTED, why, {"model": name})


def run(command: list[str], within: float, cancel: Event) -> str:
    """What a program of the system says; empty when it is not there, fails or takes too long (it is ended then)."""
    if shutil.which(command[0]) is None:
        return ""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
    try:
        waited = 0.0
        while True:
            try:
                said, _ = process.communicate(timeout=0.1)
                return said.decode("utf-8", "replace")
            except subprocess.TimeoutExpired:
                waited += 0.1
                if cancel.is_set() or waited >= within:
                    return ""
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()


def sane_scanners(machine: Machine, cancel: Event) -> Iterator[Found]:
    """What SANE lists, asked in a program of its own that is ended when it hangs.

    Scanners that speak eSCL are left out: they are found by the network's own way and need no SANE.
    """
    if not machine.services:
        return
    kind, driver = driver_of("sane")
    for line in run(["scanimage", "-f", "%d|%v|%m%n"], LISTS_WITHIN, cancel).splitlines():
        name, _, rest = line.partition("|")
        if not rest or name.startswith(("airscan:", "escl:", "v4l:")):
            continue
        maker, _, model = rest.partition("|")
        facts = {"model": f"{maker} {model}".strip()}
        why = Why.NONE if driver else Why.NO_DRIVER
        yield Found(f"sane://{quote(name, safe=':')}", name, kind, driver, Certainty.LISTED, why, facts)


def queues(machine: Machine) -> Iterator[Found]:
    """The queues of CUPS: for receipts, and for documents."""
    if not machine.services:
        return
    from drivers.recognise.queues import queues as ask_cups  # noqa: PLC0415 - brings the library for HTTP

    yield from ask_cups(machine.cups)
