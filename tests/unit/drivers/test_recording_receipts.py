"""Of a receipt only its commands and lengths are kept."""

from hypothesis import given
from hypothesis import strategies as st

from drivers.contracts import Barcode, CardRecord, Feed, Qr, Text
from drivers.printer import frames
from drivers.printer.layout import rows
from drivers.recording_receipts import Receipts
from tests.unit.drivers.test_recording_masks import assert_nothing_of, people


def receipt(person: CardRecord, *, drawn: bool) -> list[bytes]:
    lines = (
        Text(f"姓名 {person.name}", right=person.id_no, big=True),
        Text(person.address[:10]),
        Qr(f"https://x.example/{person.id_no}?{person.name}"),
        Barcode(person.id_no),
        Feed(2),
    )

    def draw(_row: object, dots: int) -> frames.Strip:
        return frames.Strip(dots, 24, bytes([0xA5]) * (dots // 8 * 24))

    return frames.blocks(rows(lines, 48), width=48, draw=draw, pictures_only=drawn)


@given(people(), st.booleans(), st.lists(st.integers(1, 300), max_size=20))
def test_words_codes_and_pictures_are_gone_and_commands_stay(person: CardRecord, drawn: bool, sizes: list[int]) -> None:
    stream = b"".join(receipt(person, drawn=drawn)) + frames.ask_process_id(b"@@@A") + frames.REAL_TIME_STATUS[0]
    rest, mask, kept = stream, Receipts(), b""
    for size in sizes:
        kept, rest = kept + mask.feed(rest[:size]), rest[size:]
    kept += mask.feed(rest) + mask.flush()

    assert len(kept) == len(stream)
    assert_nothing_of(person, kept)
    assert b"\xa5" * 8 not in kept
    assert kept.startswith(frames.START)
    assert kept.endswith(frames.KNIFE + frames.ask_process_id(b"@@@A") + frames.REAL_TIME_STATUS[0])


@given(people(), st.binary(min_size=1, max_size=40))
def test_an_unknown_command_ends_the_knowledge_until_a_question(person: CardRecord, odd: bytes) -> None:
    mask = Receipts()
    stream = b"\x1d\xee" + odd + person.name.encode("gbk", "ignore") + person.id_no.encode() + b"\x10\x04\x01"
    kept = mask.feed(stream) + mask.flush()

    assert len(kept) == len(stream)
    assert_nothing_of(person, kept)


@given(st.binary(max_size=400))
def test_any_bytes_keep_their_number(data: bytes) -> None:
    mask = Receipts()

    assert len(mask.feed(data) + mask.flush()) == len(data)


@given(people(), st.booleans(), st.lists(st.integers(1, 200), min_size=1, max_size=20))
def test_a_receipt_that_answers_break_into_says_nothing(person: CardRecord, drawn: bool, sizes: list[int]) -> None:
    rest, mask, kept = b"".join(receipt(person, drawn=drawn)), Receipts(), b""
    whole = len(rest)
    for size in sizes:
        kept, rest = kept + mask.feed(rest[:size]) + mask.flush(), rest[size:]
    kept += mask.feed(rest) + mask.flush()

    assert len(kept) == whole
    assert_nothing_of(person, kept)
