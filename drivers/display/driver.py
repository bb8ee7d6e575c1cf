"""The CD5220 customer display: two lines of twenty characters, 9600 8N1, write only.

It never answers, so "ready" means no more than that the port takes bytes.
"""

import time
from collections.abc import Callable

from drivers.contracts import DeviceConfig
from drivers.display import frames
from drivers.display.wanted import Wanted
from drivers.errors import DeviceError, DeviceHealth, DeviceState, Fault
from drivers.transport import Transport, open_transport

BAUD = 9600
SETTLE = 0.2  # seconds after the command to initialise

OpenPort = Callable[[str, str, int], Transport]


class Cd5220Display:
    """A ``NumberDisplay`` that understands CD5220 commands.

    Options: ``baud``; ``settle`` (seconds of rest after the display was initialised).
    """

    def __init__(
        self,
        config: DeviceConfig,
        *,
        open_port: OpenPort = lambda device, url, baud: open_transport(device, url, baud=baud),
    ) -> None:
        self._config = config
        self._open_port = open_port
        self._transport: Transport | None = None
        self._wanted = Wanted(self.clear)
        self._shown = ("", "")

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
        self._transport = self._open_port(self.name, self._config.url, int(self._config.options.get("baud", BAUD)))
        self._write(frames.INITIALISE)
        time.sleep(float(self._config.options.get("settle", SETTLE)))
        self._write(frames.CLEAR + frames.CURSOR_OFF)

    def close(self) -> None:
        """Let go of the port."""
        transport, self._transport = self._transport, None
        if transport is not None:
            transport.close()

    def health(self) -> DeviceHealth:
        """Whether the port takes bytes: it gets again what it shows, which a display that was without power needs."""
        try:
            self._write(frames.refreshed(*self._shown))
        except DeviceError as error:
            return DeviceHealth(DeviceState.OFFLINE, error.code)
        facts = {"model": "CD5220"}
        return self._wanted.health(self.show, facts) or DeviceHealth(DeviceState.READY, "", facts)

    def show(self, upper: str, lower: str) -> None:
        """Show two lines of at most 20 ASCII characters.

        Raises:
            DeviceError: ``ABSENT``; ``REFUSED``/``cannot_show`` when a line is too long or not printable ASCII.
        """
        with self._wanted.showing(upper, lower):
            try:
                picture = frames.picture(upper, lower)
            except ValueError as error:
                raise DeviceError(self.name, Fault.REFUSED, "cannot_show", str(error)) from error
            self._write(picture)
            self._shown = (upper, lower)

    def clear(self) -> None:
        """Show nothing.

        Raises:
            DeviceError: ``ABSENT``.
        """
        self._shown = ("", "")
        self._write(frames.CLEAR)

    def _write(self, data: bytes) -> None:
        if self._transport is None:
            raise DeviceError(self.name, Fault.ABSENT, detail="not open")
        try:
            self._transport.flush_input()  # finds out that the far end has hung up, which a write may not
            self._transport.write(data)
        except DeviceError:
            self.close()
            raise
