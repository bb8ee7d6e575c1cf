"""Clips and engines: neither may be silent."""

import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from drivers.contracts import Announcement
from drivers.errors import DeviceError, Fault
from drivers.voice import sentences
from drivers.voice.sound import Sound, write_wav
from drivers.voice.sources import Clips, SpeechEngine, find_engine

CALL = Announcement("A017", "3")
SILENT_FILE = """
import sys, wave
file = wave.open(sys.stdout.buffer, "wb")
file.setparams((1, 2, 8000, 8, "NONE", ""))
file.writeframes(bytes(16))
"""


def _record(folder: Path, language: str, *, silent: str = "", without: str = "", broken: str = "") -> None:
    (folder / language).mkdir(parents=True)
    loud = Sound(8_000, np.full(800, 5_000, np.int16))
    for name in sentences.CLIPS[language]:
        if name == without:
            continue
        sound = Sound(8_000, np.zeros(800, np.int16)) if name == silent else loud
        (folder / language / f"{name}.wav").write_bytes(b"RIFFxxxx" if name == broken else write_wav(sound))


def test_recorded_clips_make_the_whole_call(tmp_path: Path) -> None:
    _record(tmp_path, "zh")
    clips = Clips(tmp_path)
    assert clips.missing("zh") == ()
    said = clips.say(CALL, "zh")
    assert said is not None
    assert said.seconds == pytest.approx(8 * 0.1 + 7 * 0.03, abs=0.01)
    assert clips.missing("en") == sentences.CLIPS["en"]


def test_silent_broken_and_lacking_clips_are_missing(tmp_path: Path) -> None:
    _record(tmp_path, "zh", silent="7", without="please", broken="B")
    clips = Clips(tmp_path)
    assert set(clips.missing("zh")) == {"7", "please", "B"}
    assert clips.say(CALL, "zh") is None


def test_the_machines_engine_speaks_both_languages_aloud_and_longer_numbers_take_longer() -> None:
    engine = find_engine("voice")
    assert engine is not None, "espeak-ng is part of the set-up"
    for language in sentences.LANGUAGES:
        short = engine.say(sentences.text(Announcement("A1", "3"), language), language, cancel=threading.Event())
        long = engine.say(sentences.text(Announcement("A1234567", "3"), language), language, cancel=threading.Event())
        assert short.loudness > 1_000
        assert long.seconds > short.seconds + 1


@pytest.mark.parametrize(
    ("program", "fault", "code"),
    [
        ("import sys; sys.stdout.buffer.write(b'no sound')", Fault.REFUSED, "no_voice"),
        ("raise SystemExit(3)", Fault.REFUSED, "no_voice"),
        (
            SILENT_FILE,
            Fault.REFUSED,
            "no_voice",
        ),
    ],
)
def test_an_engine_that_says_nothing_is_no_engine(program: str, fault: Fault, code: str) -> None:
    with pytest.raises(DeviceError) as caught:
        SpeechEngine("voice", (sys.executable, "-c", program)).say("x", "zh", cancel=threading.Event())
    assert (caught.value.fault, caught.value.code) == (fault, code)


def test_an_engine_that_hangs_ends_when_the_call_is_taken_back() -> None:
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(DeviceError) as caught:
        SpeechEngine("voice", (sys.executable, "-c", "import time; time.sleep(60)")).say("x", "zh", cancel=cancel)
    assert caught.value.fault is Fault.CANCELLED


def test_a_program_that_is_not_installed_is_no_engine() -> None:
    assert find_engine("voice", ("no-such-program",)) is None
    with pytest.raises(DeviceError) as caught:
        SpeechEngine("voice", ("/nonexistent/engine",)).say("x", "zh", cancel=threading.Event())
    assert caught.value.code == "no_voice"
