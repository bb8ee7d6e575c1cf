"""What stands in the way of devices is found on made-up computers, and each finding says what to do."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from drivers.contracts import DeviceConfig
from tests.unit.drivers.recognise.made_up import plug_in, write
from window_client import machine_check
from window_client.machine_check import GROUPS, LIBRARIES, RULES, WORDS, Computer, Finding, check, said


@pytest.fixture
def well(tmp_path: Path) -> Computer:
    """A computer on which everything is as it should be."""
    write(tmp_path / "etc/group", "\n".join(f"{name}:x:20:wang" for name in GROUPS))
    (tmp_path / "etc/udev/rules.d").mkdir(parents=True)
    (tmp_path / "etc/udev/rules.d" / RULES.name).write_bytes(RULES.read_bytes())
    for library in LIBRARIES:
        write(tmp_path / "usr/lib/x86_64-linux-gnu" / library, "")
    write(tmp_path / "run/pcscd/pcscd.comm", "")
    write(tmp_path / "etc/os-release", 'ID=debian\nNAME="Debian"')
    return Computer(tmp_path, "wang", frozenset(GROUPS))


def found(computer: Computer) -> dict[str, tuple[str, str]]:
    return {row.name: (row.level, row.code) for row in check(computer)}


def run(computer: Computer, name: str, number: int = 77) -> None:
    write(computer.root / f"proc/{number}/comm", name)


PRINTER = DeviceConfig("printer", "printer", "escpos", "usb://04b8:0202")
READER = DeviceConfig("card-reader", "smart_card", "pcsc", "pcsc://x")


def test_on_a_good_computer_everything_is_fine(well: Computer) -> None:
    assert {row.level for row in check(well)} == {"ok"}


def test_an_empty_computer_lacks_rules_and_libraries_and_nothing_breaks(tmp_path: Path) -> None:
    levels = found(Computer(tmp_path))
    assert levels["udev_rules"] == ("note", "missing")
    assert levels["libraries"] == ("note", "missing")
    assert levels["groups"] == ("ok", "ok"), "there are no such groups here"
    assert levels["pcscd"] == ("ok", "not_needed")


def test_other_rules_than_the_shipped_ones_are_told(well: Computer) -> None:
    write(well.root / "etc/udev/rules.d" / RULES.name, "# of an older version")
    assert found(well)["udev_rules"] == ("note", "other")


def test_missing_groups_are_named_with_the_command(well: Computer) -> None:
    write(well.root / "etc/group", "dialout:x:20:\nvideo:x:44:li,wang\nlp:x:7:wang")
    (finding,) = [row for row in check(replace(well, groups=frozenset({"video"}))) if row.name == "groups"]
    assert finding.code == "missing"
    assert said(finding, "en")[1] == "sudo usermod -aG dialout wang, then sign out and in again"
    assert found(replace(well, groups=frozenset(), is_root=True))["groups"] == ("ok", "ok")


def test_a_group_that_was_given_a_moment_ago_wants_a_new_session(well: Computer) -> None:
    assert found(replace(well, groups=frozenset({"lp"})))["groups"] == ("note", "sign_in_again")


def test_a_braille_program_is_a_note_until_it_has_taken_a_port(well: Computer) -> None:
    write(well.root / "usr/lib/udev/rules.d/85-brltty.rules", "")
    assert found(well)["brltty"] == ("note", "there")
    plug_in(well.root, "1-1", "1a86:7523", name="USB Serial", interfaces=(("ff", "usbfs"),))
    assert found(well)["brltty"] == ("note", "there"), "it does not run"
    run(well, "brltty")
    assert found(well)["brltty"] == ("bad", "taken")


def test_a_masked_braille_program_is_none(well: Computer) -> None:
    write(well.root / "usr/lib/udev/rules.d/85-brltty.rules", "")
    (well.root / "etc/udev/rules.d/85-brltty.rules").symlink_to("/dev/null")
    assert found(well)["brltty"] == ("ok", "ok")


def test_a_modem_manager_is_harmless_once_the_rules_tell_it_to_stay_away(well: Computer) -> None:
    run(well, "ModemManager")
    assert found(well)["modem_manager"] == ("ok", "ok")
    (well.root / "etc/udev/rules.d" / RULES.name).unlink()
    assert found(well)["modem_manager"] == ("note", "there")


def test_a_kernel_driver_matters_only_to_a_printer_that_is_driven_directly(well: Computer) -> None:
    plug_in(well.root, "1-2", "04b8:0202", name="TM-T88V", interfaces=(("07", "usblp"),))
    assert found(well)["usblp"] == ("ok", "ok")
    assert found(replace(well, devices=(PRINTER,)))["usblp"] == ("note", "held")


def test_a_print_queue_on_usb_is_told_where_the_settings_have_a_usb_printer(well: Computer) -> None:
    write(well.root / "etc/cups/printers.conf", "<Printer lp>\nDeviceURI usb://EPSON/TM\n</Printer>")
    assert found(well)["cups"] == ("ok", "ok")
    assert found(replace(well, devices=(PRINTER,)))["cups"] == ("note", "claims")


def test_a_scanner_behind_ipp_usb_says_where_it_is(well: Computer) -> None:
    folder = plug_in(well.root, "1-3", "03f0:0001", name="Scan", interfaces=(("07", ""),))
    write(folder.parent / "1-3:1.0/bInterfaceProtocol", "04")
    assert found(well)["ipp_usb"] == ("ok", "ok")
    run(well, "ipp-usb")
    (finding,) = [row for row in check(well) if row.name == "ipp_usb"]
    assert "http://127.0.0.1:60000/eSCL" in said(finding, "zh")[0]


def test_a_reader_that_may_be_put_to_sleep_is_named(well: Computer) -> None:
    plug_in(well.root, "1-4", "0400:c35a", name="Reader", power="auto")
    (finding,) = [row for row in check(well) if row.name == "usb_sleep"]
    assert finding.args == {"devices": "Reader (1-4)"}


def test_a_missing_library_names_its_package(well: Computer) -> None:
    (well.root / "usr/lib/x86_64-linux-gnu/libzbar.so.0").unlink()
    (finding,) = [row for row in check(well) if row.name == "libraries"]
    assert said(finding, "en") == ("these libraries are missing: libzbar.so.0", "sudo apt install libzbar0")


def test_the_smart_card_service_is_bad_only_where_it_is_needed(well: Computer) -> None:
    (well.root / "run/pcscd/pcscd.comm").unlink()
    write(well.root / "usr/sbin/pcscd", "")
    assert found(well)["pcscd"] == ("note", "stopped")
    assert found(replace(well, devices=(READER,)))["pcscd"] == ("bad", "stopped")
    (well.root / "usr/sbin/pcscd").unlink()
    assert found(replace(well, devices=(READER,)))["pcscd"] == ("bad", "missing")


def test_a_system_that_controls_usb_is_told(well: Computer) -> None:
    write(well.root / "etc/os-release", 'ID="kylin"')
    assert found(well)["usb_control"] == ("note", "there")


def test_this_computer_is_looked_at_without_harm() -> None:
    computer = machine_check.this_computer((PRINTER,))
    assert computer.devices == (PRINTER,)
    assert all(said(finding) for finding in check(computer))


def test_each_thing_that_is_not_fine_says_in_both_languages_what_to_do() -> None:
    table = json.loads(WORDS.read_text("utf-8"))
    fine = {"ok", "not_needed"}
    for key, text in table.items():
        assert set(text) == {"zh", "en"}
        name, code = key.split(".")[1:3]
        if not key.endswith(".do") and code not in fine:
            assert f"{key}.do" in table, key
            finding = Finding(name, "note", code, dict.fromkeys(("file", "groups", "list", "account", "devices"), "x"))
            finding.args.update({"libraries": "x", "packages": "x", "system": "x"})
            assert all(said(finding, "zh"))
            assert all(said(finding, "en"))
