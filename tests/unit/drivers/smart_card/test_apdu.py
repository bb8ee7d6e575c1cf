"""Commands, answers and TLV of chip cards."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.smart_card import apdu

TAGS = st.one_of(
    st.integers(0x01, 0xFE).filter(lambda tag: tag & 0x1F != 0x1F),
    st.tuples(st.sampled_from([0x1F, 0x3F, 0x5F, 0x7F, 0x9F, 0xBF, 0xDF]), st.integers(0, 255)).map(
        lambda pair: pair[0] << 8 | pair[1]
    ),
)


def test_commands_look_as_the_standard_says() -> None:
    name = "sx1.sh.社会保障".encode("gb18030")

    assert apdu.select_name(name).hex(" ") == "00 a4 04 00 0f 73 78 31 2e 73 68 2e c9 e7 bb e1 b1 a3 d5 cf"
    assert apdu.select_file(0xEF05).hex(" ") == "00 a4 02 00 02 ef 05"
    assert apdu.read_record(7).hex(" ") == "00 b2 07 04 00"
    assert apdu.read_record(7, sfi=5).hex(" ") == "00 b2 07 2c 00"
    assert apdu.read_binary(0x0123, 16).hex(" ") == "00 b0 01 23 10"
    assert apdu.read_binary(3, 16, sfi=5).hex(" ") == "00 b0 85 03 10"
    assert apdu.with_size(apdu.read_record(7), 0x12).hex(" ") == "00 b2 07 04 12"
    assert apdu.with_size(apdu.select_file(0xEF05), 0x12).hex(" ") == "00 a4 02 00 02 ef 05 12"
    assert apdu.get_response(0x12).hex(" ") == "00 c0 00 00 12"


@pytest.mark.parametrize(
    ("status", "locked"), [(0x6982, True), (0x6983, True), (0x63C2, True), (0x9000, False), (0x6A82, False)]
)
def test_a_locked_card_is_known_by_its_status(status: int, locked: bool) -> None:
    assert apdu.split(b"x" + status.to_bytes(2, "big")).is_locked is locked


@given(st.binary(max_size=300))
def test_an_answer_has_a_status_or_is_refused(raw: bytes) -> None:
    if len(raw) < 2:
        with pytest.raises(ValueError, match="status"):
            apdu.split(raw)
        return
    answer = apdu.split(raw)
    assert answer.data + answer.status.to_bytes(2, "big") == raw


@given(st.dictionaries(TAGS, st.binary(max_size=300), max_size=8))
def test_tlv_is_read_as_it_was_written(values: dict[int, bytes]) -> None:
    assert apdu.tlv(apdu.make_tlv(values)) == values


@given(st.binary(max_size=400))
def test_arbitrary_bytes_are_tlv_or_refused(data: bytes) -> None:
    try:
        found = apdu.tlv(data)
    except ValueError:
        return
    assert sum(len(value) for value in found.values()) <= len(data)


@given(st.dictionaries(TAGS, st.binary(min_size=1, max_size=300), min_size=1, max_size=4), st.data())
def test_tlv_that_was_cut_off_never_gives_a_value_that_is_not_whole(
    values: dict[int, bytes], data: st.DataObject
) -> None:
    made = apdu.make_tlv(values)
    cut = made[: data.draw(st.integers(0, len(made) - 1))]
    try:
        found = apdu.tlv(cut)
    except ValueError:
        return
    assert all(values[tag] == value for tag, value in found.items())


def test_padding_between_and_behind_is_skipped_and_the_first_of_a_tag_stays() -> None:
    assert apdu.tlv(bytes.fromhex("00 FF 07 01 41 FF 07 01 42 00 00")) == {7: b"A"}
