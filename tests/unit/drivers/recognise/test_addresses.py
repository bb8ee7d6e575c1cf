"""What a technician types is checked before it is asked, and an IPP answer is read whatever it holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.recognise import addresses


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
