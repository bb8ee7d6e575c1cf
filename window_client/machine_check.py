"""What of this computer stands in the way of devices: udev rules, groups, programs that grab ports, libraries.

Nothing is changed and nothing is opened: files are read, below a root that may be a made-up one. Each finding is
``ok``, a ``note`` (something a technician should know), or ``bad`` (a device of the settings cannot work so).
Source: DEVICES.md section 11.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from drivers.contracts import DeviceConfig
from drivers.recognise import usb

ROOT = Path(__file__).resolve().parent.parent
RULES = ROOT / "installer" / "udev" / "70-counter-devices.rules"
WORDS = ROOT / "resources" / "words" / "machine.json"

GROUPS = ("dialout", "lp", "scanner", "video", "plugdev")

LIBRARIES = {
    "libzbar.so.0": "libzbar0",
    "libsane.so.1": "libsane1",
    "libusb-1.0.so.0": "libusb-1.0-0",
    "libpcsclite.so.1": "libpcsclite1",
}
"""What the drivers load, and the Debian package that brings it."""

CONTROLLED = {"kylin", "uos", "deepin", "uniontech"}
"""Systems with a control of their own over USB classes."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. ``args`` go into its words."""

    name: str
    level: str
    code: str
    args: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Computer:
    """Where is looked, and as whom.

    ``groups`` are those of the running account; ``account`` its name, as in ``/etc/group``; ``devices`` those of the
    settings; ``rules`` the shipped rules.
    """

    root: Path = Path("/")
    account: str = ""
    groups: frozenset[str] = frozenset()
    is_root: bool = False
    devices: tuple[DeviceConfig, ...] = ()
    rules: Path = RULES

    def text(self, path: str) -> str:
        """A file of it; empty when there is none."""
        try:
            return (self.root / path).read_text("utf-8", errors="replace")
        except OSError:
            return ""

    def has(self, *patterns: str) -> bool:
        """Whether a file of one of these names is there (a link to ``/dev/null``, which masks, counts as none)."""
        for pattern in patterns:
            for path in self.root.glob(pattern):
                if os.path.realpath(path) != "/dev/null":
                    return True
        return False

    def runs(self, name: str) -> bool:
        """Whether a program of this name runs."""
        for path in self.root.glob("proc/[0-9]*/comm"):
            try:
                if path.read_text("utf-8", errors="replace").strip() == name:
                    return True
            except OSError:  # it has just ended
                continue
        return False

    def uses(self, *starts: str, kind: str = "") -> bool:
        """Whether a device of the settings has a URL that begins so, or is of a kind."""
        return any(
            (not kind or row.kind == kind) and (not starts or row.url.startswith(starts)) for row in self.devices
        )


def this_computer(devices: Sequence[DeviceConfig] = ()) -> Computer:
    """The computer and account that we run on."""
    if sys.platform == "win32":
        return Computer(devices=tuple(devices))
    import grp  # noqa: PLC0415 - not on Windows

    names = set()
    for number in os.getgroups():
        try:
            names.add(grp.getgrgid(number).gr_name)
        except KeyError:  # a group without a name, as containers have
            continue
    account = os.environ.get("USER", "")
    return Computer(account=account, groups=frozenset(names), is_root=os.geteuid() == 0, devices=tuple(devices))


def check(computer: Computer) -> list[Finding]:
    """Everything that was looked at, in an order in which one would repair it. Empty where it is no Linux."""
    if sys.platform == "win32":
        return []
    return [finding for look in LOOKS for finding in look(computer)]


def _udev_rules(computer: Computer) -> Iterator[Finding]:
    installed = computer.text(f"etc/udev/rules.d/{computer.rules.name}")
    try:
        shipped = computer.rules.read_text("utf-8")
    except OSError:
        shipped = installed
    code = "missing" if not installed else "ok" if installed == shipped else "other"
    yield Finding("udev_rules", "ok" if code == "ok" else "note", code, {"file": str(computer.rules)})


def _members(computer: Computer) -> dict[str, set[str]]:
    found = {}
    for line in computer.text("etc/group").splitlines():
        name, _, rest = line.partition(":")
        found[name] = set(rest.rpartition(":")[2].split(","))
    return found


def _groups(computer: Computer) -> Iterator[Finding]:
    members = _members(computer)
    lacking = [name for name in GROUPS if name in members and name not in computer.groups]
    if computer.is_root or not lacking:
        yield Finding("groups", "ok", "ok")
        return
    written = [name for name in lacking if computer.account and computer.account in members[name]]
    if written == lacking:
        yield Finding("groups", "note", "sign_in_again", {"groups": ", ".join(lacking)})
        return
    missing = [name for name in lacking if name not in written]
    args = {"groups": ", ".join(missing), "list": ",".join(missing), "account": computer.account or "ACCOUNT"}
    yield Finding("groups", "note", "missing", args)


def _bridges(computer: Computer) -> list[usb.UsbDevice]:
    known = usb.known_ids()
    return [row for row in usb.devices(computer.root) if known.get(row.ids, {}).get("is") == "bridge"]


def _brltty(computer: Computer) -> Iterator[Finding]:
    there = computer.has("usr/lib/udev/rules.d/*brltty*", "lib/udev/rules.d/*brltty*", "etc/udev/rules.d/*brltty*")
    masked = any(
        os.path.realpath(path) == "/dev/null" for path in (computer.root / "etc/udev/rules.d").glob("*brltty*")
    )
    bridges = _bridges(computer)
    taken = [row for row in bridges if any(part.driver == "usbfs" for part in row.interfaces)]
    if computer.runs("brltty") and taken:
        yield Finding("brltty", "bad", "taken", {"devices": ", ".join(row.model for row in taken)})
    elif there and not masked:
        yield Finding("brltty", "note", "there")
    else:
        yield Finding("brltty", "ok", "ok")


def _modem_manager(computer: Computer) -> Iterator[Finding]:
    there = computer.runs("ModemManager") or computer.has("usr/sbin/ModemManager")
    ignored = "ID_MM_DEVICE_IGNORE" in computer.text(f"etc/udev/rules.d/{computer.rules.name}")
    yield Finding(
        "modem_manager", "note" if there and not ignored else "ok", "there" if there and not ignored else "ok"
    )


def _usblp(computer: Computer) -> Iterator[Finding]:
    held = [
        row
        for row in usb.devices(computer.root)
        if any(part.of_class == usb.PRINTER and part.driver == "usblp" for part in row.interfaces)
    ]
    if held and computer.uses("usb:", kind="printer"):
        yield Finding("usblp", "note", "held", {"devices": ", ".join(row.model for row in held)})
    else:
        yield Finding("usblp", "ok", "ok")


def _queues(computer: Computer) -> Iterator[Finding]:
    """CUPS and ipp-usb take USB printers and scanners for themselves."""
    takes = "DeviceURI usb:" in computer.text("etc/cups/printers.conf")
    if takes and computer.uses("usb:", "file:///dev/usb/", kind="printer"):
        yield Finding("cups", "note", "claims")
    else:
        yield Finding("cups", "ok", "ok")
    by_ipp = [
        row
        for row in usb.devices(computer.root)
        if any((part.of_class, part.sub_class, part.protocol) == (7, 1, 4) for part in row.interfaces)
    ]
    if computer.runs("ipp-usb") and by_ipp:
        yield Finding("ipp_usb", "note", "claims", {"devices": ", ".join(row.model for row in by_ipp)})
    else:
        yield Finding("ipp_usb", "ok", "ok")


def _sleep(computer: Computer) -> Iterator[Finding]:
    known = usb.known_ids()
    asleep = [row for row in usb.devices(computer.root) if row.power == "auto" and row.ids in known]
    if asleep:
        args = {"devices": ", ".join(f"{row.model} ({row.port})" for row in asleep)}
        yield Finding("usb_sleep", "note", "auto", args)
    else:
        yield Finding("usb_sleep", "ok", "ok")


def _libraries(computer: Computer) -> Iterator[Finding]:
    folders = ("usr/lib", "usr/lib/*-linux-gnu*", "lib/*-linux-gnu*", "usr/lib64", "lib64", "usr/local/lib")
    missing = [name for name in LIBRARIES if not computer.has(*(f"{folder}/{name}" for folder in folders))]
    if missing:
        packages = " ".join(LIBRARIES[name] for name in missing)
        yield Finding("libraries", "note", "missing", {"libraries": ", ".join(missing), "packages": packages})
    else:
        yield Finding("libraries", "ok", "ok")


def _pcscd(computer: Computer) -> Iterator[Finding]:
    wanted = computer.uses(kind="smart_card")
    there = computer.has("usr/sbin/pcscd")
    runs = computer.has("run/pcscd/pcscd.comm") or computer.runs("pcscd")
    if runs or not (wanted or there):
        yield Finding("pcscd", "ok", "ok" if runs else "not_needed")
    else:
        yield Finding("pcscd", "bad" if wanted else "note", "stopped" if there else "missing")


def _control(computer: Computer) -> Iterator[Finding]:
    for line in computer.text("etc/os-release").splitlines():
        name, _, value = line.partition("=")
        if name == "ID" and value.strip("\"'").lower() in CONTROLLED:
            yield Finding("usb_control", "note", "there", {"system": value.strip("\"'")})


LOOKS: tuple[Callable[[Computer], Iterator[Finding]], ...] = (
    _udev_rules,
    _groups,
    _brltty,
    _modem_manager,
    _usblp,
    _queues,
    _sleep,
    _libraries,
    _pcscd,
    _control,
)


@cache
def _table() -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = json.loads(WORDS.read_text("utf-8"))
    return table


def said(finding: Finding, language: str = "zh") -> tuple[str, str]:
    """What was found, and what to do about it (empty where nothing is to be done), in plain words."""
    key = f"machine.{finding.name}.{finding.code}"
    do = _table().get(f"{key}.do")
    text = _table()[key][language].format(**finding.args)
    return text, do[language].format(**finding.args) if do is not None else ""
