"""What a maker's library answers, turned into a card. The libraries themselves: tests/drivers/test_id_card_vendor."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.contracts import CardRecord, DeviceConfig
from drivers.errors import DeviceError
from drivers.id_card import text
from drivers.id_card.vendor import VendorSdkReader, record_of
from tests.unit.drivers.id_card.test_driver import PERSON

FIELDS = {
    "field.name": "测试甲",
    "field.id_no": "510799199001010018",
    "field.sex": "男",
    "field.nation": "汉族",
    "field.birth": "1990年1月1日",
    "field.address": "四川省绵阳市测试区一号",
    "field.issuer": "绵阳市公安局测试分局",
    "field.valid_from": "2020.03.02",
    "field.valid_to": "20400302",
}


def test_a_text_block_and_fields_are_the_same_card() -> None:
    block = {"text": base64.b64encode(text.encode(PERSON)).decode()}

    assert record_of(block) == PERSON
    assert record_of(FIELDS) == PERSON


@pytest.mark.parametrize(
    ("written", "date"),
    [("长期", "长期"), ("长期有效", "长期"), ("2020-03-02", "2020-03-02"), ("2020-13-02", ""), ("soon", ""), ("", "")],
)
def test_dates_as_libraries_write_them(written: str, date: str) -> None:
    assert record_of({**FIELDS, "field.valid_to": written}).valid_to == date


def test_what_is_no_sex_and_no_nation_is_left_to_the_clerk() -> None:
    record = record_of({**FIELDS, "field.sex": "?", "field.nation": "?"})

    assert (record.sex, record.nation) == ("", "")


@pytest.mark.parametrize(
    "said",
    [
        None,
        [],
        {},
        {"text": "!"},
        {"text": ""},
        {**FIELDS, "field.id_no": "51079919900101001"},
        {**FIELDS, "field.name": ""},
        {"text": base64.b64encode(b"\x20" * 256).decode()},
    ],
)
def test_an_answer_that_names_nobody_is_refused_without_a_word_of_it(said: object) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        record_of(said)
    assert "51079" not in str(caught.value)


@given(
    st.dictionaries(
        st.sampled_from([*FIELDS, "text", "photo", "portrait", "appended"]),
        st.text(max_size=20) | st.binary(max_size=300).map(lambda data: base64.b64encode(data).decode()),
    )
)
def test_whatever_a_helper_says_is_a_card_or_refused(said: dict[str, str]) -> None:
    try:
        record = record_of({**FIELDS, **said})
    except ValueError:
        return
    assert isinstance(record, CardRecord)


@pytest.mark.parametrize(
    ("url", "options"),
    [("sdk:///", {}), ("sdk://", {}), ("sdk:///lib.so?port=usb", {}), ("sdk:///lib.so", {"port": "x"})],
)
def test_without_library_or_with_an_odd_port_it_is_refused(
    url: str, options: dict[str, str | int | float | bool]
) -> None:
    with pytest.raises(DeviceError) as caught:
        VendorSdkReader(DeviceConfig("reader", "id_card", "vendor_sdk", url, options=options))
    assert caught.value.code == "unsupported"
