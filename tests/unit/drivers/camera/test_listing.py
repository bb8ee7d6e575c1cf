"""The list of cameras, from a machine's own folders and recorded answers of its nodes."""

import struct
from pathlib import Path

import pytest

from drivers.camera.listing import Ioctl, ListedCamera, Mode, cameras

CAPTURE, METADATA = 0x04200001, 0x04A00000
A4 = ((3264, 2448), (1920, 1080), (640, 480))


class Machine:
    """Folders as Linux has them; ``answers`` are the nodes' own words."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.nodes: dict[str, tuple[int, str, dict[bytes, tuple[tuple[int, int], ...]]]] = {}
        for folder in ("dev/v4l/by-id", "dev/v4l/by-path", "sys/class/video4linux"):
            (root / folder).mkdir(parents=True)

    def plug(self, number: int, name: str, *, caps: int = CAPTURE, port: str = "1-1", serial: str = "",
             formats: dict[bytes, tuple[tuple[int, int], ...]] | None = None) -> None:  # fmt: skip
        node = self.root / f"dev/video{number}"
        node.touch()
        index = sum(f"{port}:" in str((entry / "device").readlink()) for entry in self._about())
        interface = self.root / f"sys/devices/{port}/{port}:1.0"
        interface.mkdir(parents=True, exist_ok=True)
        if serial:
            (interface.parent / "serial").write_text(serial)
        about = self.root / "sys/class/video4linux" / node.name
        about.mkdir()
        (about / "name").write_text(name + "\n")
        (about / "index").write_text(f"{index}\n")
        (about / "device").symlink_to(interface)
        model = name.replace(" ", "_")
        for link in (f"by-id/usb-{model}-video-index{index}", f"by-path/pci-usb-{port}-video-index{index}"):
            (self.root / "dev/v4l" / link).unlink(missing_ok=True)
            (self.root / "dev/v4l" / link).symlink_to(node)
        self.nodes[node.name] = (caps, name, formats or {b"MJPG": A4, b"YUYV": ((640, 480),)})

    def _about(self) -> list[Path]:
        return list((self.root / "sys/class/video4linux").iterdir())

    def answer(self, node: Path, request: int, data: bytearray) -> None:
        if node.name not in self.nodes:
            raise OSError(19, "no such device")
        caps, name, formats = self.nodes[node.name]
        number = request & 0xFF
        if number == 0:
            struct.pack_into("<16s32s32sIII", data, 0, b"uvcvideo", name.encode(), b"usb", 0x60000, 0x84A00001, caps)
            return
        (index,) = struct.unpack_from("<I", data)
        known = list(formats)
        if number == 2 and index < len(known):
            struct.pack_into("<III32s4s", data, 0, index, 1, 0, b"format", known[index])
            return
        if number == 74:
            code = struct.unpack_from("<I4s", data)[1]
            sizes = formats[code]
            if sizes == ((0, 0),) and index == 0:  # any size between two
                struct.pack_into("<I4sI6I", data, 0, 0, code, 3, 160, 1600, 2, 120, 1200, 2)
                return
            if sizes != ((0, 0),) and index < len(sizes):
                struct.pack_into("<I4sI2I", data, 0, index, code, 1, *sizes[index])
                return
        raise OSError(22, "invalid argument")


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def listed(machine: Machine, ioctl: Ioctl | None = None) -> tuple[ListedCamera, ...]:
    return cameras(root=machine.root, ioctl=ioctl or machine.answer)


def test_a_camera_has_its_name_its_stable_path_and_what_it_can_give(machine: Machine) -> None:
    machine.plug(0, "A4 Camera")
    machine.plug(1, "A4 Camera", caps=METADATA)
    (found,) = listed(machine)
    assert found.name == "A4 Camera"
    assert found.path == machine.root / "dev/v4l/by-id/usb-A4_Camera-video-index0"
    assert found.node == machine.root / "dev/video0"
    assert found.modes == (Mode("MJPG", A4), Mode("YUY2", ((640, 480),)))
    assert found.largest == (3264, 2448)
    assert found.url == found.path.as_uri()


def test_two_lenses_are_two_cameras(machine: Machine) -> None:
    machine.plug(0, "A4 Camera", port="1-1")
    machine.plug(2, "Portrait Camera", port="1-2", formats={b"YUYV": ((0, 0),)})
    assert [(found.name, found.largest) for found in listed(machine)] == [
        ("A4 Camera", (3264, 2448)),
        ("Portrait Camera", (1600, 1200)),
    ]


def test_twins_without_serial_numbers_are_named_by_their_sockets(machine: Machine) -> None:
    machine.plug(0, "Camera", port="1-1")
    machine.plug(2, "Camera", port="1-2")
    assert [found.path.name for found in listed(machine)] == ["pci-usb-1-1-video-index0", "pci-usb-1-2-video-index0"]


def test_twins_with_serial_numbers_of_their_own_keep_their_ids(machine: Machine) -> None:
    machine.plug(0, "Camera", port="1-1", serial="A1")
    (machine.root / "dev/v4l/by-id/usb-Camera-video-index0").rename(
        machine.root / "dev/v4l/by-id/usb-Camera_A1-video-index0"
    )
    machine.plug(2, "Camera", port="1-2", serial="A2")
    assert [found.path.parent.name for found in listed(machine)] == ["by-id", "by-id"]


def test_a_node_that_may_not_be_asked_is_listed_by_what_the_kernel_says(machine: Machine) -> None:
    machine.plug(0, "A4 Camera")
    machine.plug(1, "A4 Camera", caps=METADATA)

    def refuses(_node: Path, _request: int, _answer: bytearray) -> None:
        raise PermissionError(13, "permission denied")

    (found,) = listed(machine, refuses)
    assert (found.name, found.modes, found.largest) == ("A4 Camera", (), None)


def test_without_links_the_node_itself_is_named_and_without_cameras_nothing(machine: Machine) -> None:
    assert listed(machine) == ()
    machine.plug(3, "Camera")
    for link in (machine.root / "dev/v4l").rglob("*index0"):
        link.unlink()
    assert [found.path for found in listed(machine)] == [machine.root / "dev/video3"]


def test_this_machine_can_be_asked() -> None:
    for found in cameras():
        assert found.path.exists()
