"""Nothing of a person is kept, whatever a device sends, and what is kept can still be read."""

import base64
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from drivers.contracts import CardKind, CardRecord
from drivers.id_card import frames, text
from drivers.recording_masks import CardAnswers, CardCommands, Codes, Lengths, masked_characters, masked_text

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5, exclude_characters="某期"), min_size=2)
FICTION = {"1990-01-01", "2020-01-01"}  # what a mask itself writes is no proof of anything
DATES = st.dates(date(1930, 1, 1), date(2025, 12, 31)).map(str).filter(lambda day: day not in FICTION)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def number(birth: str, order: int) -> str:
    body = f"510799{birth.replace('-', '')}{order:03d}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]


@st.composite
def people(draw: st.DrawFn) -> CardRecord:
    birth = draw(DATES)
    kind = draw(st.sampled_from([CardKind.RESIDENT, CardKind.HKMT_RESIDENCE]))
    return CardRecord(
        kind=kind,
        name=draw(HAN.map(lambda name: name[:15])),
        sex=draw(st.sampled_from(["男", "女"])),
        nation=draw(st.sampled_from(["汉", "羌"])) if kind is CardKind.RESIDENT else "",
        birth=birth,
        address=draw(HAN.map(lambda address: ("涪城区示例路" + address)[:35])),
        id_no=number(birth, draw(st.integers(2, 999))),
        issuer=draw(HAN.map(lambda issuer: issuer[:15])),
        valid_from="2019-06-18",
        valid_to=draw(st.sampled_from(["2039-06-18", "长期"])),
        permit_no="H12345678" if kind is CardKind.HKMT_RESIDENCE else "",
    )


def said_of(person: CardRecord) -> list[str]:
    birth = person.birth.replace("-", "")
    parts = [person.name, person.id_no, person.address, person.address[6:] or person.address, person.issuer, birth]
    until = [person.valid_to.replace("-", "")] if person.valid_to != "长期" else []
    return [*parts, "20190618", *until, *([person.permit_no] if person.permit_no else [])]


def written(words: str) -> list[bytes]:
    """The words in all encodings in which somebody could look for them."""
    plain = [words.encode("utf-8"), words.encode("utf-16-le"), words.encode("gb18030")]
    coded = [base64.b64encode(data).rstrip(b"=")[:-1] for data in plain]
    return [*plain, *coded, *(data.hex().encode() for data in plain)]


def assert_nothing_of(person: CardRecord, kept: bytes) -> None:
    haystack = kept + b"\n" + kept.hex().encode() + b"\n" + base64.b64encode(kept)
    for words in said_of(person):
        for needle in written(words):
            assert needle not in haystack


def answer_of(person: CardRecord, photo: bytes = b"\x57\x4c\x66" * 341 + b"\0") -> bytes:
    data = frames.read_data(text.encode(person), photo)
    return frames.encode(frames.answer(frames.DONE, data))


def fed(stream: bytes, sizes: list[int]) -> bytes:
    mask, kept = CardAnswers(), b""
    while stream:
        size = sizes[0] if sizes else len(stream)
        sizes = sizes[1:]
        kept, stream = kept + mask.feed(stream[:size]), stream[size:]
    return kept + mask.flush()


@given(people(), st.lists(st.integers(1, 700), max_size=12))
def test_a_card_becomes_a_fictional_one_that_reads_as_well(person: CardRecord, sizes: list[int]) -> None:
    stream = answer_of(person)
    kept = fed(stream, sizes)

    assert len(kept) == len(stream)
    assert_nothing_of(person, kept)
    (payload,) = frames.FrameDecoder().feed(kept)
    read = text.parse(*frames.split_read_data(payload[3:], fingerprints=False))
    assert (read.kind, len(read.name), len(read.address)) == (person.kind, len(person.name), len(person.address))
    assert (read.id_no, read.birth) == (number("1990-01-01", 1), "1990-01-01")
    assert (read.valid_to == "长期") == (person.valid_to == "长期")
    assert not any(read.photo)


@given(people(), st.data())
def test_what_is_cut_shifted_or_flipped_says_nothing_either(person: CardRecord, data: st.DataObject) -> None:
    stream = bytearray(
        answer_of(person) + frames.encode(frames.answer(frames.DONE, person.address.encode("utf-16-le")))
    )
    for _ in range(data.draw(st.integers(0, 4))):
        place = data.draw(st.integers(0, len(stream) - 1))
        how = data.draw(st.sampled_from(["flip", "drop", "cut", "noise"]))
        if how == "flip":
            stream[place] ^= data.draw(st.integers(1, 255))
        elif how == "drop":
            del stream[place : place + data.draw(st.integers(1, 300))]
        elif how == "cut":
            del stream[max(1, place) :]
        else:
            stream[place:place] = data.draw(st.binary(max_size=20))
        if not stream:
            break
    kept = fed(bytes(stream), data.draw(st.lists(st.integers(1, 700), max_size=6)))

    assert len(kept) == len(stream)
    assert_nothing_of(person, kept)


@given(people(), st.integers(7, 1290), st.integers(1, 255))
def test_a_wrong_checksum_stays_wrong(person: CardRecord, place: int, flip: int) -> None:
    stream = bytearray(answer_of(person))
    stream[place] ^= flip
    kept = fed(bytes(stream), [])
    decoder = frames.FrameDecoder()

    assert decoder.feed(kept) == []
    assert decoder.damaged


def test_an_appended_address_and_the_number_of_the_chip_are_masked() -> None:
    address = text.encode_appended_address("涪城区示例路 18 号")
    kept = fed(frames.encode(frames.answer(frames.DONE, address)), [])
    (payload,) = frames.FrameDecoder().feed(kept)

    assert text.parse_appended_address(payload[3:]) == "某某某某某某 某某 某"
    chip = frames.encode(frames.answer(frames.DONE, bytes(range(1, 9))))
    assert frames.FrameDecoder().feed(fed(chip, [])) == [frames.answer(frames.DONE, bytes(8))]


def test_what_the_module_says_of_itself_stays() -> None:
    serial = bytes.fromhex("0500 0100 BEDC3201 39300000 D2029649")
    stream = frames.encode(frames.answer(frames.DONE, serial)) + frames.EARLY_TIMEOUT + frames.encode(frames.NO_CARD)

    assert fed(stream, [3, 9]) == stream


def test_only_known_commands_stay() -> None:
    mask = CardCommands()

    assert mask.feed(frames.encode(frames.FIND)) == frames.encode(frames.FIND)
    assert mask.feed("李明李明".encode()) == b"*" * 12
    assert Lengths().feed("李明".encode()) == b"*" * 6


@given(st.binary(max_size=600))
def test_any_bytes_keep_their_number(data: bytes) -> None:
    assert len(masked_text(data[:256])) == len(data[:256])
    assert len(masked_characters(data)) == len(data)
    assert len(fed(data, [7, 1])) == len(data)


@given(people(), st.sampled_from(["utf-8", "gb18030"]), st.integers(1, 40))
def test_a_scanned_code_keeps_its_classes_of_characters(person: CardRecord, encoding: str, cut: int) -> None:
    code = f"]Q1{person.name},{person.id_no};https://x.example/{person.address}\r\n".encode(encoding)
    mask = Codes()
    kept = mask.feed(code[:cut]) + mask.feed(code[cut:]) + mask.flush()

    assert len(kept) == len(code)
    assert_nothing_of(person, kept)
    assert kept.startswith(b"]A0")
    assert kept.endswith(b"\r\n")
    assert len(kept.decode(encoding)) == len(code.decode(encoding))


@given(people(), st.lists(st.integers(1, 400), min_size=1, max_size=12))
def test_a_frame_that_a_question_breaks_into_says_nothing(person: CardRecord, sizes: list[int]) -> None:
    """Each time something goes out, what is held of the other direction is written down as it is."""
    words = f"{person.name},{person.id_no},{person.address}\r"
    for mask, stream in (
        (CardAnswers(), answer_of(person)),
        (Codes(), words.encode()),
        (Codes(), words.encode("gb18030")),
    ):
        kept, rest = b"", stream
        for size in sizes:
            kept, rest = kept + mask.feed(rest[:size]) + mask.flush(), rest[size:]
        kept += mask.feed(rest) + mask.flush()

        assert len(kept) == len(stream)
        assert_nothing_of(person, kept)
