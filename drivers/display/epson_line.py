"""Epson line displays and what speaks like them: two lines of twenty cells, 9600 8N1, write only.

It never answers, so "ready" means no more than that the port takes bytes. Models that know Chinese (option
``charset = "gb18030"``) show a call as words; the others show the two lines as they come.
"""

import time

from drivers.contracts import DeviceConfig
from drivers.display import epson
from drivers.display.wanted import Wanted
from drivers.display.wording import IDLE, Call, call, fill
from drivers.errors import DeviceError, DeviceHealth, DeviceState, Fault
from drivers.shared_port import PORTS, Ports, SharedPort, number_option

BAUD = 9600
SETTLE = 0.2  # seconds after the command to initialise
UPPER, LOWER = "请{number}号", "到{window}号窗口"


class EpsonLineDisplay:
    """A ``NumberDisplay`` in Epson's commands.

    Options: ``baud``; ``charset``: ``ascii`` or ``gb18030``; ``upper``, ``lower``, ``idle``: the words of a Chinese
    call, with ``{number}`` and ``{window}``; ``brightness`` 1 to 4; ``behind_printer``: the display hangs on a
    printer's cable; ``settle`` (seconds of rest after the display was initialised).
    """

    def __init__(self, config: DeviceConfig, *, ports: Ports = PORTS) -> None:
        self._config = config
        self._ports = ports
        self._port: SharedPort | None = None
        options = config.options
        self._wanted = Wanted(self.clear)
        self._shown = ("", "")
        self._charset = str(options.get("charset", "ascii"))
        self._brightness = number_option(config, "brightness", 4, 1, 4)
        words = [str(options.get(name, usual)) for name, usual in (("upper", UPPER), ("lower", LOWER), ("idle", IDLE))]
        self._words = words[0], words[1], words[2]
        try:
            if self._charset not in epson.CHARSETS:
                raise ValueError(f"charset must be one of {', '.join(epson.CHARSETS)}")
            for text in words:
                fill(text, Call("", "", "", ""))
        except (ValueError, IndexError) as error:
            raise DeviceError(config.id, Fault.REFUSED, "unsupported", str(error)) from error

    @property
    def name(self) -> str:
        """The device's id from the settings."""
        return self._config.id

    def open(self) -> None:
        """Claim the port and blank the display.

        Raises:
            DeviceError: ``ABSENT`` or ``OCCUPIED``.
        """
        self.close()
        self._wanted.forget()
        self._shown = ("", "")
        options = self._config.options
        self._port = self._ports.join(self.name, self._config.url, baud=int(options.get("baud", BAUD)))
        self._write(epson.INITIALISE)
        time.sleep(float(options.get("settle", SETTLE)))
        self._write(epson.OVERWRITE + epson.brightness(self._brightness) + epson.CLEAR + epson.CURSOR_OFF)

    def close(self) -> None:
        """Let go of the port."""
        port, self._port = self._port, None
        if port is not None:
            port.close()

    def health(self) -> DeviceHealth:
        """Whether the port takes bytes: it gets again what it shows, which a display that was without power needs."""
        try:
            self._write(epson.refreshed(*self._shown, self._charset))
        except DeviceError as error:
            return DeviceHealth(DeviceState.OFFLINE, error.code)
        facts = {"model": "Epson"}
        return self._wanted.health(self.show, facts) or DeviceHealth(DeviceState.READY, "", facts)

    def show(self, upper: str, lower: str) -> None:
        """Show two lines of at most 20 cells; a Chinese model shows a call in its words.

        Raises:
            DeviceError: ``ABSENT``; ``REFUSED``/``cannot_show`` when a line is too wide or has what the display lacks.
        """
        with self._wanted.showing(upper, lower):
            self._show(upper, lower)

    def _show(self, upper: str, lower: str) -> None:
        shown = call(upper, lower)
        lines = upper, lower
        if self._charset != "ascii" and shown.window:
            above, below, idle = self._words
            lines = (fill(above, shown), fill(below, shown)) if shown.number else (fill(idle, shown), "")
        try:
            picture = epson.picture(*lines, self._charset)
        except ValueError as error:
            raise DeviceError(self.name, Fault.REFUSED, "cannot_show", str(error)) from error
        self._write(picture)
        self._shown = lines

    def clear(self) -> None:
        """Show nothing.

        Raises:
            DeviceError: ``ABSENT``.
        """
        self._shown = ("", "")
        self._write(epson.CLEAR)

    def _write(self, data: bytes) -> None:
        if self._port is None:
            raise DeviceError(self.name, Fault.ABSENT, detail="not open")
        if self._config.options.get("behind_printer"):
            data = epson.SELECT_DISPLAY + data + epson.SELECT_PRINTER
        try:
            with self._port.turn() as line:
                line.flush_input()  # finds out that the far end has hung up, which a write may not
                line.write(data)
        except DeviceError as error:
            if error.fault is Fault.ABSENT:
                self.close()
            raise
