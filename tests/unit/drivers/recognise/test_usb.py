"""USB devices are read from the kernel's tree, whatever stands in it."""

from pathlib import Path

from drivers.recognise import usb
from tests.unit.drivers.recognise.made_up import plug_in, write


def test_a_device_is_listed_with_its_classes_and_who_holds_them(tmp_path: Path) -> None:
    plug_in(tmp_path, "1-4.2", "04b8:0202", name="TM-T88V", serial="J7", interfaces=(("07", "usblp"), ("ff", "")))
    (device,) = usb.devices(tmp_path)
    assert (device.port, device.ids, device.model, device.serial) == ("1-4.2", "04b8:0202", "TM-T88V", "J7")
    assert device.has_class(usb.PRINTER)
    assert not device.has_class(usb.VIDEO)
    assert [row.driver for row in device.interfaces] == ["usblp", ""]
    assert device.node == "dev/bus/usb/001/005"


def test_hubs_and_broken_entries_are_left_out(tmp_path: Path) -> None:
    hub = plug_in(tmp_path, "1-1", "1d6b:0002")
    write(hub / "bDeviceClass", "09")
    write(tmp_path / "sys/bus/usb/devices/1-2/idVendor", "no number")
    assert usb.devices(tmp_path) == ()


def test_without_a_kernel_tree_there_are_none(tmp_path: Path) -> None:
    assert usb.devices(tmp_path) == ()


def test_a_device_without_a_name_is_called_by_its_numbers(tmp_path: Path) -> None:
    plug_in(tmp_path, "1-1", "1a86:7523")
    assert usb.devices(tmp_path)[0].model == "1a86:7523"


def test_the_table_of_numbers_is_sound() -> None:
    known = usb.known_ids()
    assert known["0400:c35a"]["is"] == "sam_usb"
    assert {row["is"] for row in known.values()} == {"sam_usb", "sam_hid", "bridge"}
    assert all(len(ids) == 9 and ids == ids.lower() for ids in known)
