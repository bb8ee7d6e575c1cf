"""Rating pads that a template describes: the question's bytes out, a key's bytes back.

No common protocol is known for them, so there is none built in.
"""

import logging
from threading import Event

from drivers.asking import health_after, listen
from drivers.contracts import DeviceConfig
from drivers.display.wording import call
from drivers.errors import DeviceError, DeviceHealth, DeviceState, Fault
from drivers.shared_port import PORTS, Ports
from drivers.templates_port import TemplatePort

log = logging.getLogger(__name__)

USUAL = "five_keys"


class TemplateRatingPad:
    """A ``RatingPad`` by a template.

    Options: ``template`` (a shipped one's name, or a file), ``baud``, and the values that the template names.
    """

    def __init__(self, config: DeviceConfig, *, ports: Ports = PORTS) -> None:
        self._config = config
        self._device = TemplatePort(config, USUAL, ports)

    @property
    def name(self) -> str:
        """The device's id from the settings."""
        return self._config.id

    def open(self) -> None:
        """Claim the port and do what the template does first.

        Raises:
            DeviceError: ``ABSENT``, ``OCCUPIED``, and what the template's answers say.
        """
        self._device.open(self._values())

    def close(self) -> None:
        """Let go of the port."""
        self._device.close()

    def health(self) -> DeviceHealth:
        """What the template asks; without that, whether the port is there."""
        facts = {"model": self._device.template.name}
        try:
            if "health" in self._device.template.steps:
                self._device.do("health", self._values())
            self._device.notice()
        except DeviceError as error:
            return health_after(error, facts)
        return DeviceHealth(DeviceState.READY, "", facts)

    def ask(self, *, wait: float, cancel: Event) -> int:
        """Ask and wait up to ``wait`` seconds for a key; one pressed before, or without a grade, counts for nothing.

        Raises:
            DeviceError: ``TIMEOUT``/``no_rating`` when nothing came; ``TIMEOUT`` when the pad does not even take the
                question; ``GARBLED`` when what came was no key; ``REFUSED``; ``ABSENT``; ``CANCELLED``.
        """
        device = self._device
        try:
            early = device.do("ask", self._values())
        except DeviceError as error:
            if error.retryable:  # its answer was lost: it may ask all the same
                self._rest()
            raise
        try:
            return listen(device.port, self.name, self._grade, wait=wait, cancel=cancel, begun=early)
        except DeviceError as error:
            if error.fault is Fault.TIMEOUT:
                raise DeviceError(self.name, Fault.TIMEOUT, "no_rating") from error
            if error.fault is Fault.ABSENT:
                device.close()
            raise
        finally:
            self._rest()

    def _rest(self) -> None:
        """Let the pad show what it shows between two questions."""
        if "rest" in self._device.template.steps:
            try:
                self._device.do("rest", self._values())
            except DeviceError as error:
                log.info("%s", error)  # the answer counts, whatever the pad shows afterwards

    def _grade(self, received: bytes) -> int | None:
        template = self._device.template
        while found := template.steps["key"].answers["answer"].find(received):
            values, end = found
            if (grade := template.grades.get(int(values["key"]))) is not None:
                return grade
            received = received[end:]
        return None

    def _values(self) -> dict[str, str | int]:
        return self._device.template.values_for(call("", ""), self._config.options)
