"""Reading aloud, with a real process for an engine: it writes down what it was asked to say."""

import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from window_client.speech import KNOWN, Engine, Speech, find_engine

PATIENCE = 20.0

RECORDER = """
import sys, time
text = sys.stdin.buffer.read().decode()
with open(sys.argv[1], "a", encoding="utf-8") as book:
    book.write(f"{sys.argv[2]} {text}\\n")
if text.startswith("slow"):
    time.sleep(60)
sys.exit(3 if text.startswith("refused") else 0)
"""


class Room:
    """An engine that writes into a book instead of the air."""

    def __init__(self, folder: Path) -> None:
        program = folder / "recorder.py"
        program.write_text(RECORDER)
        self.book = folder / "book"
        self.engine = Engine((sys.executable, str(program), str(self.book), "{voice}"))
        self.silent = Event()
        self.speech = Speech(self.engine, self.silent.set)

    def said(self) -> list[str]:
        return self.book.read_text("utf-8").splitlines() if self.book.exists() else []

    def until(self, count: int) -> None:
        give_up = time.monotonic() + PATIENCE
        while len(self.said()) < count:
            assert time.monotonic() < give_up, f"only {self.said()}"
            time.sleep(0.02)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = Room(tmp_path)
    yield made
    made.speech.close()


def test_lines_are_said_one_after_another_in_the_voice_of_the_language(room: Room) -> None:
    room.speech.read(("请核对您的信息", "姓名，李明"), "zh")
    assert room.silent.wait(PATIENCE)
    room.silent.clear()
    room.speech.read(("Please check",), "en")
    assert room.silent.wait(PATIENCE)

    assert room.said() == ["cmn 请核对您的信息", "cmn 姓名，李明", "en Please check"]


def test_stopping_ends_the_line_that_is_being_said_and_drops_the_rest(room: Room) -> None:
    room.speech.read(("slow", "never said"), "zh")
    room.until(1)
    room.speech.stop()
    room.speech.read(("after",), "zh")
    assert room.silent.wait(PATIENCE)

    assert room.said() == ["cmn slow", "cmn after"]


def test_an_engine_that_refuses_ends_the_reading_and_not_the_program(room: Room) -> None:
    room.speech.read(("refused", "never said"), "zh")
    assert room.silent.wait(PATIENCE)
    room.silent.clear()
    room.speech.read(("again",), "zh")
    assert room.silent.wait(PATIENCE)

    assert room.said() == ["cmn refused", "cmn again"]


def test_an_engine_that_is_gone_ends_the_reading(tmp_path: Path) -> None:
    over = Event()
    speech = Speech(Engine((str(tmp_path / "nobody"),)), over.set)
    try:
        speech.read(("a",), "zh")
        assert over.wait(PATIENCE)
    finally:
        speech.close()


def test_the_text_is_never_on_a_command_line() -> None:
    for command in KNOWN:
        assert all("{text}" not in part for part in command)
        for language in ("zh", "en"):
            assert all("{" not in part for part in Engine(command).for_language(language))


def test_the_settings_decide_and_without_a_program_there_is_no_engine(tmp_path: Path) -> None:
    assert find_engine(()) is None
    assert find_engine((str(tmp_path / "nobody"), "--stdin")) is None
    assert find_engine((sys.executable, "-c", "pass")) == Engine((sys.executable, "-c", "pass"))


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
@pytest.mark.parametrize(("language", "text"), [("zh", "请核对您的信息"), ("en", "Please check")])
def test_the_engine_of_the_makefile_speaks_both_languages(tmp_path: Path, language: str, text: str) -> None:
    sound, over = tmp_path / "said.wav", Event()
    speech = Speech(Engine((*KNOWN[0], "-w", str(sound))), over.set)
    try:
        speech.read((text,), language)
        assert over.wait(PATIENCE)
    finally:
        speech.close()
    assert sound.read_bytes()[:4] == b"RIFF"
    assert sound.stat().st_size > 20_000, "something was said"
