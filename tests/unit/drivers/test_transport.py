"""Ports as they are: a pseudo terminal and sockets of this process; unplugging is tested in tests/drivers."""

import os
import pty
import socket
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.errors import DeviceError, Fault
from drivers.transport import Transport, is_there, open_transport


@pytest.fixture
def terminal() -> Iterator[tuple[int, str]]:
    near, far = pty.openpty()
    tty.setraw(far)
    yield near, os.ttyname(far)
    os.close(near)
    os.close(far)


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def url_of(listener: socket.socket) -> str:
    return f"socket://127.0.0.1:{listener.getsockname()[1]}"


def read_all(transport: Transport, size: int) -> bytes:
    data = b""
    while len(data) < size:
        data += transport.read(5.0)
    return data


def test_bytes_cross_a_serial_port_both_ways(terminal: tuple[int, str]) -> None:
    near, name = terminal
    port = open_transport("reader", f"serial://{name}?baud=9600")
    port.write(b"\xaa\xaa")
    assert os.read(near, 10) == b"\xaa\xaa"
    os.write(near, b"\x00\x0d\x0a\xff")
    assert read_all(port, 4) == b"\x00\x0d\x0a\xff"
    assert port.read(0.0) == b""
    port.close()
    port.close()


def test_a_late_answer_is_thrown_away(terminal: tuple[int, str], listener: socket.socket) -> None:
    near, name = terminal
    serial = open_transport("reader", f"serial://{name}")
    os.write(near, b"late")
    serial.flush_input()
    assert serial.read(0.0) == b""
    serial.close()

    tcp = open_transport("reader", url_of(listener))
    far, _ = listener.accept()
    with far:
        far.sendall(b"late")
        first = tcp.read(5.0)  # so that the rest has arrived too
        tcp.flush_input()
        assert tcp.read(0.0) == b""
    assert b"late".startswith(first)
    tcp.close()


def test_a_second_claim_of_a_serial_port_finds_it_occupied(terminal: tuple[int, str]) -> None:
    url = f"serial://{terminal[1]}"
    first = open_transport("reader", url)
    with pytest.raises(DeviceError) as caught:
        open_transport("reader", url)
    first.close()

    assert caught.value.fault is Fault.OCCUPIED


def test_bytes_cross_a_socket_until_the_far_end_closes(listener: socket.socket) -> None:
    port = open_transport("reader", url_of(listener))
    far, _ = listener.accept()
    with far:
        port.write(b"ask")
        assert far.recv(10) == b"ask"
        far.sendall(b"answer")
        assert read_all(port, 6) == b"answer"
        assert port.read(0.0) == b""
    with pytest.raises(DeviceError) as caught:
        port.read(5.0)
    port.close()

    assert caught.value.fault is Fault.ABSENT


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("serial:///nowhere/at/all", "absent"),
        ("socket://127.0.0.1:1", "absent"),
        ("socket://127.0.0.1", "unsupported"),
        ("usb://0400:c35a", "unsupported"),
        ("serial:///dev/null?baud=fast", "unsupported"),
    ],
)
def test_a_port_that_is_not_there_or_not_known_is_told(url: str, code: str) -> None:
    with pytest.raises(DeviceError) as caught:
        open_transport("reader", url)

    assert caught.value.code == code


def test_asking_whether_something_is_there_does_not_claim_it(tmp_path: Path, listener: socket.socket) -> None:
    port = tmp_path / "port"
    port.touch()

    assert is_there(f"serial://{port}")
    assert not is_there(f"serial://{tmp_path}/none")
    assert is_there("serial://COM3")
    assert is_there(url_of(listener))
    assert not is_there("socket://127.0.0.1:1")
    assert is_there(port.as_uri())
    assert not is_there((tmp_path / "none").as_uri())
    assert not is_there("socket:")
    assert is_there("usb://0400:c35a")
    assert is_there("pcsc://")
