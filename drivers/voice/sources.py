"""Where the sound of a call comes from: recorded clips, or a speech engine of this machine. Neither may be silent."""

import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from drivers.contracts import Announcement
from drivers.errors import DeviceError, Fault
from drivers.voice import sentences
from drivers.voice.sound import Sound, join, read_wav

SPEAKS_WITHIN = 10.0
"""Seconds within which an engine must have made a sentence."""

VOICES = {"zh": "cmn", "en": "en"}
"""What ``{voice}`` in an engine's command stands for (espeak-ng's names)."""

ESPEAK = ("espeak-ng", "-v", "{voice}", "-s", "140", "--stdin", "--stdout")

_SAPI = (
    "Add-Type -AssemblyName System.Speech; $s = New-Object System.Speech.Synthesis.SpeechSynthesizer; "
    "$s.SelectVoiceByHints(0, 0, 0, [Globalization.CultureInfo]'{culture}'); $m = New-Object IO.MemoryStream; "
    "$s.SetOutputToWaveStream($m); [Console]::InputEncoding = [Text.Encoding]::UTF8; "
    "$s.Speak([Console]::In.ReadToEnd()); $m.WriteTo([Console]::OpenStandardOutput())"
)
_CULTURES = {"zh": "zh-CN", "en": "en-US"}


class Clips:
    """A folder with one folder a language, ``zh/0.wav`` … (all names: ``sentences.CLIPS``).

    A file that is no WAV, or silent, counts as missing.
    """

    def __init__(self, folder: Path) -> None:
        self._sounds: dict[tuple[str, str], Sound] = {}
        for language in sentences.LANGUAGES:
            for file in sorted((folder / language).glob("*.wav")):
                try:
                    sound = read_wav(file.read_bytes())
                except (ValueError, OSError):
                    continue
                if not sound.is_silent:
                    self._sounds[language, file.stem] = sound

    def missing(self, language: str) -> tuple[str, ...]:
        """The clips that are not there."""
        return tuple(name for name in sentences.CLIPS[language] if (language, name) not in self._sounds)

    def say(self, announcement: Announcement, language: str) -> Sound | None:
        """The call, or None when a clip of it is missing."""
        names = sentences.clips(announcement, language)
        sounds = [self._sounds.get((language, name)) for name in names]
        there = [sound for sound in sounds if sound is not None]
        return join(there) if len(there) == len(sounds) else None


class SpeechEngine:
    """A program that turns its standard input into a WAV file on its standard output.

    Args:
        device: The device's id, for errors.
        command: With ``{voice}`` for the language.
    """

    def __init__(self, device: str, command: Sequence[str]) -> None:
        self._device = device
        self._command = tuple(command)

    @property
    def name(self) -> str:
        """The program, for the device check."""
        return Path(self._command[0]).stem

    def say(self, text: str, language: str, *, cancel: threading.Event) -> Sound:
        """Make the sound of ``text``.

        Raises:
            DeviceError: ``REFUSED``/``no_voice`` when the program cannot be run, says nothing, or is silent;
                ``TIMEOUT``; ``CANCELLED``.
        """
        places = {"{voice}": VOICES.get(language, language), "{culture}": _CULTURES.get(language, language)}
        command = list(self._command)
        for place, value in places.items():
            command = [part.replace(place, value) for part in command]
        try:
            process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        except OSError as error:
            raise DeviceError(self._device, Fault.REFUSED, "no_voice", str(error.strerror)) from error
        data = self._finish(process, text.encode(), cancel)
        try:
            sound = read_wav(data)
        except ValueError as error:
            raise DeviceError(self._device, Fault.REFUSED, "no_voice", f"{self.name}: {error}") from error
        if sound.is_silent:
            raise DeviceError(self._device, Fault.REFUSED, "no_voice", f"{self.name} is silent")
        return sound

    def _finish(self, process: "subprocess.Popen[bytes]", text: bytes, cancel: threading.Event) -> bytes:
        until = time.monotonic() + SPEAKS_WITHIN
        asked: bytes | None = text
        while True:
            try:
                data, _ = process.communicate(asked, timeout=0.05)
            except subprocess.TimeoutExpired:
                asked = None
                if not cancel.is_set() and time.monotonic() < until:
                    continue
                process.kill()
                process.communicate()
                raise DeviceError(self._device, Fault.CANCELLED if cancel.is_set() else Fault.TIMEOUT) from None
            return data


def find_engine(device: str, command: Sequence[str] = ()) -> SpeechEngine | None:
    """The engine of the settings, or one that this machine has, or None."""
    if not command and sys.platform == "win32":
        command = ("powershell", "-NoProfile", "-Command", _SAPI)
    command = command or ESPEAK
    return SpeechEngine(device, command) if shutil.which(command[0]) else None
