"""The parts of a stream, whatever a camera makes of the rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.camera.multipart import MAX_HEADER, MultipartDecoder, boundary_of

JPEG = b"\xff\xd8" + b"\x00picture" * 9 + b"\xff\xd9"
OTHER = b"\xff\xd8" + b"another" * 5 + b"\xff\xd9"

STREAMS = {
    "as written": (b"x", b"--x\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n%s\r\n"),
    "no length": (b"x", b"--x\r\nContent-Type: image/jpeg\r\n\r\n%s\r\n"),
    "line feeds": (b"x", b"--x\nContent-Type: image/jpeg\nContent-Length: %d\n\n%s\n"),
    "dashes more": (b"x", b"----x\r\nContent-Type: image/jpeg\r\n\r\n%s\r\n"),
    "no line end behind the body": (b"x", b"--x\r\nContent-Length: %d\r\n\r\n%s"),
    "no header": (b"x", b"--x\r\n\r\n%s\r\n"),
    "lower case": (b"x", b"--x\r\ncontent-length:%d\r\n\r\n%s\r\n"),
    "boundary not told": (b"", b"--surprise\r\nContent-Length: %d\r\n\r\n%s\r\n"),
    "length told too small": (b"x", b"--x\r\nContent-Length: 3\r\n\r\n%s\r\n"),
    "length told too large": (b"x", b"--x\r\nContent-Length: 99\r\n\r\n%s\r\n"),
}


def part(form: bytes, body: bytes) -> bytes:
    return form % ((len(body), body) if b"%d" in form else (body,))


@pytest.mark.parametrize("quirk", STREAMS)
@pytest.mark.parametrize("step", [1, 7, 10_000])
def test_frames_come_out_whole_whatever_the_camera_does(quirk: str, step: int) -> None:
    boundary, form = STREAMS[quirk]
    stream = b"".join(part(form, body) for body in (JPEG, OTHER, JPEG)) + part(form, b"\xff\xd8tail")
    decoder = MultipartDecoder(boundary)

    found = [body for at in range(0, len(stream), step) for body in decoder.feed(stream[at : at + step])]

    assert found[:3] == [JPEG, OTHER, JPEG]


@given(
    st.lists(st.binary(min_size=1, max_size=200).filter(lambda b: b"--frame" not in b), min_size=1, max_size=5),
    st.lists(st.integers(1, 60), min_size=1, max_size=20),
)
def test_any_bodies_survive_any_cutting(bodies: list[bytes], cuts: list[int]) -> None:
    stream = b"".join(b"--frame\r\nContent-Length: %d\r\n\r\n%s\r\n" % (len(b), b) for b in bodies) + b"--frame--"
    decoder, found, at, n = MultipartDecoder(b"frame"), list[bytes](), 0, 0
    while at < len(stream):
        step = cuts[n % len(cuts)]
        found += decoder.feed(stream[at : at + step])
        at, n = at + step, n + 1

    assert found == bodies


@given(st.lists(st.binary(max_size=120), max_size=12))
def test_rubbish_upsets_nothing_and_does_not_grow(pieces: list[bytes]) -> None:
    decoder = MultipartDecoder(b"frame", max_part=500)
    for piece in pieces * 4:
        list(decoder.feed(piece))
        assert len(decoder._buffer) < MAX_HEADER + 2_000


@pytest.mark.parametrize("told", [b"Content-Length: 100000\r\n", b""])
def test_a_part_that_is_too_long_is_skipped_and_the_next_one_comes(told: bytes) -> None:
    decoder = MultipartDecoder(b"x", max_part=1000)
    stream = b"--x\r\n" + told + b"\r\n" + b"A" * 3000 + b"\r\n" + part(STREAMS["as written"][1], JPEG) + b"--x"

    found = [body for at in range(0, len(stream), 50) for body in decoder.feed(stream[at : at + 50])]

    assert found == [JPEG]
    assert decoder.damaged >= 1


def test_a_frame_comes_without_waiting_for_the_next_boundary() -> None:
    decoder = MultipartDecoder(b"x")

    assert list(decoder.feed(part(STREAMS["as written"][1], JPEG))) == [JPEG]


@pytest.mark.parametrize(
    ("header", "boundary"),
    [
        ("multipart/x-mixed-replace; boundary=frame", b"frame"),
        ("multipart/x-mixed-replace;boundary=--frame", b"frame"),
        ('multipart/x-mixed-replace; boundary="my frame"', b"my frame"),
        ("multipart/x-mixed-replace", None),
        ("multipart/x-mixed-replace; boundary=", None),
        ("image/jpeg; boundary=x", None),
    ],
)
def test_the_boundary_is_taken_from_the_header(header: str, boundary: bytes | None) -> None:
    assert boundary_of(header) == boundary
