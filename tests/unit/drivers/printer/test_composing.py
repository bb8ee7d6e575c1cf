"""The bytes of a receipt as a printer's profile and options want them."""

import pytest

from drivers.contracts import Barcode, DeviceConfig, Text
from drivers.errors import DeviceError, Fault
from drivers.printer.composing import Composer


def composed(**options: str | float | bool) -> bytes:
    config = DeviceConfig("printer", "printer", "escpos", "test://", options=options)
    return b"".join(Composer(config).blocks([Text("回执", right="1")]))


def test_wide_and_narrow_paper_with_and_without_a_knife() -> None:
    assert composed().endswith(b"\x1bd\x06\x1dV\x00")
    assert composed(profile="generic_58").endswith(b"\n\x1bd\x04")
    assert "回执".encode("gbk") + b" " * 43 + b"1\n" in composed(profile="generic_80")
    assert "回执".encode("gbk") + b" " * 27 + b"1\n" in composed(profile="generic_58")
    assert composed(profile="generic_80", cut=False).endswith(b"\x1bd\x06")
    assert composed(width=32).endswith(b"1\n\x1bd\x06\x1dV\x00"), "the width alone changes nothing else"


def test_a_printer_without_chinese_gets_pictures() -> None:
    assert b"\x1dv0\x00" in composed(profile="drawn_58")
    assert b"\x1dv0\x00" in composed(text="image")
    assert b"\x1dv0\x00" not in composed(profile="drawn_58", text="text")


def test_a_printer_that_tells_by_itself_is_asked_to_behind_the_reset_that_ends_it() -> None:
    assert composed(profile="epson_tm").startswith(b"\x1b@\x1c&\x1da\x0f")
    assert b"\x1da" not in composed(profile="epson_tm", automatic=False)


def test_what_does_not_fit_is_refused() -> None:
    composer = Composer(DeviceConfig("printer", "printer", "escpos", "test://", options={"profile": "generic_58"}))

    with pytest.raises(DeviceError) as caught:
        composer.blocks([Barcode("A" * 40)])

    assert (caught.value.fault, caught.value.code) == (Fault.REFUSED, "unsupported")
