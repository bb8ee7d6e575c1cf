"""The envelope of HID readers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.id_card import frames, hid_frames


def test_a_report_looks_as_the_table_says() -> None:
    find = bytes.fromhex("AA AA AA 96 69 00 03 20 01 22")
    report = hid_frames.encode(find)

    assert len(report) == 64
    assert report[:16].hex(" ") == "88 00 00 0b 00 b1 aa aa aa 96 69 00 03 20 01 22"
    assert report[16:18] == (sum(report[3:16]) & 0xFFFF).to_bytes(2, "little")
    assert not any(report[18:])


@given(st.binary(max_size=56), st.integers(0, 255))
def test_a_report_is_read_as_it_was_written(payload: bytes, result: int) -> None:
    assert hid_frames.decode(hid_frames.encode_answer(payload, result=result)) == hid_frames.Report(result, payload)


@given(st.binary(max_size=80))
def test_arbitrary_bytes_are_a_report_or_refused(data: bytes) -> None:
    try:
        found = hid_frames.decode(data)
    except ValueError:
        return
    assert len(found.payload) <= len(data)


@given(st.binary(min_size=1, max_size=56), st.integers(0, 63), st.integers(1, 255))
def test_a_changed_byte_is_noticed_or_harmless(payload: bytes, place: int, change: int) -> None:
    report = bytearray(hid_frames.encode_answer(payload))
    report[place] ^= change
    try:
        found = hid_frames.decode(bytes(report))
    except ValueError:
        return
    if 6 <= place < 6 + len(payload) or place == 5:
        assert found.payload != payload or found.result != 0
        raise AssertionError("a changed byte of the payload passed the sum")


@given(st.binary(max_size=2400), st.integers(0, 8))
def test_a_long_answer_comes_together_again(data: bytes, skipped: int) -> None:
    reports = hid_frames.split(data, skipped=skipped)

    assert b"".join(hid_frames.decode(report).payload[skipped:] for report in reports) == data
    assert all(len(report) == hid_frames.SIZE for report in reports)


def test_a_frame_that_is_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        hid_frames.encode(frames.encode(bytes(60)))
