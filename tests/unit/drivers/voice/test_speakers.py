"""Players: programs that take a WAV file."""

import sys
import threading
from pathlib import Path

import pytest

from drivers.errors import DeviceError, Fault
from drivers.voice.speakers import ProgramSpeaker, WindowsSpeaker, own_speaker


def test_a_player_gets_the_whole_file(tmp_path: Path) -> None:
    out = tmp_path / "heard"
    program = f"import sys, pathlib; pathlib.Path({str(out)!r}).write_bytes(sys.stdin.buffer.read())"
    speaker = ProgramSpeaker("voice", (sys.executable, "-c", program))
    assert speaker.is_there
    speaker.play(b"w" * 300_000, 0.1, cancel=threading.Event())
    assert out.read_bytes() == b"w" * 300_000


def test_a_player_that_takes_the_sound_as_it_plays_gets_all_of_it() -> None:
    program = "import sys, time; time.sleep(0.3); sys.exit(len(sys.stdin.buffer.read()) != 300_000)"
    ProgramSpeaker("voice", (sys.executable, "-c", program)).play(b"w" * 300_000, 1, cancel=threading.Event())


def test_a_player_that_fails_is_no_sound() -> None:
    with pytest.raises(DeviceError) as caught:
        ProgramSpeaker("voice", (sys.executable, "-c", "raise SystemExit(1)")).play(b"", 0, cancel=threading.Event())
    assert (caught.value.fault, caught.value.code) == (Fault.ABSENT, "no_sound")
    with pytest.raises(DeviceError) as caught:
        ProgramSpeaker("voice", ("/nonexistent/player",)).play(b"", 0, cancel=threading.Event())
    assert caught.value.code == "no_sound"
    assert not ProgramSpeaker("voice", ("/nonexistent/player",)).is_there


def test_a_player_is_silenced_when_the_call_is_taken_back() -> None:
    cancel = threading.Event()
    threading.Timer(0.2, cancel.set).start()
    with pytest.raises(DeviceError) as caught:
        ProgramSpeaker("voice", (sys.executable, "-c", "import time; time.sleep(60)")).play(b"x", 60, cancel=cancel)
    assert caught.value.fault is Fault.CANCELLED


def test_the_player_of_the_settings_wins() -> None:
    assert own_speaker("voice", (sys.executable,)).is_there


@pytest.mark.skipif(sys.platform == "win32", reason="tells what other systems do")
def test_windows_own_player_is_for_windows() -> None:
    assert not WindowsSpeaker("voice").is_there
    with pytest.raises(DeviceError) as caught:
        WindowsSpeaker("voice").play(b"", 0, cancel=threading.Event())
    assert caught.value.code == "unsupported"
