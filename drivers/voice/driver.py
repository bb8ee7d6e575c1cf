"""A voice: recorded clips first, a speech engine for what they lack, one call after the other."""

import shlex
import threading
from pathlib import Path
from urllib.parse import urlsplit

from drivers.contracts import Announcement, DeviceConfig
from drivers.errors import DeviceError, DeviceHealth, DeviceState, Fault
from drivers.voice import sentences, sources, speakers
from drivers.voice.sound import Sound, write_wav


class SpokenCalls:
    """A ``Voice``.

    URL: ``sound://`` (this machine's loudspeaker) or ``socket://host:port`` (a loudspeaker on the network).
    Options: ``clips`` (folder of recorded clips), ``engine`` (command of a speech engine, ``{voice}`` stands for the
    language; ``none`` for no engine), ``player`` (command that plays a WAV file from its standard input).
    """

    def __init__(self, config: DeviceConfig) -> None:
        self._config = config
        self._speaker: speakers.Speaker | None = None
        self._clips: sources.Clips | None = None
        self._engine: sources.SpeechEngine | None = None
        self._can: dict[str, str] = {}
        self._one_at_a_time = threading.Lock()

    @property
    def name(self) -> str:
        """The device's id from the settings."""
        return self._config.id

    def open(self) -> None:
        """Find the loudspeaker, load the clips and try the engine (without a sound).

        Raises:
            DeviceError: ``ABSENT``/``no_sound``; ``REFUSED``/``no_voice`` when no language can be spoken.
        """
        self.close()
        speaker = self._find_speaker()
        if not speaker.is_there:
            raise DeviceError(self.name, Fault.ABSENT, "no_sound")
        options = self._config.options
        folder, engine = str(options.get("clips", "")), str(options.get("engine", ""))
        self._clips = sources.Clips(Path(folder)) if folder else None
        self._engine = None if engine == "none" else sources.find_engine(self.name, tuple(shlex.split(engine)))
        self._can = {language: self._source(language) for language in sentences.LANGUAGES}
        if not any(self._can.values()):
            raise DeviceError(self.name, Fault.REFUSED, "no_voice")
        self._speaker = speaker

    def _find_speaker(self) -> speakers.Speaker:
        parts = urlsplit(self._config.url)
        if parts.scheme == "sound":
            return speakers.own_speaker(self.name, tuple(shlex.split(str(self._config.options.get("player", "")))))
        if parts.scheme == "socket" and parts.hostname and parts.port:
            return speakers.NetworkSpeaker(self.name, parts.hostname, parts.port)
        raise DeviceError(self.name, Fault.REFUSED, "unsupported", f"no voice for {parts.scheme}://")

    def _source(self, language: str) -> str:
        """``clips`` when all are there, else ``engine`` when it is heard, else nothing."""
        if self._clips is not None and not self._clips.missing(language):
            return "clips"
        if self._engine is None:
            return ""
        probe = Announcement("0", "0")
        try:
            self._engine.say(sentences.text(probe, language), language, cancel=threading.Event())
        except DeviceError:
            return ""
        return "engine"

    def close(self) -> None:
        """Let go of everything."""
        self._speaker = None

    def health(self) -> DeviceHealth:
        """Whether it can be heard, and in which languages: facts ``zh`` and ``en`` are ``clips``, ``engine`` or empty.

        A language that cannot be spoken is ``no_voice`` on a ready device; ``missing_clips`` counts those not recorded.
        """
        if self._speaker is None or not self._speaker.is_there:
            return DeviceHealth(DeviceState.OFFLINE, "no_sound")
        facts = {language: how for language, how in self._can.items() if how}
        if self._clips is not None:
            lacking = sum(len(self._clips.missing(language)) for language in sentences.LANGUAGES)
            facts |= {"missing_clips": str(lacking)} if lacking else {}
        if self._engine is not None and "engine" in self._can.values():
            facts["engine"] = self._engine.name
        return DeviceHealth(DeviceState.READY, "" if all(self._can.values()) else "no_voice", facts)

    def say(self, announcement: Announcement, *, cancel: threading.Event) -> None:
        """Speak in every language asked for that can be spoken, and return when all was heard.

        Raises:
            DeviceError: ``REFUSED``/``no_voice`` when none of the languages can be spoken; ``ABSENT``/``no_sound``;
                ``TIMEOUT``; ``CANCELLED``.
        """
        speaker = self._speaker
        if speaker is None:
            raise DeviceError(self.name, Fault.ABSENT, "no_sound", "not open")
        sounds = [self._sound(announcement, language, cancel) for language in announcement.languages]
        heard = [sound for sound in sounds if sound is not None]
        if not heard:
            raise DeviceError(self.name, Fault.REFUSED, "no_voice")
        with self._one_at_a_time:
            for sound in heard:
                if cancel.is_set():
                    raise DeviceError(self.name, Fault.CANCELLED)
                speaker.play(write_wav(sound), sound.seconds, cancel=cancel)

    def _sound(self, announcement: Announcement, language: str, cancel: threading.Event) -> Sound | None:
        try:
            sound = self._clips.say(announcement, language) if self._clips is not None else None
            if sound is None and self._engine is not None and self._can.get(language):
                sound = self._engine.say(sentences.text(announcement, language), language, cancel=cancel)
        except ValueError:
            return None
        except DeviceError as error:
            if error.fault is Fault.CANCELLED:
                raise
            return None  # one language must not silence the other
        return sound
