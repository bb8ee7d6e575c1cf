"""How fields are written on a chip card."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.smart_card import values


@pytest.mark.parametrize(
    ("raw", "encoding", "text"),
    [
        ("B2 E2 CA D4 BC D7 00 00", "gbk", "测试甲"),
        ("B2 E2 CA D4", "gbk", "测试"),
        ("E6 B5 8B", "utf8", "测"),
        ("35 31 30 37 20 20", "ascii", "5107"),
        ("51 07 99 0F", "bcd", "5107990"),
        ("51 07 00", "bcd", "510700"),
        ("51 07 00", "hex", "510700"),
        ("20", "bcd", "20"),
        ("20 20", "hex", "2020"),
        ("19 90 01 01", "date", "1990-01-01"),
        ("31 39 39 30 30 31 30 31", "date", "1990-01-01"),
        ("31 39 39 30 30 31 30 31 00 00", "date", "1990-01-01"),
        ("FF FF FF FF", "date", ""),
        ("20 20 20 20 20 20 20 20", "date", ""),
        ("00 00", "ascii", ""),
        ("", "gbk", ""),
    ],
)
def test_values_are_read(raw: str, encoding: str, text: str) -> None:
    assert values.read(bytes.fromhex(raw), encoding) == text


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        ("80", "ascii"),
        ("07", "ascii"),
        ("5A", "bcd"),
        ("19 90 13 01", "date"),
        ("31 39", "date"),
        ("FF B2", "utf8"),
        ("81 20", "gbk"),
    ],
)
def test_what_is_written_otherwise_is_refused_without_a_word_of_it(raw: str, encoding: str) -> None:
    with pytest.raises(ValueError, match=r"^(is no|has digits)") as caught:
        values.read(bytes.fromhex(raw), encoding)
    assert caught.value.__cause__ is None


@given(st.binary(max_size=60), st.sampled_from(values.NAMES))
def test_arbitrary_bytes_are_text_or_refused(raw: bytes, encoding: str) -> None:
    try:
        assert isinstance(values.read(raw, encoding), str)
    except ValueError as error:
        assert str(error).startswith(("is no", "has digits"))  # noqa: PT017 - either is right


@given(st.dates(), st.text("0123456789", min_size=1, max_size=20), st.text("甲乙丙张王李赵AB", min_size=1, max_size=15))
def test_what_was_written_is_read_again(day: object, digits: str, name: str) -> None:
    assert values.read(values.write(str(day), "date"), "date") == str(day)
    assert values.read(values.write(name, "gbk"), "gbk") == name
    if digits.strip("0"):
        assert values.read(values.write(digits, "bcd"), "bcd") == digits
