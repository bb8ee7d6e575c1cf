"""WAV files: read, written, joined, measured."""

import io
import struct
import wave

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.voice.sound import Sound, join, read_wav, write_wav


def _tone(hertz: float, seconds: float = 0.1, rate: int = 16_000, height: float = 8_000) -> Sound:
    times = np.arange(int(rate * seconds)) / rate
    return Sound(rate, (np.sin(2 * np.pi * hertz * times) * height).astype(np.int16))


def test_what_was_written_is_read_again() -> None:
    sound = _tone(440)
    again = read_wav(write_wav(sound))
    assert again.rate == sound.rate
    assert np.array_equal(again.samples, sound.samples)


def test_a_wrong_length_in_the_head_does_no_harm() -> None:
    data = bytearray(write_wav(_tone(440)))
    data[4:8] = struct.pack("<I", 0x7FFFF024)
    data[40:44] = struct.pack("<I", 0x7FFFF000)
    assert len(read_wav(bytes(data)).samples) == 1_600


def _file(channels: int, width: int, frames: bytes) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setparams((channels, width, 16_000, 0, "NONE", ""))
        file.writeframes(frames)
    return out.getvalue()


def test_two_channels_and_eight_bits_become_one_channel_of_sixteen() -> None:
    mono = _tone(440)
    stereo = np.repeat(mono.samples, 2).astype("<i2").tobytes()
    assert np.array_equal(read_wav(_file(2, 2, stereo)).samples, mono.samples)
    eight = ((mono.samples // 256) + 128).astype(np.uint8).tobytes()
    assert read_wav(_file(1, 1, eight)).loudness == pytest.approx(mono.loudness, rel=0.05)


def test_silence_is_noticed() -> None:
    assert Sound(16_000, np.zeros(16_000, np.int16)).is_silent
    assert Sound(16_000, np.zeros(0, np.int16)).is_silent
    assert not _tone(440).is_silent


def test_sounds_of_different_rates_are_joined_at_the_first_ones() -> None:
    joined = join([_tone(440, 0.1, 16_000), _tone(440, 0.1, 8_000)], gap=0.05)
    assert joined.rate == 16_000
    assert joined.seconds == pytest.approx(0.25, abs=0.001)
    assert joined.loudness == pytest.approx(_tone(440).loudness * (0.2 / 0.25) ** 0.5, rel=0.02)


def test_nothing_cannot_be_joined() -> None:
    with pytest.raises(ValueError, match="nothing"):
        join([])


@given(st.binary(max_size=300), st.integers(0, 60))
def test_damaged_files_are_refused_or_read_and_nothing_else(noise: bytes, place: int) -> None:
    good = write_wav(_tone(440, 0.01))
    for data in (noise, good[:place], good[:place] + noise + good[place + len(noise) :]):
        try:
            sound = read_wav(data)
        except ValueError:
            continue
        assert sound.samples.dtype == np.int16
