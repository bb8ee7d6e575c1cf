"""HTTP to a scanner that keeps no manners; the rest of it is in tests/drivers/test_scanner.py."""

import socket
from threading import Event, Thread

import pytest

from drivers.errors import DeviceError, Fault
from drivers.scanner.escl_wire import HttpWire


def test_an_answer_that_trickles_has_its_time_and_no_more() -> None:
    over = Event()

    def serve(listener: socket.socket) -> None:
        one, _ = listener.accept()
        with one:
            one.recv(65536)
            one.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")
            for _ in range(100):
                if over.wait(0.03):
                    return
                one.sendall(b"x")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = Thread(target=serve, args=(listener,), daemon=True)
        server.start()
        wire = HttpWire("scanner", f"http://127.0.0.1:{listener.getsockname()[1]}")
        try:
            with pytest.raises(DeviceError) as caught:
                wire.request("GET", "/eSCL/ScannerStatus", within=0.2)
        finally:
            over.set()
            server.join(10)
            wire.close()

    assert caught.value.fault is Fault.TIMEOUT
