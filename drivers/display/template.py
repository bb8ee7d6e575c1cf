"""Number displays that a template describes."""

from drivers.asking import health_after
from drivers.contracts import DeviceConfig
from drivers.display.wanted import Wanted
from drivers.display.wording import call
from drivers.errors import DeviceError, DeviceHealth, DeviceState, Fault
from drivers.shared_port import PORTS, Ports
from drivers.templates import HEALTH_WITHIN
from drivers.templates_port import TemplatePort

USUAL = "xunpeng"


class TemplateDisplay:
    """A ``NumberDisplay`` by a template.

    Options: ``template`` (a shipped one's name, or a file), ``baud``, and the values that the template names.
    """

    def __init__(self, config: DeviceConfig, *, ports: Ports = PORTS) -> None:
        self._config = config
        self._device = TemplatePort(config, USUAL, ports)
        self._wanted = Wanted(self.clear)

    @property
    def name(self) -> str:
        """The device's id from the settings."""
        return self._config.id

    def open(self) -> None:
        """Claim the port and do what the template does first.

        Raises:
            DeviceError: ``ABSENT``, ``OCCUPIED``, and what the template's answers say.
        """
        self._wanted.forget()
        self._device.open(self._values("", ""))

    def close(self) -> None:
        """Let go of the port."""
        self._device.close()

    def health(self) -> DeviceHealth:
        """What the template asks; without that, whether the port is there."""
        facts = {"model": self._device.template.name}
        manner = self._device.template.steps["show"].manner
        if manner.within * (manner.retries + 1) > HEALTH_WITHIN - 0.2:
            self._wanted.lines = None  # there is no time for it at a look at the device
        if trouble := self._wanted.health(self.show, facts):
            return trouble
        try:
            if "health" in self._device.template.steps:
                self._device.do("health", self._values("", ""))
            self._device.notice()
        except DeviceError as error:
            return health_after(error, facts)
        return DeviceHealth(DeviceState.READY, "", facts)

    def show(self, upper: str, lower: str) -> None:
        """Show what the template makes of the two lines; without a number a numeric display is cleared.

        Raises:
            DeviceError: ``REFUSED`` with ``cannot_show``, ``refused`` or ``busy``; ``ABSENT``, ``TIMEOUT``,
                ``GARBLED``.
        """
        with self._wanted.showing(upper, lower):
            self._show(upper, lower)

    def _show(self, upper: str, lower: str) -> None:
        template = self._device.template
        fields = template.steps["show"].send
        shown = call(upper, lower)
        alone = fields is not None and "number" in fields.fields and not fields.fields & {"text", "upper"}
        if alone and not shown.number:
            self.clear()
            return
        while True:
            try:
                self._device.do("show", self._values(upper, lower))
            except DeviceError as error:
                if not (shown.is_test and error.code == "cannot_show" and len(upper) > 1):
                    raise
                upper = upper[1:]  # a try lights up as many places as there are
            else:
                return

    def clear(self) -> None:
        """Show nothing; a display whose template does not know how keeps what it shows.

        Raises:
            DeviceError: As ``show``.
        """
        if "clear" in self._device.template.steps:
            self._device.do("clear", self._values("", ""))
        else:
            try:
                self._device.do("show", self._values("", ""))
            except DeviceError as error:
                if error.fault is not Fault.REFUSED:
                    raise

    def _values(self, upper: str, lower: str) -> dict[str, str | int]:
        return self._device.template.values_for(call(upper, lower), self._config.options)
