"""Onbon BX text controllers (BX-5K, BX-5MK, BX-6K): Chinese LED boards on a serial line or TCP port 5005.

A call is shown as a sentence in a dynamic area, which the controller does not keep without power. Models with ``-YY``
in their name can speak it as well.
"""

import time
from dataclasses import replace
from typing import cast

from drivers.asking import Manner, ask, health_after
from drivers.contracts import DeviceConfig
from drivers.display import onbon
from drivers.display.wanted import Wanted
from drivers.display.wording import CALL, IDLE, call, sentence
from drivers.errors import DeviceError, DeviceHealth, DeviceState, Fault
from drivers.shared_port import PORTS, Ports, SharedPort, number_option

BAUD = 57600
_CODES = {onbon.BUSY: "busy", onbon.NO_FONT: "no_font"}


class OnbonDisplay:
    """A ``NumberDisplay`` of Chinese text.

    Options: ``screen`` (number of the screen, 1), ``model`` (``any``, ``6K2-YY`` …), ``width`` and ``height`` (pixels,
    128 and 32), ``x``, ``y``, ``colour`` (``red``, ``green``, ``yellow``), ``align``, ``effect`` (``static``, ``left``
    …), ``speed`` (0 fast to 24), ``lines`` (several lines), ``brightness`` (1 to 16; left out: as it is), ``call`` and
    ``idle`` (the words, with ``{number}`` and ``{window}``), ``speak`` and ``speech`` (-YY models: speak the call, and
    the words for it), ``volume`` (0 to 10), ``baud`` (57600), ``within`` (seconds for an answer, 0.5), ``retries`` (2).
    """

    def __init__(self, config: DeviceConfig, *, ports: Ports = PORTS) -> None:
        self._config = config
        self._ports = ports
        self._port: SharedPort | None = None
        options = config.options
        self._wanted = Wanted(lambda: self._send(onbon.CLEAR))
        self._screen = number_option(config, "screen", 1, 1, 0xFFFE)
        self._model = str(options.get("model", "any"))
        self._words = str(options.get("call", CALL)), str(options.get("idle", IDLE))
        self._speech = str(options.get("speech", "")) or self._words[0]
        self._brightness = number_option(config, "brightness", 0, 0, 16)
        try:
            self._area = onbon.Area(
                "",
                x=number_option(config, "x", 0, 0, 4096),
                y=number_option(config, "y", 0, 0, 4096),
                width=number_option(config, "width", 128, 8, 4096),
                height=number_option(config, "height", 32, 8, 1024),
                colour=_one_of(options.get("colour", ""), ("", *onbon.COLOURS)),
                align=_one_of(
                    options.get("align", "left" if self._model.startswith("5") else "centre"), onbon.ALIGNMENTS
                ),
                effect=_one_of(options.get("effect", "static"), onbon.EFFECTS),
                speed=number_option(config, "speed", 4, 0, 24),
                lines=bool(options.get("lines", False)),
                volume=number_option(config, "volume", 5, 0, 10),
            )
            _one_of(self._model, onbon.MODELS)
            for words in (*self._words, self._speech):
                sentence(call("A001", "WINDOW 1"), words, words).encode("gbk")
            if options.get("speak") and not (self._model == "any" or self._model.endswith("-YY")):
                raise ValueError(f"{self._model} does not speak")
        except (ValueError, IndexError) as error:
            raise DeviceError(config.id, Fault.REFUSED, "unsupported", str(error)) from error

    @property
    def name(self) -> str:
        """The device's id from the settings."""
        return self._config.id

    def open(self) -> None:
        """Claim the port, look whether the controller answers, set the brightness, and take away what it shows.

        Raises:
            DeviceError: ``ABSENT``, ``OCCUPIED``; ``TIMEOUT`` when no controller has this screen number; ``GARBLED``;
                ``REFUSED``.
        """
        self.close()
        self._wanted.forget()
        self._port = self._ports.join(self.name, self._config.url, baud=int(self._config.options.get("baud", BAUD)))
        try:
            self._send(onbon.PING, retries=1)
            if self._brightness:
                self._send(onbon.brightness(self._brightness))
            self._send(onbon.CLEAR)
        except DeviceError:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the port."""
        port, self._port = self._port, None
        if port is not None:
            port.close()

    def health(self) -> DeviceHealth:
        """A ping."""
        facts = {"model": f"Onbon BX-{self._model}" if self._model != "any" else "Onbon BX"}
        begun = time.monotonic()
        if trouble := self._wanted.health(self.show, facts):
            return trouble
        try:
            self._send(onbon.PING, retries=1)
        except DeviceError as error:
            return health_after(error, facts)
        return DeviceHealth(
            DeviceState.READY, "", {**facts, "answer_ms": str(round((time.monotonic() - begun) * 1000))}
        )

    def show(self, upper: str, lower: str) -> None:
        """Show the call as a sentence, and speak it where that is wanted; a window without a number is not spoken.

        Raises:
            DeviceError: ``REFUSED`` with ``cannot_show``, ``busy``, ``no_font`` or ``refused``; ``ABSENT``,
                ``TIMEOUT``, ``GARBLED``.
        """
        with self._wanted.showing(upper, lower):
            self._show(upper, lower)

    def _show(self, upper: str, lower: str) -> None:
        shown = call(upper, lower)
        text = sentence(shown, *self._words)
        if not text:
            self.clear()
            return
        speaks = bool(self._config.options.get("speak")) and shown.number and shown.window
        spoken = sentence(shown, self._speech) if speaks else None
        try:
            area = onbon.area(replace(self._area, text=text, spoken="" if spoken == text else spoken))
        except ValueError as error:
            raise DeviceError(self.name, Fault.REFUSED, "cannot_show", str(error)) from error
        self._send(onbon.text((area,)))

    def clear(self) -> None:
        """Show nothing.

        Raises:
            DeviceError: ``ABSENT``, ``TIMEOUT``, ``GARBLED``, ``REFUSED``.
        """
        self._send(onbon.CLEAR)

    def _send(self, data: bytes, *, retries: int | None = None) -> None:
        if self._port is None:
            raise DeviceError(self.name, Fault.ABSENT, detail="not open")
        options = self._config.options
        asked = int(options.get("retries", 2))
        manner = Manner(
            within=min(float(options.get("within", 0.5)), 0.8 if retries is not None else 10.0),
            retries=asked if retries is None else min(asked, retries),
        )
        question = onbon.frame(data, screen=self._screen, model=onbon.MODELS[self._model])
        try:
            code = ask(self._port, self.name, question, self._take, manner)
        except DeviceError as error:
            if error.fault is Fault.ABSENT:
                self.close()
            raise
        if code != onbon.DONE:
            raise DeviceError(self.name, Fault.REFUSED, _CODES.get(code, "refused"), f"the controller said {code}")

    def _take(self, received: bytes) -> int | None:
        """The code of the answer; a bad CRC on either way is asked again."""
        for body in onbon.Frames().feed(received):
            data = onbon.content(body)[2]
            if data[:1] != b"\xa0":
                continue  # our own question, echoed by an RS-485 adapter
            agreed, code = onbon.answer(data)
            if code == onbon.BAD_CRC:
                raise DeviceError(self.name, Fault.GARBLED, detail="the controller read another CRC")
            return code if agreed or code else onbon.UNKNOWN_COMMAND
        return None


def _one_of(value: object, known: "tuple[str, ...] | dict[str, int] | dict[str, str]") -> str:
    if value not in known:
        raise ValueError(f"{value} is none of {', '.join(known)}")
    return cast("str", value)
