"""A device that a template describes, at its port: what the template drivers of all kinds share."""

import time
from collections.abc import Mapping
from pathlib import Path

from drivers import templates
from drivers.asking import Manner, ask
from drivers.contracts import DeviceConfig
from drivers.errors import DeviceError, Fault
from drivers.shared_port import Ports, SharedPort
from drivers.templates_bytes import CannotShowError, Value


class TemplatePort:
    """Does the steps of a template.

    Args:
        config: Option ``template`` is the name of a shipped template, or a file; ``baud`` wins over the template's.
        usual: The shipped template that is meant when the option is left out.
        ports: The ports of this program.

    Raises:
        DeviceError: ``REFUSED``/``template_wrong`` with line and reason; also when it is one of another kind.
    """

    def __init__(self, config: DeviceConfig, usual: str, ports: Ports) -> None:
        self._config = config
        self._ports = ports
        self._port: SharedPort | None = None
        path: Path = templates.find(config.kind, str(config.options.get("template", usual)))
        try:
            self.template = templates.load(path)
        except templates.TemplateError as error:
            raise DeviceError(config.id, Fault.REFUSED, "template_wrong", str(error)) from error
        if self.template.kind != config.kind:
            reason = f"{path.name} describes a {self.template.kind}, not a {config.kind}"
            raise DeviceError(config.id, Fault.REFUSED, "template_wrong", reason)

    @property
    def port(self) -> SharedPort:
        """The open port.

        Raises:
            DeviceError: ``ABSENT`` while it is not open.
        """
        if self._port is None:
            raise DeviceError(self._config.id, Fault.ABSENT, detail="not open")
        return self._port

    def open(self, values: Mapping[str, Value]) -> None:
        """Join the port, rest, and do ``[open]``.

        Raises:
            DeviceError: As ``do``; ``OCCUPIED``.
        """
        self.close()
        url, baud = self._config.url, int(self._config.options.get("baud", self.template.baud))
        if self.template.parity != "N" and "parity=" not in url:
            url += f"{'&' if '?' in url else '?'}parity={self.template.parity}"
        self._port = self._ports.join(self._config.id, url, baud=baud)
        try:
            time.sleep(self.template.settle)
            if "open" in self.template.steps:
                self.do("open", values)
        except DeviceError:
            self.close()
            raise

    def close(self) -> None:
        """Leave the port."""
        port, self._port = self._port, None
        if port is not None:
            port.close()

    def notice(self) -> None:
        """Look whether the far end has hung up.

        Raises:
            DeviceError: ``ABSENT``.
        """
        try:
            with self.port.turn() as line:
                line.flush_input()
        except DeviceError as error:
            self._leave_after(error)
            raise

    def do(self, name: str, values: Mapping[str, Value]) -> bytes:
        """Send a step's message, and wait for the answer that the template names; what came behind it is returned.

        Raises:
            DeviceError: ``REFUSED`` with ``cannot_show``, ``refused`` or ``busy``; ``ABSENT``, ``TIMEOUT``,
                ``GARBLED``.
        """
        step = self.template.steps[name]
        if step.send is None:
            return b""
        try:
            data = step.send.render(values)
        except CannotShowError as error:
            raise DeviceError(self._config.id, Fault.REFUSED, "cannot_show", str(error)) from error

        def take(received: bytes) -> tuple[str, bytes] | None:
            found = {key: match[1] for key, answer in step.answers.items() if (match := answer.find(received))}
            if not found:
                return None
            said = min(found, key=lambda key: found[key])
            return said, received[found[said] :]

        try:
            if not step.answers:
                self._tell(data, step.manner)
                return b""
            said, rest = ask(self.port, self._config.id, data, take, step.manner)
        except DeviceError as error:
            self._leave_after(error)
            raise
        if said != "answer":
            raise DeviceError(self._config.id, Fault.REFUSED, said, "the device said no")
        return rest

    def _tell(self, data: bytes, manner: Manner) -> None:
        with self.port.turn(silence=manner.silence) as line:
            line.flush_input()  # finds out that the far end has hung up, which a write may not
            line.write(data)

    def _leave_after(self, error: DeviceError) -> None:
        if error.fault is Fault.ABSENT:
            self.close()
