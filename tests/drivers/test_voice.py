"""What a loudspeaker hears: energy, order, one after the other, and each fault of it."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from drivers.contracts import Announcement, DeviceConfig
from drivers.emulators.process import EmulatorProcess
from drivers.errors import DeviceError, DeviceState, Fault
from drivers.voice import sentences
from drivers.voice.driver import SpokenCalls
from drivers.voice.sound import Sound, read_wav, write_wav

RATE = 16_000
PITCH = {name: 400 + 60 * place for place, name in enumerate(sentences.CLIPS["zh"])}
"""Each clip is a tone of its own, so that what was heard can be read back."""


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clips")
    (folder / "zh").mkdir()
    times = np.arange(int(RATE * 0.15)) / RATE
    for name, hertz in PITCH.items():
        tone = (np.sin(2 * np.pi * hertz * times) * 9_000).astype(np.int16)
        (folder / "zh" / f"{name}.wav").write_bytes(write_wav(Sound(RATE, tone)))
    return folder


@pytest.fixture
def speaker() -> Iterator[EmulatorProcess]:
    with EmulatorProcess("voice", "--speed", "10") as emulator:
        yield emulator


def _open(url: str, clips: Path, **options: str) -> SpokenCalls:
    voice = SpokenCalls(DeviceConfig("voice", "voice", "spoken", url, options={"clips": str(clips), **options}))
    voice.open()
    return voice


def _heard(emulator: EmulatorProcess) -> list[dict[str, object]]:
    rows = json.loads(emulator.request("GET", "/spoken"))
    assert isinstance(rows, list)
    return rows


def _read_tones(sound: Sound) -> list[str]:
    """The clips in a sound, by the pitch of each loud stretch."""
    window = int(RATE * 0.01)
    loud = [
        float(np.abs(sound.samples[at : at + window]).max()) > 1_000
        for at in range(0, len(sound.samples) - window, window)
    ]
    names, start = [], None
    for place, is_loud in enumerate([*loud, False]):
        if is_loud and start is None:
            start = place
        elif not is_loud and start is not None:
            stretch = sound.samples[(start + 1) * window : (place - 1) * window].astype(np.float64)
            spectrum = np.abs(np.fft.rfft(stretch * np.hanning(len(stretch)), RATE))
            hertz = float(np.argmax(spectrum))
            names.append(min(PITCH, key=lambda name: abs(PITCH[name] - hertz)))
            start = None
    return names


def test_a_call_is_heard_in_the_order_of_its_digits(speaker: EmulatorProcess, clips: Path) -> None:
    voice = _open(speaker.url, clips, engine="none")
    voice.say(Announcement("A017", "12", ("zh",)), cancel=threading.Event())
    sound = read_wav(speaker.request("GET", "/last.wav"))
    assert _read_tones(sound) == ["please", "A", "0", "1", "7", "number_to", "1", "2", "window"]
    assert sound.loudness > 2_000
    assert voice.health().code == "no_voice"  # English can neither be played nor spoken, and the check says so
    assert voice.health().facts == {"zh": "clips", "missing_clips": str(len(sentences.CLIPS["en"]))}


def test_the_engine_speaks_the_language_that_was_not_recorded_and_nothing_is_silent(
    speaker: EmulatorProcess, clips: Path
) -> None:
    voice = _open(speaker.url, clips)
    voice.say(Announcement("A017", "3"), cancel=threading.Event())
    zh, en = _heard(speaker)
    assert (zh["whole"], en["whole"]) == (True, True)
    assert float(str(zh["loudness"])) > 1_000
    assert float(str(en["loudness"])) > 1_000
    health = voice.health()
    assert (health.state, health.code) == (DeviceState.READY, "")
    assert (health.facts["zh"], health.facts["en"]) == ("clips", "engine")


def test_calls_never_overlap(speaker: EmulatorProcess, clips: Path) -> None:
    voice = _open(speaker.url, clips, engine="none")
    calls = [
        threading.Thread(
            target=voice.say, args=(Announcement(f"A0{number}", "3", ("zh",)),), kwargs={"cancel": threading.Event()}
        )
        for number in range(10, 16)
    ]
    for call in calls:
        call.start()
    for call in calls:
        call.join(30)
    rows = _heard(speaker)
    assert len(rows) == 6
    assert all(row["whole"] and not row["overlapped"] for row in rows)


def test_a_call_that_is_taken_back_falls_silent_and_the_next_is_heard(speaker: EmulatorProcess, clips: Path) -> None:
    voice = _open(speaker.url, clips, engine="none")
    speaker.set_fault("slow")
    cancel = threading.Event()
    threading.Timer(0.2, cancel.set).start()
    with pytest.raises(DeviceError) as caught:
        voice.say(Announcement("A12345678901234567890", "3", ("zh",)), cancel=cancel)
    assert caught.value.fault is Fault.CANCELLED
    speaker.set_fault(None)
    voice.say(Announcement("A2", "3", ("zh",)), cancel=threading.Event())
    assert [row["whole"] for row in _heard(speaker)] == [False, True]


def test_a_clip_that_is_missing_is_spoken_by_the_engine_instead(speaker: EmulatorProcess, clips: Path) -> None:
    voice = _open(speaker.url, clips)
    voice.say(Announcement("综017", "3", ("zh",)), cancel=threading.Event())
    assert float(str(_heard(speaker)[0]["loudness"])) > 1_000


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ("silent", Fault.TIMEOUT),
        ("garbled", Fault.GARBLED),
        ("busy", Fault.ABSENT),
        ("hangs_up", Fault.ABSENT),
    ],
)
def test_each_fault_of_a_loudspeaker_has_its_name_and_the_next_call_is_heard(
    speaker: EmulatorProcess, clips: Path, fault: str, expected: Fault
) -> None:
    voice = _open(speaker.url, clips, engine="none")
    speaker.set_fault(fault)
    with pytest.raises(DeviceError) as caught:
        voice.say(Announcement("A2", "3", ("zh",)), cancel=threading.Event())
    assert caught.value.fault is expected
    speaker.set_fault(None)
    voice.say(Announcement("A3", "3", ("zh",)), cancel=threading.Event())
    assert _heard(speaker)[-1]["whole"] is True


def test_unplugged_it_is_no_sound_and_back_it_speaks_again(clips: Path) -> None:
    with EmulatorProcess("voice", "--speed", "10") as emulator:
        voice = _open(emulator.url, clips, engine="none")
        port = emulator.url.rpartition(":")[2]
    health = voice.health()
    assert (health.state, health.code) == (DeviceState.OFFLINE, "no_sound")
    with pytest.raises(DeviceError) as caught:
        voice.say(Announcement("A2", "3", ("zh",)), cancel=threading.Event())
    assert caught.value.fault is Fault.ABSENT
    with EmulatorProcess("voice", "--speed", "10", "--port", port) as emulator:
        voice.open()
        voice.say(Announcement("A2", "3", ("zh",)), cancel=threading.Event())
        assert _heard(emulator)[-1]["whole"] is True
