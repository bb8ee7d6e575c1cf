"""Numeric LED displays by Modbus RTU (LED-485 series), several on one RS-485 bus.

They show the number alone: what stands in the lower line they have no place for. The number is sent again at each look
at the device, so a display that was without power shows it within seconds of its return.
"""

import time

from drivers.asking import Manner, ask, health_after
from drivers.contracts import DeviceConfig
from drivers.display import modbus
from drivers.display.wanted import Wanted
from drivers.display.wording import call
from drivers.errors import DeviceError, DeviceHealth, DeviceState, Fault
from drivers.shared_port import PORTS, Ports, SharedPort, number_option, silence_at

BAUD = 9600
MODES = ("ascii", "segments", "number")


class ModbusLedDisplay:
    """A ``NumberDisplay`` of digits.

    Options, ``unit`` and ``digits`` also in the URL: ``unit`` (1 to 247), ``digits`` (4), ``mode``: ``ascii`` (the
    display draws letters itself), ``segments`` (we draw them), ``number`` (digits only, the ticket's letter is lost);
    ``baud``, ``within`` (seconds for an answer, 0.3), ``retries`` (2), ``silence`` (seconds; left out: 3.5 characters).
    """

    def __init__(self, config: DeviceConfig, *, ports: Ports = PORTS) -> None:
        self._config = config
        self._ports = ports
        self._port: SharedPort | None = None
        options = config.options
        self._unit = number_option(config, "unit", 1, 1, 247)
        self._digits = number_option(config, "digits", 4, 1, 16)
        self._mode = str(options.get("mode", "ascii"))
        if self._mode not in MODES:
            raise DeviceError(config.id, Fault.REFUSED, "unsupported", f"mode must be one of {', '.join(MODES)}")
        self._shown = ""
        self._wanted = Wanted(lambda: self._send("", self._manner()))

    @property
    def name(self) -> str:
        """The device's id from the settings."""
        return self._config.id

    def open(self) -> None:
        """Join the bus and blank the display; it must answer.

        Raises:
            DeviceError: ``ABSENT``, ``OCCUPIED``; ``TIMEOUT`` when no display has this unit id; ``GARBLED``;
                ``REFUSED``.
        """
        self.close()
        self._wanted.forget()
        self._shown = ""
        self._port = self._ports.join(self.name, self._config.url, baud=int(self._config.options.get("baud", BAUD)))
        try:
            self._send("", self._manner(retries=1))
        except DeviceError:
            self.close()
            raise

    def close(self) -> None:
        """Leave the bus."""
        port, self._port = self._port, None
        if port is not None:
            port.close()

    def health(self) -> DeviceHealth:
        """Shows again what is shown, and looks whether the display says yes."""
        facts = {"model": "LED-485", "unit": str(self._unit)}
        begun = time.monotonic()
        if trouble := self._wanted.health(self.show, facts):
            return trouble
        try:
            self._send(self._shown, self._manner(retries=1))
        except DeviceError as error:
            return health_after(error, facts)
        return DeviceHealth(
            DeviceState.READY, "", {**facts, "answer_ms": str(round((time.monotonic() - begun) * 1000))}
        )

    def show(self, upper: str, lower: str) -> None:
        """Show the number of the upper line, nothing where it has none.

        Raises:
            DeviceError: ``REFUSED``/``cannot_show`` for a number with more places than the display, or letters that it
                cannot draw: half a number would be a wrong one. ``ABSENT``, ``TIMEOUT``, ``GARBLED``, ``REFUSED``.
        """
        with self._wanted.showing(upper, lower):
            self._show(upper, lower)

    def _show(self, upper: str, lower: str) -> None:
        shown = call(upper, lower)
        text = shown.digits if self._mode == "number" else shown.number
        if shown.is_test:
            text = "8" * min(self._digits, 4 if self._mode == "number" else 16)
        self._shown = ""
        self._send(text, self._manner())
        self._shown = text

    def clear(self) -> None:
        """Show nothing.

        Raises:
            DeviceError: ``ABSENT``, ``TIMEOUT``, ``GARBLED``, ``REFUSED``.
        """
        self.show("", "")

    def _content(self, text: str) -> bytes:
        try:
            if self._mode == "ascii":
                return modbus.write_registers(self._unit, modbus.SHOW_TEXT, modbus.text_registers(text, self._digits))
            if self._mode == "segments":
                content = modbus.segment_registers(text, self._digits)
                return modbus.write_registers(self._unit, modbus.SHOW_SEGMENTS, content)
            value = int(text or "0")
            if len(str(value)) > self._digits or value > 0x7FFF:
                raise ValueError(f"at most {self._digits} digits")
            return modbus.write_register(self._unit, modbus.SHOW_NUMBER, value)
        except ValueError as error:
            raise DeviceError(self.name, Fault.REFUSED, "cannot_show", str(error)) from error

    def _send(self, text: str, manner: Manner) -> None:
        if self._port is None:
            raise DeviceError(self.name, Fault.ABSENT, detail="not open")
        question = self._content(text)
        try:
            answer = ask(self._port, self.name, question, lambda received: modbus.answer_to(question, received), manner)
        except DeviceError as error:
            if error.fault is Fault.ABSENT:
                self.close()
            raise
        if answer[0] & modbus.EXCEPTION:
            code = "busy" if answer[1] == modbus.BUSY else "refused"
            raise DeviceError(self.name, Fault.REFUSED, code, f"exception {answer[1]} of unit {self._unit}")

    def _manner(self, *, retries: int | None = None) -> Manner:
        options = self._config.options
        baud = self._port.baud if self._port is not None else BAUD
        asked = int(options.get("retries", 2))
        return Manner(
            within=min(float(options.get("within", 0.3)), 0.5 if retries is not None else 5.0),
            retries=asked if retries is None else min(asked, retries),
            silence=float(options.get("silence", silence_at(baud))),
        )
