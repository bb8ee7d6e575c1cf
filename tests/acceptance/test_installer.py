"""What the installer ships can be read by the system that it is for."""

import re
import shutil
import subprocess
from pathlib import Path

from drivers.recognise import usb

INSTALLER = Path(__file__).resolve().parents[2] / "installer"
RULES = INSTALLER / "udev" / "70-counter-devices.rules"

PART = re.compile(r'([A-Z]+)(\{[a-zA-Z0-9_/]+\})?(==|!=|\+=|-=|:=|=)"([^"]*)"')
MATCHES = {
    "ACTION",
    "SUBSYSTEM",
    "SUBSYSTEMS",
    "KERNEL",
    "KERNELS",
    "ATTR",
    "ATTRS",
    "ENV",
    "TEST",
    "DRIVER",
    "DRIVERS",
}
SETS = {"MODE", "GROUP", "OWNER", "TAG", "SYMLINK", "ENV", "ATTR"}


def rules() -> list[list[tuple[str, str, str, str]]]:
    """Each rule in its parts; a line that is none fails."""
    found = []
    for number, line in enumerate(RULES.read_text("utf-8").splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        parts = line.split(", ")
        matched = [PART.fullmatch(part) for part in parts]
        assert all(matched), f"line {number}: {parts[matched.index(None)]}"
        found.append([match.groups(default="") for match in matched if match is not None])
    return found  # type: ignore[return-value]


def test_every_rule_matches_something_and_sets_something() -> None:
    for rule in rules():
        matches = [part for part in rule if part[2] in {"==", "!="}]
        sets = [part for part in rule if part[2] not in {"==", "!="}]
        assert {part[0] for part in matches} <= MATCHES
        assert {part[0] for part in sets} <= SETS
        assert matches
        assert sets, rule
        assert all(re.fullmatch(r"[0-9a-f]{4}", part[3]) for part in rule if part[1] in {"{idVendor}", "{idProduct}"})
        assert all(re.fullmatch(r"0[0-7]{3}", part[3]) for part in rule if part[0] == "MODE")


def test_the_rules_come_before_the_one_that_gives_devices_to_the_seat() -> None:
    assert RULES.name < "73-seat-late.rules"


def test_the_rules_name_every_device_that_the_recognition_knows() -> None:
    text = RULES.read_text("utf-8")
    for ids, row in usb.known_ids().items():
        vendor, product = ids.split(":")
        assert f'{{idVendor}}=="{vendor}"' in text, row
        assert f'{{idProduct}}=="{product}"' in text, row


def test_nobody_gets_a_device_that_everybody_may_write() -> None:
    assert all(part[3] == "0660" for rule in rules() for part in rule if part[0] == "MODE")


def test_the_system_itself_accepts_the_rules_where_it_can_say_so() -> None:
    program = shutil.which("udevadm")
    said = (
        subprocess.run([program, "verify", "--help"], capture_output=True, text=True, check=False) if program else None
    )
    if said is None or said.returncode != 0:  # before systemd 254 it has no such command: the tests above are ours
        return
    done = subprocess.run([str(program), "verify", str(RULES)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_other_files_are_what_they_say() -> None:
    lines = (INSTALLER / "modprobe" / "counter-usblp.conf").read_text("utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#")] == ["blacklist usblp"]
    readme = (INSTALLER / "README.md").read_text("utf-8")
    for name in ("70-counter-devices.rules", "counter-usblp.conf", "COM10", "Zadig", "5353"):
        assert name in readme
