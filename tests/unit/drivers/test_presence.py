"""Whether something is at the far end of a URL, on made-up machines, real files, real ptys and real sockets."""

import os
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.presence import UNKNOWN, mark_of, nodes_of


def plug_in(root: Path, port: str, ids: str, *, number: int = 4, serial: str = "") -> Path:
    """A USB device in a made-up sysfs."""
    device = root / "sys/bus/usb/devices" / port
    device.mkdir(parents=True, exist_ok=True)
    vendor, _, product = ids.partition(":")
    for name, text in (
        ("idVendor", vendor),
        ("idProduct", product),
        ("busnum", "1"),
        ("devnum", str(number)),
        ("serial", serial),
    ):
        (device / name).write_text(f"{text}\n")
    return device


def test_a_port_is_there_while_its_path_is(tmp_path: Path) -> None:
    port = tmp_path / "ttyUSB0"
    assert mark_of(f"serial://{port}?baud=9600") == ""
    port.write_text("")
    assert mark_of(f"serial://{port}?baud=9600")
    assert mark_of(f"file://{port}")
    assert nodes_of(f"serial://{port}") == (port,)
    assert mark_of("serial://COM3") == UNKNOWN


def test_a_port_that_was_plugged_in_again_has_another_mark_though_its_pty_is_the_same(tmp_path: Path) -> None:
    master, slave = os.openpty()
    link = tmp_path / "port"
    try:
        link.symlink_to(os.ttyname(slave))
        before = mark_of(f"serial://{link}")
        assert before == mark_of(f"serial://{link}")
        link.unlink()
        assert mark_of(f"serial://{link}") == ""
        link.symlink_to(os.ttyname(slave))
        os.utime(
            link, ns=(1, 1), follow_symlinks=False
        )  # links made within one tick of the clock differ in nothing else
        assert mark_of(f"serial://{link}") not in {"", before}
    finally:
        os.close(slave)
        os.close(master)


@pytest.mark.parametrize("scheme", ["usb", "hid"])
def test_a_usb_device_is_there_while_the_kernel_lists_it(tmp_path: Path, scheme: str) -> None:
    plug_in(tmp_path, "1-1", "1a86:7523")
    assert mark_of(f"{scheme}://0400:c35a", root=tmp_path) == ""
    plug_in(tmp_path, "1-2", "0400:c35a", number=7)
    first = mark_of(f"{scheme}://0400:C35A", root=tmp_path)
    assert first
    plug_in(tmp_path, "1-2", "0400:c35a", number=8)  # pulled and plugged in again
    assert mark_of(f"{scheme}://0400:c35a", root=tmp_path) not in {"", first}
    assert nodes_of(f"{scheme}://0400:c35a", root=tmp_path) == (tmp_path / "dev/bus/usb/001/008",)


def test_of_two_alike_the_one_that_is_meant_counts(tmp_path: Path) -> None:
    plug_in(tmp_path, "1-1", "04b8:0202", serial="A 1")
    assert mark_of("usb://04b8:0202/A%201", root=tmp_path)
    assert mark_of("usb://04b8:0202/B", root=tmp_path) == ""
    assert mark_of("usb://04b8:0202?port=1-1", root=tmp_path)
    assert mark_of("usb://04b8:0202?port=1-2", root=tmp_path) == ""


def test_a_camera_by_its_index_is_there_while_its_file_is(tmp_path: Path) -> None:
    (tmp_path / "dev").mkdir()
    assert mark_of("usb://0", root=tmp_path) == ""
    (tmp_path / "dev/video0").write_text("")
    assert mark_of("usb://0", root=tmp_path)
    assert nodes_of("usb://0", root=tmp_path) == (tmp_path / "dev/video0",)


@pytest.mark.parametrize("url", ["pcsc://", "sane://pixma:04A91234", "sound://", "sdk:///opt/maker/lib.so"])
def test_what_only_opening_tells_counts_as_there_and_any_plug_makes_it_another(tmp_path: Path, url: str) -> None:
    plug_in(tmp_path, "1-1", "1a86:7523")
    before = mark_of(url, root=tmp_path)
    assert before.startswith(UNKNOWN)
    plug_in(tmp_path, "1-3", "072f:b100")
    assert mark_of(url, root=tmp_path) != before
    assert nodes_of(url, root=tmp_path) == ()


def test_queues_and_what_we_do_not_know_are_told_by_opening(tmp_path: Path) -> None:
    assert mark_of("cups://RECEIPT", root=tmp_path) == UNKNOWN
    assert mark_of("here", root=tmp_path) == UNKNOWN
    assert mark_of("usb://0400:c35a", root=tmp_path) == UNKNOWN, "no list of the kernel's, as on Windows"


@pytest.mark.parametrize("scheme", ["socket", "http", "https", "ipp"])
def test_a_network_device_is_there_while_it_accepts(scheme: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert mark_of(f"{scheme}://127.0.0.1:{port}/x")
    assert mark_of(f"{scheme}://127.0.0.1:{port}/x") == ""


@given(st.text(max_size=60))
def test_whatever_stands_in_the_settings_is_no_crash(text: str) -> None:
    for scheme in ("serial", "file", "usb", "hid", "pcsc", "cups"):
        mark_of(f"{scheme}://{text}", root=Path("/nowhere"))
        nodes_of(f"{scheme}://{text}", root=Path("/nowhere"))
