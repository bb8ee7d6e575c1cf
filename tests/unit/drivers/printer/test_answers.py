"""What a printer says back, in whatever order."""

from hypothesis import given
from hypothesis import strategies as st

from drivers.printer import frames
from drivers.printer.answers import Answer, AnswerParser, Automatic, Consumed, Printed, RealTime

names = st.integers(0, frames.IDS - 1).map(frames.process_id)
statuses = st.sampled_from([byte for byte in range(256) if byte & 0x93 == 0x12])
automatics = st.tuples(
    st.sampled_from([0x10, 0x14, 0x18, 0x30]), *[st.sampled_from([byte for byte in range(256) if byte & 0x90 == 0])] * 3
).map(bytes)


def parse(data: bytes, pieces: int = 1) -> list[Answer]:
    parser = AnswerParser()
    return [answer for at in range(0, len(data), pieces) for answer in parser.feed(data[at : at + pieces])]


def printed(name: bytes) -> bytes:
    return b"\x37\x22" + name + b"\x00"


def test_each_answer_alone() -> None:
    assert parse(b"\x12") == [RealTime(0x12)]
    assert parse(printed(b"@ABO")) == [Printed(b"@ABO")]
    assert parse(b"\x0c") == [Consumed(0x0C)]
    assert parse(b"\x14\x00\x0f\x0f") == [Automatic(b"\x14\x00\x0f\x0f")]


@given(names, statuses, st.integers(0, 7), automatics, st.integers(0, 8), st.integers(1, 9))
def test_a_status_in_the_middle_of_an_id_disturbs_neither(
    name: bytes, status: int, place: int, automatic: bytes, other: int, pieces: int
) -> None:
    data = printed(name)
    data = data[:place] + bytes([status]) + data[place:]
    data = data[:other] + automatic + data[other:]

    assert sorted(map(repr, parse(data, pieces))) == sorted(
        map(repr, [Printed(name), RealTime(status), Automatic(automatic)])
    )


@given(st.lists(st.one_of(names.map(printed), statuses.map(lambda byte: bytes([byte])))), st.integers(1, 9))
def test_many_answers_in_pieces_keep_their_order(parts: list[bytes], pieces: int) -> None:
    wanted = [Printed(part[2:6]) if len(part) > 1 else RealTime(part[0]) for part in parts]

    assert parse(b"".join(parts), pieces) == wanted


@given(st.binary(max_size=60), names)
def test_noise_before_an_id_costs_at_most_that_id(noise: bytes, name: bytes) -> None:
    assert Printed(name) in parse(noise + printed(name) + printed(name) + printed(name))


def test_a_broken_id_confirms_nothing() -> None:
    assert parse(b"\x37\x22@ABC\x01") == []
    assert Printed(b"@ABC") not in parse(b"\x37\x21@ABC\x00")


def test_an_automatic_status_cut_short_does_not_eat_what_follows() -> None:
    assert parse(b"\x10\x00" + b"\xff" + printed(b"@ABC"))[-1] == Printed(b"@ABC")
