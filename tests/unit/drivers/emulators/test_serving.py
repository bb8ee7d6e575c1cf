import argparse
import json
import os
import socket
import threading
from http.client import HTTPConnection
from pathlib import Path

import pytest
import serial

from drivers.emulators import serving
from drivers.emulators.serving import Admin, PtyPort, Reply, TcpPort


def put_fault(admin: Admin, **asked: object) -> Reply:
    return admin.answer("PUT", "/fault", json.dumps(asked).encode())


def test_a_fault_stays_until_it_is_switched_off() -> None:
    admin = Admin(faults=frozenset({"jam"}))
    assert put_fault(admin, name="jam").status == 204
    assert [admin.strikes("jam"), admin.strikes("jam"), admin.strikes("other")] == [True, True, False]

    assert admin.answer("DELETE", "/fault", b"").status == 204
    assert not admin.strikes("jam")


def test_a_fault_for_some_times_is_used_up() -> None:
    changes: list[str | None] = []
    admin = Admin(faults=frozenset({"jam"}), on_fault=changes.append)
    put_fault(admin, name="jam", times=2)

    assert [admin.strikes("jam") for _ in range(3)] == [True, True, False]
    assert changes == ["jam", None]


def test_a_fault_may_carry_a_number() -> None:
    admin = Admin(faults=frozenset({"jam_after"}))
    put_fault(admin, name="jam_after:3")

    assert (admin.fault, admin.amount) == ("jam_after", 3)


@pytest.mark.parametrize("body", [b'{"name": "fire"}', b"{}", b"[]", b"nonsense", b""])
def test_what_is_no_fault_is_answered_with_422(body: bytes) -> None:
    admin = Admin(faults=frozenset({"jam"}))

    assert admin.answer("PUT", "/fault", body).status == 422
    assert admin.fault is None


def test_the_state_tells_the_fault_and_all_there_are() -> None:
    admin = Admin(faults=frozenset({"jam", "cover"}), state=lambda: {"pages": 3})
    admin.set_fault("jam")

    assert json.loads(admin.answer("GET", "/state", b"").body) == {
        "pages": 3,
        "fault": "jam",
        "faults": ["cover", "jam"],
    }


def test_routes_of_a_kind_are_served_over_http() -> None:
    admin = Admin()
    admin.route("PUT", "/echo", lambda body: Reply(200, "text/plain", body))
    with serving.serve_admin(admin, 0) as port:
        connection = HTTPConnection("127.0.0.1", port.number, timeout=5)
        answers = []
        for method, path in [("PUT", "/echo?x=1"), ("GET", "/nothing"), ("DELETE", "/fault")]:
            connection.request(method, path, b"hello")
            answer = connection.getresponse()
            answers.append((answer.status, answer.read()))
            connection.close()

    assert answers[0] == (200, b"hello")
    assert [status for status, _ in answers] == [200, 404, 204]


def test_a_tcp_port_talks_to_each_connection() -> None:
    def echo(connection: socket.socket) -> None:
        while data := connection.recv(100):
            connection.sendall(data)

    with TcpPort(0, echo) as port:
        for _ in range(2):
            with socket.create_connection(("127.0.0.1", port.number), timeout=5) as connection:
                connection.sendall(b"hello")
                assert connection.recv(100) == b"hello"
        assert port.url == f"socket://127.0.0.1:{port.number}"


def test_a_pty_keeps_its_link_while_drivers_come_and_go(tmp_path: Path) -> None:
    link = tmp_path / "device"
    link.symlink_to("/gone")
    with PtyPort(link, lambda data, send: send(data.upper()), baud=9600) as port:
        assert port.url == f"serial://{link}?baud=9600"
        for _ in range(2):
            with serial.Serial(str(link), 9600, timeout=5) as driver:
                driver.write(b"abc")
                assert driver.read(3) == b"ABC"
                assert port.speed == 9600
    assert not link.is_symlink()


def test_a_pty_hears_nothing_at_a_wrong_speed(tmp_path: Path) -> None:
    link = tmp_path / "device"
    with PtyPort(link, lambda data, send: send(data), speed=lambda: 19200):
        with serial.Serial(str(link), 9600, timeout=0.2) as driver:
            driver.write(b"a")
            assert driver.read(1) == b""
        with serial.Serial(str(link), 19200, timeout=5) as driver:
            driver.write(b"b")
            assert driver.read(1) == b"b"


def test_another_ones_link_is_left_alone(tmp_path: Path) -> None:
    link = tmp_path / "device"
    with PtyPort(link, lambda _data, _send: None):
        link.unlink()
        link.symlink_to(os.devnull)

    assert link.is_symlink()


@pytest.mark.parametrize(
    ("arguments", "scheme"), [([], "serial:"), (["--tcp"], "socket:"), (["--port", "free"], "socket:")]
)
def test_a_serial_device_is_a_pty_unless_tcp_is_asked_for(arguments: list[str], scheme: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        free = str(probe.getsockname()[1])
    words = [free if word == "free" else word for word in arguments]
    options: argparse.Namespace = serving.arguments("display", baud=9600).parse_args(words)
    with serving.serve_bytes(options, lambda _data, _send: None) as port:
        assert port.url.startswith(scheme)


def test_closed_ports_leave_no_thread_and_no_open_file(tmp_path: Path) -> None:
    before, files = set(threading.enumerate()), len(list(Path("/dev/fd").iterdir()))

    def listen(connection: socket.socket) -> None:
        connection.sendall(b"!")
        connection.recv(1)

    with (
        serving.serve_admin(Admin(), 0),
        PtyPort(tmp_path / "device", lambda _data, _send: None),
        TcpPort(0, listen) as port,
    ):
        still_there = socket.create_connection(("127.0.0.1", port.number), timeout=20)
        assert still_there.recv(1) == b"!"
        assert len(threading.enumerate()) == len(before) + 4

    still_there.close()
    assert set(threading.enumerate()) == before
    assert len(list(Path("/dev/fd").iterdir())) == files
