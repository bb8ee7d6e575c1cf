"""One look at one device, as ``doctor`` and the device set-up do it: open, see that it works, ask how it is, close."""

import logging
from dataclasses import dataclass, field
from threading import Event
from typing import cast

from drivers import catalogue
from drivers.contracts import Camera, Device, DeviceConfig
from drivers.errors import DeviceError

log = logging.getLogger(__name__)

SHOWS_WITHIN = 10.0
"""Seconds that a camera may take to show something: it is well only then."""


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """What was found. ``code`` is a device code, empty for one that is well; ``why`` what the driver says of it."""

    id: str
    well: bool
    code: str
    facts: dict[str, str] = field(default_factory=dict)
    why: str = ""

    @property
    def words(self) -> str:
        """The line that ``doctor`` prints behind the name."""
        if not self.facts and not self.well:
            return f"{self.code} ({self.why})" if self.why else self.code
        facts = ", ".join(f"{key} {value}" for key, value in self.facts.items())
        return f"{self.code or ('ready' if self.well else 'offline')} {facts}".strip()


def check(config: DeviceConfig, cancel: Event | None = None) -> DeviceLine:
    """Look at a device; never raises for what the outside world does."""
    try:
        device: Device = catalogue.create(config)
    except DeviceError as error:
        return DeviceLine(config.id, well=False, code=error.code, why=error.detail)
    except (ValueError, TypeError) as error:  # an option that only an administrator can mend
        return _cannot_be_used(config, error)
    try:
        device.open()
        if config.kind == "camera":
            cast("Camera", device).next_frame(after=0, wait=SHOWS_WITHIN, cancel=cancel or Event())
        health = device.health()
        well = health.state.value in {"ready", "busy"}
        return DeviceLine(config.id, well, health.code or ("" if well else health.state.value), dict(health.facts))
    except DeviceError as error:
        return DeviceLine(config.id, well=False, code=error.code, why=error.detail)
    except (ValueError, TypeError) as error:
        return _cannot_be_used(config, error)
    finally:
        device.close()


def _cannot_be_used(config: DeviceConfig, error: Exception) -> DeviceLine:
    log.warning("%s cannot be used: %s", config.id, type(error).__name__)
    return DeviceLine(config.id, well=False, code="unsupported", why=str(error))
