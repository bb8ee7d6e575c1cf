"""Sounds as arrays: reading and writing WAV, joining, measuring. Mono, 16 bits."""

import io
import wave
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

SILENT_BELOW = 100.0
"""Root mean square (of 32,767) below which nobody hears anything; measured: espeak-ng speaks at 2,000 and more."""

MAX_BYTES = 40_000_000
"""Ten minutes; what is larger is no call."""

HEARD = b"."
"""What a loudspeaker on the network answers when a file was heard to its end."""

Samples = npt.NDArray[np.int16]


@dataclass(frozen=True)
class Sound:
    """``samples`` of one channel at ``rate`` a second."""

    rate: int
    samples: Samples

    @property
    def seconds(self) -> float:
        """How long it takes."""
        return len(self.samples) / self.rate

    @property
    def loudness(self) -> float:
        """Root mean square, 0 to 32,767."""
        if not len(self.samples):
            return 0.0
        return float(np.sqrt(np.mean(np.square(self.samples.astype(np.float64)))))

    @property
    def is_silent(self) -> bool:
        """Whether nobody would hear it."""
        return self.loudness < SILENT_BELOW


def read_wav(data: bytes) -> Sound:
    """A WAV file of 8 or 16 bits, one channel or two, of any usual rate; a wrong length in its head does no harm.

    Raises:
        ValueError: It is none.
    """
    if len(data) > MAX_BYTES:
        raise ValueError("too long")
    try:
        with wave.open(io.BytesIO(data)) as file:
            channels, width, rate = file.getnchannels(), file.getsampwidth(), file.getframerate()
            raw = file.readframes(min(file.getnframes(), len(data)))
    except (wave.Error, EOFError, RuntimeError) as error:  # the last: a chunk that is longer than its file
        raise ValueError("no WAV file") from error
    if width not in {1, 2} or channels not in {1, 2} or not 4_000 <= rate <= 192_000:
        raise ValueError("a kind of WAV file that is not known")
    raw = raw[: len(raw) // (width * channels) * width * channels]
    if width == 1:
        samples = ((np.frombuffer(raw, np.uint8).astype(np.int16) - 128) * 256).astype(np.int16)
    else:
        samples = np.frombuffer(raw, "<i2").astype(np.int16)
    if channels == 2:
        samples = samples.reshape(-1, 2).mean(axis=1).astype(np.int16)
    return Sound(rate, samples)


def write_wav(sound: Sound) -> bytes:
    """The sound as a WAV file."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(sound.rate)
        file.writeframes(sound.samples.astype("<i2").tobytes())
    return out.getvalue()


def join(sounds: Sequence[Sound], *, gap: float = 0.03) -> Sound:
    """One after the other with ``gap`` seconds between, at the rate of the first.

    Raises:
        ValueError: There is none.
    """
    if not sounds:
        raise ValueError("nothing to join")
    rate = sounds[0].rate
    pause = np.zeros(int(rate * gap), np.int16)
    parts: list[Samples] = []
    for sound in sounds:
        parts += [_at(sound, rate), pause]
    return Sound(rate, np.concatenate(parts[:-1]))


def _at(sound: Sound, rate: int) -> Samples:
    if sound.rate == rate or not len(sound.samples):
        return sound.samples
    length = max(1, round(len(sound.samples) * rate / sound.rate))
    places = np.linspace(0, len(sound.samples) - 1, length)
    return np.interp(places, np.arange(len(sound.samples)), sound.samples).astype(np.int16)
