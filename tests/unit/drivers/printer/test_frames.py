"""Blocks of ESC/POS, and status bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.contracts import Barcode, Feed, PrinterStatus, Qr
from drivers.printer import frames
from drivers.printer.frames import Strip, blocks, picture, printer_status, trouble
from drivers.printer.layout import Row, TextRow


def no_pen(row: TextRow, _dots: int) -> Strip:
    pytest.fail(f"drew {row.text!r}")


def small(_row: TextRow, dots: int) -> Strip:
    return Strip(dots, 1, b"\xaa" * (dots // 8))


def test_one_line_as_bytes() -> None:
    [block] = blocks([TextRow("办理回执")], width=48, draw=no_pen)

    assert block == bytes.fromhex("1b40 1c26 b0ecc0edbbd8d6b4 0a 1b6406 1d5600")


def test_bold_and_big_are_switched_off_again() -> None:
    [block] = blocks([TextRow("A", bold=True, big=True), Feed(2)], width=48, draw=no_pen, cut=False)

    assert block == (b"\x1b@\x1c&\x1bE\x01\x1d!\x11\x1c!\x0cA\n\x1d!\x00\x1c!\x00\x1bE\x00\x1bd\x02" + b"\x1bd\x06")


def test_a_row_outside_gbk_is_drawn_and_only_that_row() -> None:
    [block] = blocks([TextRow("王"), TextRow("㐀")], width=32, draw=small)

    assert b"\xcd\xf5\n\x1dv0\x00\x30\x00\x01\x00" + b"\xaa" * 48 in block


def test_pictures_only_draws_every_row() -> None:
    [block] = blocks([TextRow("王"), TextRow("A")], width=32, draw=small, pictures_only=True)

    assert block.count(b"\x1dv0") == 2


def test_a_receipt_is_cut_into_blocks_of_about_twenty_rows() -> None:
    receipt: list[Row] = [TextRow(str(number)) for number in range(44)]

    cut = blocks([*receipt, Qr("x"), Barcode("1")], width=48, draw=no_pen)

    assert [block.count(b"\n") for block in cut] == [20, 20, 5]  # 4 rows and the one behind the QR code, a bar code
    assert cut[0].startswith(frames.START)
    assert cut[-1].endswith(frames.end())
    assert not any(frames.START in block for block in cut[1:])


@given(st.lists(st.sampled_from([0x10, 0x04, 0x05, 0x14, 0x00]), min_size=72, max_size=72))
def test_no_picture_hides_a_real_time_command(dots: list[int]) -> None:
    sent = picture(Strip(576, 1, bytes(dots)))

    assert len(sent) == 8 + 72
    assert not any(command in sent for command in (b"\x10\x04", b"\x10\x05", b"\x10\x14"))


@given(st.integers(0, frames.IDS - 1))
def test_process_ids_are_printable_and_look_like_no_status(number: int) -> None:
    name = frames.process_id(number)

    assert len(name) == 4
    assert all(0x20 <= byte <= 0x7E and byte & 0x93 not in {0x10, 0x12} for byte in name)
    assert frames.ask_process_id(name) == b"\x1d(H\x06\x0000" + name


def test_process_ids_differ() -> None:
    assert len({frames.process_id(number) for number in range(0, frames.IDS, 7)}) == len(range(0, frames.IDS, 7))


@pytest.mark.parametrize(
    ("answers", "status", "code"),
    [
        ((0x12, 0x12, 0x12, 0x12), PrinterStatus(True, "ok", False, False, False), ""),
        ((0x12, 0x12, 0x12, 0x1E), PrinterStatus(True, "near_end", False, False, False), ""),
        ((0x1A, 0x32, 0x12, 0x7E), PrinterStatus(False, "out", False, False, False), "paper_out"),
        ((0x1A, 0x16, 0x12, 0x12), PrinterStatus(False, "ok", True, False, False), "cover_open"),
        ((0x1A, 0x52, 0x1A, 0x12), PrinterStatus(False, "ok", False, True, True), "cutter"),
        ((0x1A, 0x52, 0x32, 0x12), PrinterStatus(False, "ok", False, False, True), "printer_error"),
        ((0x1A, 0x12, 0x12, 0x12), PrinterStatus(False, "ok", False, False, False), "printer_offline"),
    ],
)
def test_status_bytes(answers: tuple[int, int, int, int], status: PrinterStatus, code: str) -> None:
    assert printer_status(*answers) == status
    assert trouble(status) == code


def test_what_is_unknown_is_no_trouble() -> None:
    assert trouble(PrinterStatus(online=None, paper="unknown")) == ""


def test_a_torn_receipt_is_ended_and_cut_off_before_the_next() -> None:
    assert frames.after_torn(3) == b"\x00\x00\x00" + frames.end()
    assert frames.after_torn(10**6, cut=False) == bytes(72 * 60) + b"\x1bd\x06"
