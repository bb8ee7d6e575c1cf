import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.id_card import frames

payloads = st.binary(min_size=2, max_size=300).filter(lambda payload: not payload.startswith(b"\x05\x05\x05"))
noises = st.binary(max_size=40).filter(lambda noise: frames.PREAMBLE not in noise)


def split(data: bytes, cuts: list[int]) -> list[bytes]:
    places = sorted({cut % (len(data) + 1) for cut in cuts} | {0, len(data)})
    return [data[start:end] for start, end in itertools.pairwise(places)]


@pytest.mark.parametrize(
    ("payload", "frame"),
    [
        (frames.RESET, "00 03 10 FF EC"),
        (frames.STATUS, "00 03 11 FF ED"),
        (frames.SAM_ID, "00 03 12 FF EE"),
        (frames.FIND, "00 03 20 01 22"),
        (frames.SELECT, "00 03 20 02 21"),
        (frames.READ, "00 03 30 01 32"),
        (frames.READ_WITH_FINGERPRINTS, "00 03 30 10 23"),
        (frames.READ_APPENDED_ADDRESS, "00 03 30 03 30"),
        (frames.SET_BAUD + b"\x04", "00 03 60 04 67"),
        (frames.SET_RF_SIZE + b"\x50", "00 04 61 FF 50 CA"),
        (frames.answer(frames.DONE), "00 04 00 00 90 94"),
        (frames.answer(frames.FOUND, bytes(4)), "00 08 00 00 9F 00 00 00 00 97"),
        (frames.answer(frames.DONE, bytes(8)), "00 0C 00 00 90 00 00 00 00 00 00 00 00 9C"),
        (frames.answer(frames.NOT_FOUND), "00 04 00 00 80 84"),
        (frames.answer(frames.NOT_AUTHORISED), "00 04 00 00 66 62"),
    ],
)
def test_known_frames_of_the_command_set(payload: bytes, frame: str) -> None:
    assert frames.encode(payload) == frames.PREAMBLE + bytes.fromhex(frame)
    assert frames.FrameDecoder().feed(frames.encode(payload)) == [payload]


@given(st.lists(payloads, min_size=1, max_size=4), st.lists(st.integers(0, 5000), max_size=12))
def test_frames_come_out_whole_however_the_bytes_are_cut(sent: list[bytes], cuts: list[int]) -> None:
    decoder = frames.FrameDecoder()
    whole = b"".join(map(frames.encode, sent))

    assert [payload for piece in split(whole, cuts) for payload in decoder.feed(piece)] == sent
    assert decoder.damaged == 0


@given(noises, payloads, st.lists(st.integers(0, 5000), max_size=12))
def test_noise_before_the_preamble_is_skipped(noise: bytes, payload: bytes, cuts: list[int]) -> None:
    decoder = frames.FrameDecoder()
    whole = noise + frames.encode(payload)
    got = [payload for piece in split(whole, cuts) for payload in decoder.feed(piece)]

    assert got + decoder.give_up() == [payload]


@pytest.mark.parametrize("stray", range(6))
def test_stray_aa_bytes_before_the_preamble_do_not_hide_it(stray: int) -> None:
    assert frames.FrameDecoder().feed(b"\xaa" * stray + frames.encode(frames.FIND)) == [frames.FIND]


@given(payloads, st.data())
def test_one_damaged_byte_never_gives_a_payload(payload: bytes, data: st.DataObject) -> None:
    frame = bytearray(frames.encode(payload))
    at = data.draw(st.integers(frames.HEAD, len(frame) - 1))
    frame[at] ^= data.draw(st.integers(1, 255))
    decoder = frames.FrameDecoder()

    assert decoder.feed(bytes(frame)) == []
    assert decoder.damaged == 1


@given(payloads, payloads, st.data())
def test_the_frame_after_a_damaged_one_is_found(first: bytes, second: bytes, data: st.DataObject) -> None:
    frame = bytearray(frames.encode(first))
    frame[data.draw(st.integers(frames.HEAD, len(frame) - 1))] ^= 0x55
    decoder = frames.FrameDecoder()

    assert decoder.feed(bytes(frame) + frames.encode(second)) == [second]


def test_a_start_that_announces_too_much_is_left_at_once() -> None:
    false_start = frames.PREAMBLE + b"\xff\xff"

    assert frames.FrameDecoder().feed(false_start + frames.encode(frames.FIND)) == [frames.FIND]


def test_a_start_that_announces_more_than_comes_is_left_when_no_more_comes() -> None:
    decoder = frames.FrameDecoder()

    assert decoder.feed(frames.PREAMBLE + b"\x05\x08" + frames.encode(frames.FIND)) == []
    assert decoder.give_up() == [frames.FIND]
    assert decoder.damaged == 1
    assert decoder.feed(frames.encode(frames.SELECT)) == [frames.SELECT]


def test_half_a_frame_counts_as_damaged_when_no_more_comes() -> None:
    decoder = frames.FrameDecoder()
    decoder.feed(frames.encode(frames.answer(frames.DONE, bytes(16)))[:-3])

    assert decoder.give_up() == []
    assert decoder.damaged == 1


@pytest.mark.parametrize("cut", range(1, 10))
def test_the_early_timeout_frame_means_no_card(cut: int) -> None:
    decoder = frames.FrameDecoder()
    got = decoder.feed(frames.EARLY_TIMEOUT[:cut]) + decoder.feed(frames.EARLY_TIMEOUT[cut:] + b"\xaa\xaa")

    assert got == [frames.NO_CARD]
    assert decoder.feed(frames.encode(frames.FIND)[2:]) == [frames.FIND]


def test_an_ordinary_frame_of_the_same_length_is_not_taken_for_the_early_timeout() -> None:
    payload = b"\x00\x05\x05\x05"

    assert frames.FrameDecoder().feed(frames.encode(payload)) == [payload]


@given(st.binary(max_size=300), st.binary(max_size=300), st.none() | st.binary(max_size=300))
def test_read_data_comes_apart_as_it_was_put_together(text: bytes, photo: bytes, fingerprints: bytes | None) -> None:
    data = frames.read_data(text, photo, fingerprints)

    assert frames.split_read_data(data, fingerprints=fingerprints is not None) == (text, photo)


def test_frames_of_a_read_have_the_known_sizes() -> None:
    def size(fingerprints: bytes | None) -> int:
        return len(frames.encode(frames.answer(frames.DONE, frames.read_data(bytes(256), bytes(1024), fingerprints))))

    assert (size(None), size(b""), size(bytes(1024))) == (1295, 1297, 2321)


@pytest.mark.parametrize("data", [b"", b"\x01\x00\x04\x00" + bytes(100), b"\x00\x01\x00\x00ab"])
def test_read_data_whose_lengths_do_not_add_up_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="announce"):
        frames.split_read_data(data, fingerprints=False)


def test_the_sam_number_is_written_as_makers_print_it() -> None:
    data = b"".join(
        [
            (5).to_bytes(2, "little"),
            (1).to_bytes(2, "little"),
            (20110916).to_bytes(4, "little"),
            (12345).to_bytes(4, "little"),
            (1234567890).to_bytes(4, "little"),
        ]
    )

    assert frames.sam_serial(data) == "05.01-20110916-0000012345-1234567890"
    with pytest.raises(ValueError, match="15 bytes"):
        frames.sam_serial(data[:-1])


def test_a_payload_without_a_status_has_none() -> None:
    assert frames.status_of(b"\x00\x00") == -1
