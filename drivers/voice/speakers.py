"""What makes a sound heard: a player program of this machine, Windows itself, or a loudspeaker on the network.

A network loudspeaker takes one WAV file a connection and answers one full stop when it was heard.
"""

import contextlib
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from drivers.errors import DeviceError, Fault
from drivers.transport import SocketTransport, is_there
from drivers.voice.sound import HEARD

GRACE = 5.0
"""Seconds beyond the sound's own length before a speaker counts as hung."""

PLAYERS = (("pw-play", "-"), ("aplay", "-q", "-"))
"""Programs that play a WAV file from their standard input; the first one found is taken."""


class Speaker(Protocol):
    """Makes a WAV file heard."""

    @property
    def is_there(self) -> bool:
        """Whether a sound could be heard now, as far as can be told without a sound."""

    def play(self, wav: bytes, seconds: float, *, cancel: threading.Event) -> None:
        """Return when all of it was heard.

        Raises:
            DeviceError: ``ABSENT``/``no_sound``, ``TIMEOUT``, ``GARBLED``, ``CANCELLED``.
        """


class ProgramSpeaker:
    """A player program that takes a WAV file on its standard input."""

    def __init__(self, device: str, command: Sequence[str]) -> None:
        self._device = device
        self._command = list(command)

    @property
    def is_there(self) -> bool:
        """Whether the program is installed; ``aplay`` also needs a sound card."""
        if not self._command or not shutil.which(self._command[0]):
            return False
        cards = Path("/proc/asound/cards")
        return self._command[0] != "aplay" or (cards.exists() and "no soundcards" not in cards.read_text())

    def play(self, wav: bytes, seconds: float, *, cancel: threading.Event) -> None:
        """Run the program; it is killed when the call is taken back."""
        with tempfile.TemporaryFile() as sound:  # a pipe holds less than a call, and players take it as they play
            sound.write(wav)
            sound.seek(0)
            try:
                process = subprocess.Popen(
                    self._command, stdin=sound, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
                )
            except (OSError, IndexError) as error:
                raise DeviceError(self._device, Fault.ABSENT, "no_sound", type(error).__name__) from error
        until = time.monotonic() + seconds + GRACE
        while True:
            try:
                process.wait(timeout=0.05)
                break
            except subprocess.TimeoutExpired:
                if cancel.is_set() or time.monotonic() > until:
                    process.kill()
                    process.wait()
                    raise DeviceError(self._device, Fault.CANCELLED if cancel.is_set() else Fault.TIMEOUT) from None
        if process.returncode:
            raise DeviceError(self._device, Fault.ABSENT, "no_sound", f"player ended with {process.returncode}")


class NetworkSpeaker:
    """A loudspeaker behind ``socket://host:port``."""

    def __init__(self, device: str, host: str, port: int) -> None:
        self._device, self._host, self._port = device, host, port

    @property
    def is_there(self) -> bool:
        """Whether it accepts a connection."""
        return is_there(f"socket://{self._host}:{self._port}")

    def play(self, wav: bytes, seconds: float, *, cancel: threading.Event) -> None:
        """Send the file and wait for its full stop; leaving early hangs up, which silences the speaker."""
        link = SocketTransport(self._device, self._host, self._port)
        try:
            link.write(wav)
            until = time.monotonic() + seconds + GRACE
            while not (answer := link.read(0.05)):
                if cancel.is_set() or time.monotonic() > until:
                    raise DeviceError(self._device, Fault.CANCELLED if cancel.is_set() else Fault.TIMEOUT)
            if answer != HEARD:
                raise DeviceError(self._device, Fault.GARBLED, detail="not a loudspeaker's answer")
        finally:
            link.close()


class WindowsSpeaker:
    """Windows' own player. Not verified on Windows."""

    def __init__(self, device: str) -> None:
        self._device = device

    @property
    def is_there(self) -> bool:
        """Windows always has one; whether it is heard nobody can tell."""
        return sys.platform == "win32"

    def play(self, wav: bytes, seconds: float, *, cancel: threading.Event) -> None:
        """Play from a file of its own: only sounds from files can be stopped."""
        if sys.platform != "win32":
            raise DeviceError(self._device, Fault.REFUSED, "unsupported")
        import winsound  # noqa: PLC0415 - Windows only

        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "call.wav"
            file.write_bytes(wav)
            try:
                winsound.PlaySound(str(file), winsound.SND_FILENAME | winsound.SND_ASYNC)
            except RuntimeError as error:
                raise DeviceError(self._device, Fault.ABSENT, "no_sound") from error
            stopped = cancel.wait(seconds)
            with contextlib.suppress(RuntimeError):
                winsound.PlaySound(None, winsound.SND_PURGE)
        if stopped:
            raise DeviceError(self._device, Fault.CANCELLED)


def own_speaker(device: str, player: Sequence[str] = ()) -> Speaker:
    """This machine's loudspeaker, through the player of the settings or one that is installed."""
    if not player and sys.platform == "win32":
        return WindowsSpeaker(device)
    found = next((command for command in PLAYERS if shutil.which(command[0])), PLAYERS[-1])
    return ProgramSpeaker(device, player or found)
