import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.display import onbon

EXAMPLE = bytes.fromhex(
    "A306012D0000012900 0000000000180020000000000200000000 02020300 0405 0E000000 3031323334355152535454562742"
)


def crc_of(data: bytes) -> str:
    """The CRC bytes as they stand in a frame of the data."""
    return onbon.unescaped(onbon.frame(data)[8:-1])[-2:].hex(" ").upper()


@pytest.mark.parametrize(
    ("data", "crc"),
    [
        (onbon.PING, "68 F8"),
        (onbon.CLEAR, "51 F8"),
        (onbon.brightness(8), "B8 94"),
        (bytes.fromhex("A3040106000001 50303030"), "42 6A"),
        (bytes.fromhex("A3040106000000 50303030"), "7F AA"),
        (EXAMPLE, "A8 7D"),
    ],
    ids=["ping", "clear", "brightness", "lock", "unlock", "example"],
)
def test_the_recomputed_vectors_come_out(data: bytes, crc: str) -> None:
    assert crc_of(data) == crc


def test_the_whole_ping_is_the_known_one() -> None:
    known = "A5 A5 A5 A5 A5 A5 A5 A5 01 00 00 80 00 00 00 00 00 00 FE 02 05 00 A2 00 01 00 00 68 F8 5A"

    assert onbon.frame(onbon.PING) == bytes.fromhex(known)


def test_an_area_lies_as_the_protocol_has_it() -> None:
    area = onbon.area(onbon.Area("A号", x=8, y=1, width=64, height=16, number=3, colour="red", align="centre", speed=5))

    assert area.hex(" ") == (
        "00 08 80 01 00 40 80 10 00 03 00 00 00 00 00 00 02 01 01 01 00 05 0a 06 00 00 00 5c 43 31 41 ba c5"
    )


def test_a_controller_shows_and_speaks_what_it_is_sent() -> None:
    controller = onbon.Controller()
    for spoken, said in ((None, []), ("", ["请A017号"]), ("A017 到 3 号窗口", ["A017 到 3 号窗口"])):
        controller.said.clear()
        area = onbon.area(onbon.Area("请A017号", colour="green", spoken=spoken))
        assert controller.take(onbon.text((area,))) == onbon.DONE
        assert (controller.text, controller.areas[0].colour, controller.said) == ("请A017号", "green", said)

    assert controller.take(onbon.CLEAR) == onbon.DONE
    assert controller.text == ""
    assert controller.take(onbon.brightness(3)) == onbon.DONE
    assert controller.brightness == 3
    assert controller.take(EXAMPLE) == onbon.DONE
    assert controller.take(b"\xa3\x77\x01\x00\x00") == onbon.UNKNOWN_COMMAND
    assert controller.take(b"\x77\x00\x01\x00\x00") == onbon.UNKNOWN_GROUP
    assert controller.take(onbon.text((area[:-1],))) == onbon.NO_MEMORY


def test_a_backslash_of_the_text_is_no_command() -> None:
    shown = onbon.shown_area(onbon.area(onbon.Area("\\C1 A\nB", lines=True)))

    assert (shown.text, shown.colour) == ("＼C1 A\nB", "")


@given(st.binary(max_size=120), st.lists(st.integers(0, 300), max_size=6), st.binary(max_size=20))
def test_data_comes_through_whatever_it_is_and_however_it_is_cut(data: bytes, cuts: list[int], noise: bytes) -> None:
    stream = noise.replace(onbon.END, b"") + onbon.frame(data)
    places = sorted({min(cut, len(stream)) for cut in cuts} | {0, len(stream)})
    frames, found = onbon.Frames(), list[bytes]()
    for start, end in itertools.pairwise(places):
        found += frames.feed(stream[start:end])

    assert len(found) == 1
    assert onbon.content(found[0]) == (1, 0x8000, data)
    assert stream[-len(onbon.frame(data)) + 8 : -1].count(b"\xa5") == 0


@given(st.binary(max_size=400))
def test_any_bytes_are_frames_or_damaged(data: bytes) -> None:
    controller = onbon.Controller()
    for body in onbon.Frames().feed(data + onbon.END):
        try:
            controller.take(onbon.content(body)[2])
        except onbon.Damaged:
            continue


@given(st.binary(max_size=120))
def test_any_command_has_an_answer(rest: bytes) -> None:
    controller = onbon.Controller()
    for head in (b"\xa3\x06\x01\x00\x00", b"\xa3\x02", b""):
        assert 0 <= controller.take(head + rest) <= 16
    try:
        onbon.answer(rest)
    except onbon.Damaged:
        return


@given(st.integers(0, 200), st.integers(1, 255))
def test_a_flipped_byte_is_noticed(at: int, flip: int) -> None:
    stream = bytearray(onbon.frame(onbon.text((onbon.area(onbon.Area("请A017号到3号窗口")),))))
    stream[at % len(stream)] ^= flip
    for body in onbon.Frames().feed(bytes(stream)):
        try:
            whole = onbon.content(body)
        except onbon.Damaged:
            continue
        assert at % len(stream) < 8 or whole[2].startswith(b"\xa3\x06")


@pytest.mark.parametrize("data", [b"", b"\xa0", b"\xa1\x00\x00", b"\xa0\x02\x00"])
def test_what_is_no_answer_is_damaged(data: bytes) -> None:
    with pytest.raises(onbon.Damaged):
        onbon.answer(data)


def test_yes_and_no_are_told_apart() -> None:
    for code, said in ((onbon.DONE, (True, 0)), (onbon.BUSY, (False, 3))):
        (body,) = onbon.Frames().feed(onbon.reply(code))
        assert onbon.answer(onbon.content(body)[2]) == said


@pytest.mark.parametrize(
    "area", [onbon.Area("A", width=0), onbon.Area("A", x=40000), onbon.Area("\U0001f600"), onbon.Area("A" * 1025)]
)
def test_an_area_that_cannot_be_is_refused(area: onbon.Area) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - also of encodings
        onbon.area(area)
