import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from drivers import templates_bytes
from drivers.display import modbus
from drivers.templates_bytes import CannotShowError, WrongMessage, parse

FIELDS = frozenset({"text", "number", "window", "colour"})


def made(message: str, **values: str | int) -> str:
    """The message's bytes in hexadecimal digits."""
    return parse(message, FIELDS).render(values).hex(" ")


def test_a_parking_count_display_gets_the_bytes_of_its_sheet() -> None:
    message = "3A {from} {colour:u8} {number:u16le} 00 {to} {sum8} 0A"

    assert made(message, colour=1, number="A017") == "3a 01 11 00 00 12 0a"


def test_a_register_write_gets_the_recomputed_crc() -> None:
    message = "{from} 01 10 00 70 00 03 06 {text:ascii}{pad:6} {to} {crc16modbus}"

    assert bytes.fromhex(made(message, text="A003")) == modbus.write_registers(1, 0x70, b"A003  ")


@pytest.mark.parametrize(
    ("message", "values", "found"),
    [
        ("'D' {text:gbk}", {"text": "号"}, "44 ba c5"),
        ("{text:utf-16le}", {"text": "A"}, "41 00"),
        ("{text}{pad:4}", {"text": "AB"}, "41 42 20 20"),
        ("{text}{padleft:4:30}", {"text": "17"}, "30 30 31 37"),
        ("{number:dec4}", {"number": "A017"}, "30 30 31 37"),
        ("{number:bcd2}", {"number": "A1234"}, "12 34"),
        ("{number:hex2}", {"number": "171"}, "41 42"),
        ("{number:u16be}", {"number": "258"}, "01 02"),
        ("{len} {from} 01 02 03 {to}", {}, "03 01 02 03"),
        ("{len:u16le:+2} {from} 01 {to}", {}, "03 00 01"),
        ("{from:a} 01 {from:b} 02 {to:b} {to:a} {xor:of=a} {sum8:of=b}", {}, "01 02 03 02"),
        ("{from} 01 02 {to} {xor:hex2}", {}, "01 02 30 33"),
        ("{from} '123456789' {to} {crc16arc:u16be}", {}, "31 32 33 34 35 36 37 38 39 bb 3d"),
        ("{from:x} {from} 10 {to} {sum8} {to:x} {xor:of=x}", {}, "10 10 00"),
    ],
)
def test_every_place_makes_its_bytes(message: str, values: dict[str, str | int], found: str) -> None:
    assert made(message, **values) == found


@pytest.mark.parametrize(
    ("message", "why"),
    [
        ("", "does nothing"),
        ("3", "neither"),
        ("3G", "neither"),
        ("{dog}", "no place that is known"),
        ("{text:klingon}", "no form"),
        ("{text:max=0}", "no form"),
        ("{number:u8:max=3}", "max= is for text"),
        ("'号'", "cannot be encoded"),
        ("''", "cannot be encoded"),
        ("01 {xor}", "without a range"),
        ("{from} 01 {to} {xor:of=other}", "without a range"),
        ("{from} 01 {xor} {to}", "within its own range"),
        ("{xor:of=a} {from:a} {from} 01 {to} {sum8} {to:a}", "worked out later"),
        ("{len} {len} {from} 01 {to}", "two {len}"),
        ("{from} 01", "without its {to}"),
        ("01 {to}", "without its {from}"),
        ("{from} {to} {xor}", "nothing in it"),
        ("{from} 01 {to} {from} 02 {to}", "twice"),
        ("{from} 01 {to} {to}", "without its {from}"),
        ("{pad:4}", "stands behind the text"),
        ("{number:u8}{pad:4}", "stands behind the text"),
        ("{text}{pad:4}{pad:5}", "stands behind the text"),
        ("{text}{pad}", "wants a number of bytes"),
        ("{text}{pad:0}", "wants a number of bytes"),
        ("{text}{pad:4:xy}", "two hexadecimal digits"),
        ("{text}{pad:4:20:1}", "wants a number of bytes"),
        ("{text:max=9}{pad:4}", "does not fit"),
        ("??", "only in answers"),
        ("{key}", "no place that is known"),
        ("{from:A} 01", "one name in small letters"),
        ("{from:a:b} 01", "one name in small letters"),
        ("'" + "x" * 600 + "'", "too long"),
        ("{from} 01 {to} {xor:u8:zz}", "no form"),
    ],
)
def test_a_message_that_cannot_work_is_refused_with_its_reason(message: str, why: str) -> None:
    with pytest.raises(WrongMessage) as caught:
        parse(message, FIELDS)

    assert why in str(caught.value)


def test_answers_have_no_fields_and_one_key() -> None:
    for message, why in (("{text}", "no place"), ("{key} {key}", "two {key}")):
        with pytest.raises(WrongMessage, match=why):
            parse(message, FIELDS, answer=True)


@pytest.mark.parametrize(
    ("message", "values", "why"),
    [
        ("{number:u8}", {"number": "----"}, "no digits"),
        ("{number:u8}", {"number": "A256"}, "does not fit"),
        ("{number:dec2}", {"number": "A256"}, "does not fit"),
        ("{number:bcd1}", {"number": "A256"}, "does not fit"),
        ("{text:max=3}", {"text": "A017"}, "4 bytes long"),
        ("{text}{pad:3}", {"text": "A017"}, "4 bytes long"),
        ("{text}", {"text": "号"}, "cannot encode"),
        ("{text:gbk}", {"text": "😀"}, "cannot encode"),
        ("{len} {from} {text} {to}", {"text": "x" * 300}, "does not fit"),
        ("{text}", {"text": "x" * 600}, "at most 512"),
        ("{len:-2} {from} 01 {to}", {}, "does not fit"),
    ],
)
def test_a_value_that_does_not_fit_is_said_never_cut(message: str, values: dict[str, str | int], why: str) -> None:
    with pytest.raises(CannotShowError, match=why):
        made(message, **values)


def test_an_answer_is_found_behind_noise_with_its_key_and_only_with_its_checksum() -> None:
    answer = parse("AA {from} ?? 02 {key} {to} {xor} 55", FIELDS, answer=True)
    right = bytes.fromhex("aa 01 02 04 07 55")

    assert answer.find(b"\xaa\x00" + right + b"\x55") == ({"key": 4}, 8)
    assert answer.find(bytes.fromhex("aa 01 02 04 06 55")) is None
    assert answer.find(right[:-1]) is None
    assert answer.render({"key": 4}) == bytes.fromhex("aa 00 02 04 06 55")


@given(
    st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=20),
    st.integers(0, 0xFFFF),
    st.binary(max_size=8),
)
def test_what_is_made_is_read_back(text: str, number: int, noise: bytes) -> None:
    assume(b"\x02" not in noise)
    message = parse("02 {from} {len:u16le:of=t} {number:u16le} {from:t} {text:gbk} {to:t} {to} {crc16arc} 03", FIELDS)
    found = message.find(noise + message.render({"text": text, "number": number}))

    assert found is not None
    assert found[0] == {"text": text, "number": number}


@given(st.text(max_size=60))
def test_any_text_is_a_message_or_wrong(text: str) -> None:
    for answer in (False, True):
        try:
            parse(text, FIELDS, answer=answer)
        except WrongMessage:
            continue


PIECES = [
    "{from}",
    "{to}",
    "{from:a}",
    "{to:a}",
    "{xor}",
    "{sum8:of=a}",
    "{len}",
    "{len:u16le:of=a:-3}",
    "{text:gbk}",
    "{pad:9}",
    "{padleft:3:00}",
    "{number:bcd2}",
    "{number}",
    "{colour:u8}",
    "01",
    "'AB'",
    "{crc16modbus:hex4}",
    "{text:max=4}",
]


@given(st.lists(st.sampled_from(PIECES), max_size=9), st.text(max_size=12), st.binary(max_size=40))
def test_any_pieces_make_bytes_that_are_read_back_or_say_why_not(pieces: list[str], text: str, noise: bytes) -> None:
    try:
        message = parse(" ".join(pieces), FIELDS)
        data = message.render({"text": text, "number": "A017", "colour": 3})
    except (WrongMessage, CannotShowError):
        return

    assert len(data) <= templates_bytes.LONGEST
    assert message.find(data) is not None or "text" in message.fields
    message.find(noise)


def test_a_field_that_stands_there_as_text_and_as_number_must_say_the_same() -> None:
    message = parse("{number} {number:bcd2}", FIELDS)
    data = message.render({"number": "A017"})
    assert message.find(data) is not None
    assert message.find(data[:-1] + b"\x18") is None


@given(st.binary(max_size=60))
def test_any_bytes_are_searched_for_an_answer(data: bytes) -> None:
    for pattern in ("AA {from} ?? 02 {key} {to} {xor} 55", "06", "{key}", "{len} {from} ?? ?? {to} {crc16modbus}"):
        found = parse(pattern, FIELDS, answer=True).find(data)
        assert found is None or found[1] <= len(data)
