"""A recording answers as the device did."""

from drivers.printer.frames import ask_process_id
from drivers.recording_file import Line, Recording
from drivers.recording_replay import Replay, exchanges


def recording(*lines: Line, kind: str = "id_card") -> Recording:
    return Recording(kind, "", "serial", lines)


def asked(replay: Replay, *questions: bytes) -> list[bytes]:
    said: list[bytes] = []
    for question in questions:
        replay.take(question, said.append)
    return said


TWO = (
    Line(0, "out", b"Q1"),
    Line(9, "in", b"a"),
    Line(9.1, "out", b"Q2"),
    Line(9.2, "in", b"b"),
    Line(9.2, "in", b"c"),
)


def test_pauses_are_shortened_and_answers_stay_in_order() -> None:
    first, second = exchanges(TWO)

    assert (first.asked, first.answers) == (b"Q1", ((0.2, b"a"),))
    assert [data for _, data in second.answers] == [b"b", b"c"]


def test_a_question_is_answered_wherever_it_stands_also_in_pieces() -> None:
    assert asked(Replay(recording(*TWO)), b"Q", b"1") == [b"a"]
    assert asked(Replay(recording(*TWO)), b"Q2Q1") == [b"b", b"c", b"a"]
    assert asked(Replay(recording(*TWO)), b"zzQ2") == [b"b", b"c"]


def test_silence_is_silence_and_a_second_try_goes_on_behind_it() -> None:
    lines = (Line(0, "out", b"Q1"), Line(3, "out", b"Q1"), Line(3.1, "in", b"a"))

    assert asked(Replay(recording(*lines)), b"Q1") == []
    assert asked(Replay(recording(*lines)), b"Q1", b"Q1", b"Q1") == [b"a", b"a"]


def test_the_cable_comes_out_where_it_did() -> None:
    ended: list[bool] = []
    lines = (Line(0, "out", b"Q1"), Line(0.1, "note", b"", "read: absent/absent"))
    replay = Replay(recording(*lines), end=lambda: ended.append(True))

    assert asked(replay, b"Q1") == []
    assert ended == [True]


def test_a_printer_is_answered_by_the_number_of_bytes() -> None:
    replay = Replay(recording(*TWO, kind="printer"))

    assert asked(replay, b"x", b"yz", b"u") == [b"a", b"b", b"c"]


def test_what_came_unasked_comes_unasked() -> None:
    said: list[bytes] = []
    Replay(recording(Line(0, "in", b"hello"), *TWO)).begin(said.append)

    assert said == [b"hello"]


def test_a_printer_confirms_what_it_is_asked_for_now() -> None:
    said = Line(0.1, "in", b"\x37\x22@@@A\0"), Line(0.2, "in", b"\x37\x22@@@B\0")
    lines = (
        Line(0, "out", b"**" + ask_process_id(b"@@@A")),
        said[0],
        Line(0.1, "out", ask_process_id(b"@@@B")),
        said[1],
    )
    asked_now = b"xy" + ask_process_id(b"LMNO") + ask_process_id(b"LMON")
    replay = Replay(recording(*lines, kind="printer"))

    assert asked(replay, asked_now[:9], asked_now[9:]) == [b"\x37\x22LMNO\0", b"\x37\x22LMON\0"]
