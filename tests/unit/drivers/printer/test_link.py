"""Ways to a printer: sockets, ptys and files, all real."""

import errno
import os
import pty
import socket
import threading
import tty
from pathlib import Path

import pytest

from drivers.contracts import DeviceConfig
from drivers.errors import DeviceError, Fault
from drivers.printer.link import Link, _trouble_is_absence, open_link


def link_to(url: str, **options: str | float | bool) -> Link:
    return open_link(DeviceConfig("printer", "printer", "escpos", url, True, dict(options)))


def until_full(link: Link) -> int:
    total = 0
    while taken := link.send(bytes(512), 0.05):
        total += taken
    return total


def test_a_socket_carries_bytes_both_ways_and_its_end_is_absence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        link = link_to(f"socket://127.0.0.1:{server.getsockname()[1]}")
        far, _ = server.accept()
        with far:
            assert link.answers
            assert link.send(b"abc", 1.0) == 3
            assert far.recv(10) == b"abc"
            assert link.receive(0.0) == b""
            far.sendall(b"\x12")
            assert link.receive(5.0) == b"\x12"
        with pytest.raises(DeviceError) as caught:
            link.receive(5.0)
        link.close()
        link.close()

    assert caught.value.fault is Fault.ABSENT


def test_a_full_socket_takes_nothing_and_says_so() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        link = link_to(f"socket://127.0.0.1:{server.getsockname()[1]}")
        far, _ = server.accept()
        with far:
            taken = until_full(link)
        link.close()

    assert taken > 512


def test_nobody_there_is_absence_and_leaves_no_socket_open() -> None:
    with pytest.raises(DeviceError) as caught:
        link_to("socket://127.0.0.1:1")

    assert caught.value.fault is Fault.ABSENT


def test_a_serial_port_carries_bytes_both_ways_and_is_ours_alone() -> None:
    near, far = pty.openpty()
    tty.setraw(far)
    url = f"serial://{os.ttyname(far)}?baud=9600"
    link = link_to(url)

    assert link.send(b"abc", 1.0) == 3
    assert os.read(near, 10) == b"abc"
    os.write(near, b"\x12")
    assert link.receive(5.0) == b"\x12"
    with pytest.raises(DeviceError) as caught:
        link_to(url, flow="none")

    assert caught.value.fault is Fault.OCCUPIED
    link.close()
    link.close()
    again = link_to(url, flow="xonxoff")
    again.close()
    os.close(near)
    os.close(far)


def test_a_file_takes_bytes_and_answers_nothing(tmp_path: Path) -> None:
    (tmp_path / "lp0").touch()
    link = link_to((tmp_path / "lp0").as_uri())

    assert not link.answers
    assert link.send(b"abc", 1.0) == 3
    assert link.receive(0.1) == b""
    link.close()
    assert (tmp_path / "lp0").read_bytes() == b"abc"


def test_a_file_that_blocks_is_not_waited_for(tmp_path: Path) -> None:
    fifo = tmp_path / "lp0"
    os.mkfifo(fifo)
    readers: list[int] = []
    opener = threading.Thread(target=lambda: readers.append(os.open(fifo, os.O_RDONLY)))
    opener.start()
    link = link_to(fifo.as_uri())
    opener.join()

    assert 512 < until_full(link) <= 65536  # what a pipe holds
    link.close()
    os.close(readers[0])


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("serial:///dev/not-there", Fault.ABSENT),
        ("file:///not/there", Fault.ABSENT),
        ("usb://0000:0000", Fault.ABSENT),
        ("socket://", Fault.REFUSED),
    ],
)
def test_ways_that_lead_nowhere(url: str, fault: Fault) -> None:
    with pytest.raises(DeviceError) as caught:
        link_to(url)

    assert caught.value.fault is fault


@pytest.mark.parametrize(
    "error",
    [
        PermissionError(errno.EACCES, "Permission denied"),
        OSError("Could not open /dev/usb/lp0: [Errno 13] Permission denied"),
    ],
)
def test_a_port_that_this_account_may_not_open_is_not_told_as_absent(error: OSError) -> None:
    with pytest.raises(DeviceError) as caught, _trouble_is_absence("printer"):
        raise error

    assert (caught.value.fault, caught.value.code) == (Fault.REFUSED, "no_access")
