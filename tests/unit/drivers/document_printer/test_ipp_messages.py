"""IPP messages: what goes out comes back the same, real answers are read, and anything else is refused as none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.document_printer.ipp_messages import (
    STOPPED,
    Attribute,
    Attributes,
    Message,
    MessageError,
    Operation,
    Tag,
    decode,
    encode,
    keywords,
    number_of,
    numbers_of,
    question,
    text_of,
    texts_of,
    trouble,
)

INT = st.integers(-(2**31), 2**31 - 1)
TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
NAME = st.text("abcdefghijklmnopqrstuvwxyz-", min_size=1, max_size=20)
SIMPLE = st.one_of(
    st.builds(lambda values: Attribute(Tag.INTEGER, tuple(values)), st.lists(INT, min_size=1, max_size=3)),
    st.builds(lambda values: Attribute(Tag.ENUM, tuple(values)), st.lists(INT, min_size=1, max_size=3)),
    st.builds(lambda values: Attribute(Tag.BOOLEAN, tuple(values)), st.lists(st.booleans(), min_size=1, max_size=2)),
    st.builds(lambda values: Attribute(Tag.KEYWORD, tuple(values)), st.lists(TEXT, min_size=1, max_size=3)),
    st.builds(lambda values: Attribute(Tag.URI, tuple(values)), st.lists(TEXT, min_size=1, max_size=2)),
    st.builds(lambda value: Attribute(Tag.OCTETS, (value,)), st.binary(max_size=20)),
    st.builds(lambda low, high: Attribute(Tag.RANGE, ((low, high),)), INT, INT),
    st.builds(lambda x, y, unit: Attribute(Tag.RESOLUTION, ((x, y, unit),)), INT, INT, st.integers(0, 255)),
    st.just(Attribute(0x13, (None,))),
)
COLLECTION = st.recursive(
    SIMPLE,
    lambda inner: st.builds(
        lambda members: Attribute(Tag.COLLECTION, (members,)), st.dictionaries(NAME, inner, max_size=3)
    ),
    max_leaves=6,
)
GROUP = st.dictionaries(NAME, COLLECTION, max_size=4)
MESSAGE = st.builds(
    Message,
    st.integers(0, 0xFFFF),
    st.integers(0, 2**31 - 1),
    st.lists(st.tuples(st.sampled_from([Tag.OPERATION, Tag.JOB, Tag.PRINTER]), GROUP), max_size=3).map(tuple),
    st.binary(max_size=30),
    st.sampled_from([(1, 1), (2, 0)]),
)


@given(MESSAGE)
def test_every_message_comes_back_the_same(message: Message) -> None:
    assert decode(encode(message)) == message


@given(st.binary(max_size=300))
def test_any_bytes_are_a_message_or_refused(data: bytes) -> None:
    try:
        decode(data)
    except MessageError:
        return


@given(MESSAGE, st.data())
def test_a_message_with_a_damaged_byte_or_cut_off_is_a_message_or_refused(
    message: Message, data: st.DataObject
) -> None:
    raw = bytearray(encode(message))
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] = data.draw(st.integers(0, 255))
    for damaged in (bytes(raw), bytes(raw[:at])):
        try:
            decode(damaged)
        except MessageError:
            continue


def test_collections_without_end_are_refused() -> None:
    deep = b"\x34\x00\x01a\x00\x00" + b"\x4a\x00\x00\x00\x01m\x34\x00\x00\x00\x00" * 50
    with pytest.raises(MessageError, match="deep"):
        decode(b"\x01\x01\x00\x00\x00\x00\x00\x01\x04" + deep)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "cut off"),
        (b"\x09\x00\x00\x00\x00\x00\x00\x01\x03", "IPP 9"),
        (b"\x01\x01\x00\x00\x00\x00\x00\x01\x21\x00\x01a\x00\x00", "outside every group"),
        (b"\x01\x01\x00\x00\x00\x00\x00\x01\x04\x21\x00\x00\x00\x04\x00\x00\x00\x01\x03", "a further value of nothing"),
        (b"\x01\x01\x00\x00\x00\x00\x00\x01\x04\x21\x00\x01a\x00\x02\x00\x00\x03", "2 bytes instead of 4"),
        (b"\x01\x01\x00\x00\x00\x00\x00\x01\x04\x42\xff\xff", "negative"),
    ],
)
def test_what_is_wrong_is_said(data: bytes, why: str) -> None:
    with pytest.raises(MessageError, match=why):
        decode(data)


def test_what_cannot_be_said_is_refused() -> None:
    with pytest.raises(MessageError):
        encode(Message(2, 1, ((Tag.JOB, {"a": Attribute(Tag.TEXT, ("x" * 40000,))}),)))
    with pytest.raises(MessageError):
        encode(Message(2, 1, ((Tag.JOB, {"a": Attribute(Tag.INTEGER, ((1, 2, 3, 4),))}),)))


def test_a_question_begins_as_the_standard_wants_it() -> None:
    asked = question(Operation.PRINT_JOB, 7, "ipp://h/ipp/print", job_id=3, data=b"%PDF")
    raw = encode(asked)

    assert raw.startswith(b"\x01\x01\x00\x02\x00\x00\x00\x07\x01\x47\x00\x12attributes-charset\x00\x05utf-8\x48")
    assert raw.endswith(b"\x03%PDF")
    assert list(asked.group(Tag.OPERATION))[:4] == [
        *("attributes-charset", "attributes-natural-language", "printer-uri", "job-id")
    ]


def test_text_with_a_language_is_its_text() -> None:
    value = b"\x00\x02zh\x00\x06" + "纸".encode() + b"abc"
    raw = b"\x01\x01\x00\x00\x00\x00\x00\x01\x04\x35\x00\x01a" + len(value).to_bytes(2, "big") + value + b"\x03"

    assert decode(raw).text("a", Tag.PRINTER) == "纸abc"


def test_what_is_missing_or_of_another_kind_is_nothing() -> None:
    group: Attributes = {"n": Attribute(Tag.INTEGER, (3, 4)), "t": keywords("a", "b"), "b": Attribute(0x22, (True,))}

    assert (number_of(group, "n"), number_of(group, "t"), number_of(group, "b"), number_of(group, "x")) == (
        3,
        *[None] * 3,
    )
    assert (numbers_of(group, "n"), numbers_of(group, "x")) == ((3, 4), ())
    assert (text_of(group, "t"), text_of(group, "n"), text_of(group, "x")) == ("a", "", "")
    assert texts_of(group, "t") == ("a", "b")


@pytest.mark.parametrize(
    ("state", "reasons", "stops", "warns"),
    [
        (3, ["none"], "", ""),
        (3, [], "", ""),
        (5, ["media-empty-error"], "paper_out", ""),
        (4, ["media-needed"], "paper_out", ""),
        (3, ["media-empty-warning"], "", ""),
        (5, ["media-empty-report"], "paper_out", ""),
        (5, ["media-empty-error", "media-jam-error"], "jam", ""),
        (5, ["cover-open"], "cover_open", ""),
        (5, ["door-open-error"], "cover_open", ""),
        (5, ["marker-supply-empty-error"], "toner_out", ""),
        (3, ["marker-supply-low-warning", "media-low-warning"], "", "paper_near_end"),
        (3, ["media-low"], "", "paper_near_end"),
        (5, ["paused"], "printer_offline", ""),
        (5, ["something-new"], "printer_error", ""),
        (3, ["offline-report"], "", ""),
        (STOPPED, ["offline-report"], "printer_offline", ""),
        (None, [], "", ""),
    ],
)
def test_reasons_say_what_stops_the_printer_and_what_it_warns_of(
    state: int | None, reasons: list[str], stops: str, warns: str
) -> None:
    assert trouble(state, reasons) == (stops, warns)
