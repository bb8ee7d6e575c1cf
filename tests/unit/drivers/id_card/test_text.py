from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.contracts import CardKind, CardRecord
from drivers.id_card import text

RESIDENT = CardRecord(
    kind=CardKind.RESIDENT,
    name="测试甲",
    sex="男",
    nation="羌",
    birth="1990-01-01",
    address="四川省绵阳市测试区一号",
    id_no="510799199001010018",
    issuer="绵阳市公安局测试分局",
    valid_from="2020-03-02",
    valid_to="长期",
)
HKMT = replace(
    RESIDENT,
    kind=CardKind.HKMT_RESIDENCE,
    nation="",
    id_no="810000199001010016",
    valid_to="2025-03-02",
    permit_no="H12345678",
    times_issued="01",
)
FIVE_STAR = replace(
    RESIDENT,
    kind=CardKind.PERMANENT_2023,
    nation="",
    address="",
    issuer="",
    id_no="911124198108030024",
    valid_to="2033-03-02",
    english_name="TESTING, EXAMPLE WITH A RATHER LONG NAME",
    nationality="CAN",
    times_issued="00",
)
OLD_FOREIGN = replace(
    FIVE_STAR,
    kind=CardKind.PERMANENT_2017,
    id_no="CAN110081080310",
    issuer="1100",
    times_issued="",
    english_name="TESTING, EXAMPLE",
)
ALL_KINDS = [RESIDENT, HKMT, FIVE_STAR, OLD_FOREIGN]

letters = st.characters(codec="utf-16-le", exclude_categories=("Cs", "Cc"))


def words(size: int, least: int = 0) -> st.SearchStrategy[str]:
    """Text of at most ``size`` UTF-16 units without trailing spaces."""
    return (
        st.text(letters, min_size=least, max_size=size)
        .map(lambda word: word.rstrip(" \0"))
        .filter(lambda word: least <= len(word.encode("utf-16-le")) // 2 <= size)
    )


dates = st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(date.isoformat)


@pytest.mark.parametrize("record", ALL_KINDS, ids=lambda record: record.kind)
def test_every_kind_of_card_reads_as_it_was_written(record: CardRecord) -> None:
    data = text.encode(record)

    assert len(data) == 256
    assert text.parse(data) == record


@given(
    st.sampled_from(sorted(text.SEXES.values())),
    st.sampled_from(sorted(text.NATIONS.values())),
    words(15, 1),
    words(35),
    words(15),
    st.from_regex(r"\A510799[0-9]{11}[0-9X]\Z"),
    dates,
    dates | st.just("长期"),
)
def test_any_resident_card_reads_as_it_was_written(
    sex: str, nation: str, name: str, address: str, issuer: str, id_no: str, day: str, valid_to: str
) -> None:
    record = CardRecord(CardKind.RESIDENT, name, sex, nation, day, address, id_no, issuer, day, valid_to)

    assert text.parse(text.encode(record)) == record


@given(words(46, 1))
def test_a_long_english_name_runs_over_both_columns(english_name: str) -> None:
    both = english_name.encode("utf-16-le")
    if any(0xD8 <= both[at + 1] < 0xDC for at in range(0, min(len(both), 70), 2)):
        return  # no name on these cards leaves the Latin letters
    record = replace(FIVE_STAR, english_name=english_name)

    assert text.parse(text.encode(record)).english_name == english_name


def test_the_number_stands_where_the_published_structure_says() -> None:
    data = text.encode(RESIDENT)

    assert data[122:158].decode("utf-16-le") == "510799199001010018"
    assert data[30:36].decode("utf-16-le") == "133"
    assert data[36:52].decode("utf-16-le") == "19900101"
    assert data[204:220].decode("utf-16-le") == "长期      "


@pytest.mark.parametrize("record", ALL_KINDS, ids=lambda record: record.kind)
def test_nul_padding_reads_like_spaces(record: CardRecord) -> None:
    padded = text.encode(record)
    for start, size in text.COLUMNS[record.kind].values():
        field = padded[start : start + size].decode("utf-16-le").rstrip(" ").encode("utf-16-le")
        if start != 52:  # the English name of a 2023 card runs on behind its first column
            padded = padded[:start] + field + bytes(size - len(field)) + padded[start + size :]

    assert text.parse(padded) == record


@pytest.mark.parametrize("size", [220, 221, 249, 255, 257, 300])
def test_odd_sizes_are_tolerated(size: int) -> None:
    data = (text.encode(RESIDENT) + bytes(100))[:size]

    assert text.parse(data) == RESIDENT


@pytest.mark.parametrize("data", [b"", bytes(256), b" \0" * 128, text.encode(RESIDENT)[:100]])
def test_a_block_that_names_nobody_is_refused_and_nothing_of_it_told(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"^the text block names nobody$"):
        text.parse(data)


@given(st.binary(max_size=300))
def test_rubbish_is_read_or_refused_but_never_breaks(data: bytes) -> None:
    try:
        record = text.parse(data)
    except ValueError:
        return
    assert record.id_no


def test_unknown_codes_and_impossible_dates_become_empty_fields() -> None:
    data = bytearray(text.encode(RESIDENT))
    data[30:32] = "7".encode("utf-16-le")
    data[32:36] = "60".encode("utf-16-le")
    data[36:52] = "19900230".encode("utf-16-le")
    data[188:204] = "２０２００３０２".encode("utf-16-le")

    record = text.parse(bytes(data))

    assert (record.sex, record.nation, record.birth, record.valid_from) == ("", "", "", "")


def test_the_tables_have_the_standards_codes() -> None:
    assert len(text.NATIONS) == 58
    assert [text.NATIONS[code] for code in ("01", "33", "46", "56", "97")] == ["汉", "羌", "德昂", "基诺", "其他"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": "长" * 16}, "name is longer than 15"),
        ({"nation": "无"}, "no code"),
        ({"sex": "雄"}, "no code"),
        ({"birth": "1990"}, "isoformat"),
    ],
)
def test_what_no_card_can_say_is_not_written(change: dict[str, str], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        text.encode(replace(RESIDENT, **change))  # type: ignore[arg-type]


@given(words(35))
def test_an_appended_address_reads_as_it_was_written(address: str) -> None:
    data = text.encode_appended_address(address)

    assert len(data) == 70
    assert text.with_appended_address(RESIDENT, data).appended_address == address


def test_an_appended_address_of_more_than_35_characters_is_not_written() -> None:
    with pytest.raises(ValueError, match="35"):
        text.encode_appended_address("长" * 36)
