"""Devices of a made-up machine are listed under names that stay, and no file of it is opened for it."""

import sys
from pathlib import Path
from threading import Event

import pytest

from drivers.recognise import places
from drivers.recognise.found import Certainty, Why
from drivers.recognise.places import Machine
from tests.unit.drivers.recognise.made_up import camera, plug_in, serial_port, write


def machine(root: Path) -> Machine:
    return Machine(root=root, services=False, network=False)


def test_a_serial_port_is_named_by_its_place(tmp_path: Path) -> None:
    serial_port(tmp_path, "ttyUSB0", by_path="pci-0000:00:14.0-usb-0:1:1.0-port0")
    serial_port(tmp_path, "ttyACM0")
    first, second = sorted(places.serial_ports(machine(tmp_path)), key=lambda row: row.place)
    assert (first.place, second.place) == ("ttyACM0", "ttyUSB0")
    assert first.url == f"serial://{tmp_path}/dev/ttyACM0"
    assert second.url.endswith("/dev/serial/by-path/pci-0000%3A00%3A14.0-usb-0%3A1%3A1.0-port0")


def test_further_ports_are_found_by_pattern_and_each_only_once(tmp_path: Path) -> None:
    serial_port(tmp_path, "pts-1")
    (tmp_path / "reader").symlink_to(tmp_path / "dev/pts-1")
    found = list(places.serial_ports(Machine(tmp_path / "no", (f"{tmp_path}/read*", f"{tmp_path}/dev/pts*"))))
    assert [row.place for row in found] == ["reader"]


def test_a_camera_is_named_by_itself_and_its_metadata_node_is_left_out(tmp_path: Path) -> None:
    camera(tmp_path, 0, "Document camera", by_id="usb-cam-video-index0")
    camera(tmp_path, 1, "Document camera", index=1)
    (found,) = places.cameras(machine(tmp_path))
    assert (found.kind, found.place, found.certainty) == ("camera", "video0", Certainty.LISTED)
    assert found.url == f"file://{tmp_path}/dev/v4l/by-id/usb-cam-video-index0"
    assert found.facts == {"model": "Document camera"}


def test_usb_readers_and_printers_are_listed_and_the_rest_is_not(tmp_path: Path) -> None:
    plug_in(tmp_path, "1-1", "0400:c35a", number=1)
    plug_in(tmp_path, "1-2", "04b8:0202", name="TM-T88V", interfaces=(("07", ""),), number=2)
    plug_in(tmp_path, "1-3", "046d:c31c", name="Keyboard", interfaces=(("03", "usbhid"),), number=3)
    found = list(places.usb_devices(machine(tmp_path)))
    assert [(row.kind, row.url) for row in found] == [("id_card", "usb://0400:c35a"), ("printer", "usb://04b8:0202")]
    assert found[1].facts == {"model": "TM-T88V", "port": "1-2"}


def test_a_printer_that_the_kernel_holds_goes_by_its_file(tmp_path: Path) -> None:
    folder = plug_in(tmp_path, "1-2", "04b8:0202", interfaces=(("07", "usblp"),))
    about = tmp_path / "sys/class/usbmisc/lp0"
    about.mkdir(parents=True)
    (about / "device").symlink_to(folder.parent / f"{folder.name}:1.0")
    (found,) = places.usb_devices(machine(tmp_path))
    assert found.url == "file:///dev/usb/lp0"


def test_what_the_account_may_not_use_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    serial_port(tmp_path, "ttyUSB0")
    port = tmp_path / "dev/ttyUSB0"
    port.chmod(0)
    asked: list[str] = []

    def nobody(path: str, _mode: int) -> bool:  # root, who runs the tests in a container, may do everything
        asked.append(path)
        return False

    monkeypatch.setattr("os.access", nobody)
    assert not places.may_use(str(port))
    assert asked == [str(port)]
    assert places.may_use("")


def test_a_program_of_the_system_is_ended_when_it_hangs() -> None:
    assert places.run([sys.executable, "-c", "print('a queue')"], 20.0, Event()) == "a queue\n"
    assert places.run(["no-such-program-here"], 1.0, Event()) == ""
    called_off = Event()
    called_off.set()
    assert places.run([sys.executable, "-c", "import time; time.sleep(60)"], 60.0, called_off) == ""


def test_nothing_is_asked_where_services_are_left_out(tmp_path: Path) -> None:
    where = machine(tmp_path)
    assert [*places.sane_scanners(where, Event()), *places.queues(where)] == []
    assert list(places.smart_card_readers(where)) == []
    assert list(places.cameras(where)) == []


def test_a_reader_that_no_driver_fits_says_so(tmp_path: Path) -> None:
    plug_in(tmp_path, "1-1", "10c4:0007", interfaces=(("03", "usbhid"),))
    (found,) = places.usb_devices(machine(tmp_path))
    assert found.kind == "id_card"
    assert found.url == "hid://10c4:0007"
    assert (found.driver == "") == (found.why is Why.NO_DRIVER)


def test_of_two_readers_with_the_same_numbers_each_is_named_by_its_socket(tmp_path: Path) -> None:
    plug_in(tmp_path, "1-1", "0400:c35a", number=1)
    plug_in(tmp_path, "1-2", "0400:c35a", number=2)
    assert [row.url for row in places.usb_devices(machine(tmp_path))] == [
        "usb://0400:c35a?port=1-1",
        "usb://0400:c35a?port=1-2",
    ]


def test_of_two_printers_with_the_same_numbers_each_is_named_by_its_serial_number(tmp_path: Path) -> None:
    plug_in(tmp_path, "1-1", "04b8:0202", serial="A 1", interfaces=(("07", ""),), number=1)
    plug_in(tmp_path, "1-2", "04b8:0202", serial="B", interfaces=(("07", ""),), number=2)
    found = [row.url for row in places.usb_devices(machine(tmp_path))]
    assert found == ["usb://04b8:0202/A%201", "usb://04b8:0202/B"]


def test_a_sound_card_is_a_voice(tmp_path: Path) -> None:
    assert list(places.loudspeakers(machine(tmp_path))) == []
    write(
        tmp_path / "proc/asound/cards", " 0 [PCH            ]: HDA-Intel - HDA Intel PCH\n      HDA Intel PCH at 0xf7"
    )
    (found,) = places.loudspeakers(machine(tmp_path))
    assert (found.kind, found.driver, found.url, found.facts) == (
        "voice",
        "spoken",
        "sound://",
        {"model": "HDA Intel PCH"},
    )
