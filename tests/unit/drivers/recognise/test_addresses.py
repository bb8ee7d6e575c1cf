"""What a technician types is checked before it is asked, and an IPP answer is read whatever it holds."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.recognise import addresses
from drivers.recognise.found import Why


@pytest.mark.parametrize(
    "text",
    [
        "192.0.2.7",
        "scanner.hall.example",
        "192.0.2.7:9100",
        "[2001:db8::1]",
        "http://192.0.2.7/stream",
        "https://[2001:db8::1]/eSCL",
        "socket://192.0.2.7:9100",
        "ipp://192.0.2.7/ipp/print",
        "serial:///dev/ttyUSB0",
        "/dev/ttyUSB0",
        "COM3",
    ],
)
def test_addresses_are_taken(text: str) -> None:
    assert addresses.is_address(text)


@pytest.mark.parametrize(
    "text", ["", " ", "two words", "192.0.2.7:99999", "host:port", "ftp://x/", "socket://host", "http://", "-x", "a/b"]
)
def test_what_is_no_address_is_refused(text: str) -> None:
    assert not addresses.is_address(text)


@given(st.text(max_size=60))
def test_no_text_breaks_the_check(text: str) -> None:
    assert addresses.is_address(text) in {True, False}


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        (" /dev/ttyUSB0 ", "serial:///dev/ttyUSB0"),
        ("COM3", "serial://COM3"),
        ("192.0.2.7", "192.0.2.7"),
        ("serial:///dev/ttyUSB0?baud=9600", "serial:///dev/ttyUSB0?baud=9600"),
        ("com3.example", "com3.example"),
    ],
)
def test_a_serial_ports_own_name_is_that_port_and_no_host(typed: str, asked: str) -> None:
    assert addresses.as_typed(typed) == asked


def test_a_serial_port_by_its_own_name_that_is_not_there_is_no_scanner(tmp_path: Path) -> None:
    (found,) = addresses.ask(str(tmp_path / "ttyUSB9"), Event())
    assert (found.url, found.why) == (f"serial://{tmp_path}/ttyUSB9", Why.NOT_THERE)


def test_the_question_for_a_printers_name_is_whole() -> None:
    asked = addresses.ipp_question("ipp://192.0.2.7/ipp/print")
    assert asked[:4] == b"\x01\x01\x00\x0b"
    assert asked.endswith(b"printer-make-and-model\x03")


def test_the_model_is_read_from_an_answer() -> None:
    answer = b"\x01\x01\x00\x00\x00\x00\x00\x01\x01\x47\x00\x12attributes-charset\x00\x05utf-8"
    answer += b"\x04\x41\x00\x16printer-make-and-model\x00\x0aLaser 2000\x03"
    assert addresses.ipp_model(answer) == "Laser 2000"
    assert addresses.ipp_model(answer[:8] + b"\x03") == ""
    assert addresses.ipp_model(b"\x01\x01\x04\x06" + answer[4:]) is None
    assert addresses.ipp_model(b"<html>no printer</html>") is None


@given(st.binary(max_size=200))
def test_no_answer_breaks_the_reading(answer: bytes) -> None:
    model = addresses.ipp_model(answer)
    assert model is None or isinstance(model, str)


@contextmanager
def far_end(answer: bytes, *, again: bytes = b"") -> Iterator[tuple[int, list[bytes]]]:
    """A port that answers everybody alike, with ``again`` until they have gone; and all that it was sent."""
    heard: list[bytes] = []
    over = Event()

    def serve(listener: socket.socket) -> None:
        while not over.is_set():
            try:
                one, _ = listener.accept()
            except TimeoutError:
                continue
            with one:
                one.settimeout(1.0)
                try:
                    said = one.recv(65536)
                    if not said:
                        continue
                    heard.append(said)
                    one.sendall(answer)
                    while again and not over.is_set():
                        one.sendall(again)
                except OSError:  # it has heard enough
                    continue

    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.05)
        server = Thread(target=serve, args=(listener,), daemon=True)
        server.start()
        try:
            yield listener.getsockname()[1], heard
        finally:
            over.set()
            server.join(10)


def test_a_camera_that_streams_whatever_it_is_asked_is_a_camera() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=x\r\n\r\n"
    with far_end(head, again=b"--x\r\n" + bytes(65536)) as (port, _):
        (found,) = addresses.ask(f"http://127.0.0.1:{port}/stream", Event())

    assert (found.kind, found.driver) == ("camera", "mjpeg_http")


def test_an_office_printer_is_not_sent_the_question_for_receipt_printers() -> None:
    ipp = b"\x01\x01\0\0\0\0\0\x01\x03"
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\nContent-Length: {len(ipp)}\r\n\r\n".encode()
    with far_end(head + ipp) as (ipp_port, _), far_end(b"") as (raw_port, heard):
        found = list(
            addresses._ask_host(
                "127.0.0.1",
                Event(),
                lambda _: None,
                scanner_ports=(),
                raw_ports=((raw_port, "escpos"),),
                ipp_port=ipp_port,
            )
        )

    assert [row.kind for row in found] == ["document_printer"]
    assert heard == []
