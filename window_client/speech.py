"""朗读: reads lines aloud through a speech engine of this machine, one process a line.

The text goes to the engine's standard input and nowhere else: command lines can be read by every account of the
machine, and files stay. Everything waits in one thread; ``stop`` ends what is being said at once.
"""

import logging
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Lock, Thread

log = logging.getLogger(__name__)

LINE_WITHIN = 60.0
"""Seconds that one line may take; an engine that hangs is ended."""

VOICES = {"zh": "cmn", "en": "en"}
"""Language → what ``{voice}`` in a command stands for (espeak-ng's names); ``{language}`` is the language itself."""

_SAPI = (
    "Add-Type -AssemblyName System.Speech; $s = New-Object System.Speech.Synthesis.SpeechSynthesizer; "
    "try {{ $s.SelectVoiceByHints(0, 0, 0, [Globalization.CultureInfo]'{culture}') }} catch {{ }}; "
    "[Console]::InputEncoding = [Text.Encoding]::UTF8; $s.Speak([Console]::In.ReadToEnd())"
)
_CULTURES = {"zh": "zh-CN", "en": "en-US"}

KNOWN: tuple[tuple[str, ...], ...] = (
    ("espeak-ng", "-v", "{voice}", "-s", "150", "--stdin"),
    ("spd-say", "--wait", "--pipe-mode", "-l", "{language}"),
)
"""Engines that are looked for, the first one found is taken."""


@dataclass(frozen=True, slots=True)
class Engine:
    """A program that says what comes on its standard input."""

    command: tuple[str, ...]

    @property
    def name(self) -> str:
        """The program, for the device check."""
        return self.command[0]

    def for_language(self, language: str) -> list[str]:
        """The command line for ``zh`` or ``en``."""
        places = {
            "{voice}": VOICES.get(language, language),
            "{language}": language,
            "{culture}": _CULTURES.get(language, language),
        }
        made = list(self.command)
        for place, value in places.items():
            made = [part.replace(place, value) for part in made]
        return made


def find_engine(setting: Sequence[str] | None = None) -> Engine | None:
    """The engine of the settings, or one that this machine has; None when there is none.

    Args:
        setting: ``[ui] speech``: None looks for one, an empty list wants none.
    """
    if setting is not None:
        return Engine(tuple(setting)) if setting and shutil.which(setting[0]) else None
    if sys.platform == "win32":
        shell = shutil.which("powershell")
        return Engine((shell, "-NoProfile", "-Command", _SAPI.replace("{{", "{").replace("}}", "}"))) if shell else None
    return next((Engine(command) for command in KNOWN if shutil.which(command[0])), None)


class Speech:
    """Reads aloud.

    Args:
        engine: What speaks.
        ended: Called when everything was said, or the engine refused; in the speech thread.
    """

    def __init__(self, engine: Engine, ended: Callable[[], None] = lambda: None) -> None:
        self._engine = engine
        self.ended = ended
        self._lines: SimpleQueue[tuple[int, str, str] | None] = SimpleQueue()
        self._lock = Lock()
        self._turn = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = Thread(target=self._work, name="speech", daemon=True)
        self._thread.start()

    def read(self, lines: Sequence[str], language: str) -> None:
        """Say these lines, and nothing of what was being said before."""
        self.stop()
        with self._lock:
            turn = self._turn
        for line in lines:
            self._lines.put((turn, line, language))
        self._lines.put((turn, "", language))

    def stop(self) -> None:
        """Be silent at once."""
        with self._lock:
            self._turn += 1
            process = self._process
        if process is not None:
            process.kill()

    def close(self) -> None:
        """Be silent for good."""
        self.stop()
        self._lines.put(None)
        self._thread.join(3)

    def _work(self) -> None:
        while (job := self._lines.get()) is not None:
            turn, line, language = job
            if turn != self._turn:
                continue
            if not line:
                self.ended()
            elif not self._say(turn, line, language) and turn == self._turn:
                self.stop()  # it would refuse the other lines too
                self.ended()

    def _say(self, turn: int, line: str, language: str) -> bool:
        """One line; False when the engine cannot be used. What it said is in no log."""
        try:
            process = subprocess.Popen(
                self._engine.for_language(language),
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            log.warning("the speech engine cannot be started: %s", error.strerror)
            return False
        with self._lock:
            stopped = turn != self._turn
            self._process = process
        if stopped:
            process.kill()
        try:
            process.communicate(line.encode(), timeout=LINE_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
        finally:
            with self._lock:
                self._process = None
        if process.returncode > 0:
            log.warning("the speech engine ended with %s", process.returncode)
        return process.returncode <= 0
