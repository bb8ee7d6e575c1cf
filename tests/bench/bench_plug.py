"""How fast the rack sees that a device came or went, and how soon a device whose driver hung is ready again.

The port is a link to a pty whose program comes and goes. A driver hangs in two ways: in a helper process, and in ours.
"""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event

from drivers import catalogue
from drivers.contracts import Device, DeviceConfig
from drivers.emulators.process import EmulatorProcess
from drivers.errors import DeviceError, DeviceHealth, DeviceState, Fault
from drivers.isolated import Isolated
from tests.counter import LoopDispatcher
from window_client.device_lane import DeviceLane

ROUNDS = 5
DEADLINE = 1.0


class Helped:
    """A device behind a helper process that hangs when it is asked to."""

    name = "helped"

    def __init__(self, _: DeviceConfig) -> None:
        self._helper = Isolated("helped", "tests.drivers.odd_helper")

    def open(self) -> None:
        """Start the helper."""
        self._helper.ask("chatter", {"say": "here"}, wait=10)

    def close(self) -> None:
        """End it."""
        self._helper.stop()

    def health(self) -> DeviceHealth:
        """A helper that was killed is a device that is not open."""
        if not self._helper.is_alive:
            return DeviceHealth(DeviceState.OFFLINE, "absent")
        return DeviceHealth(DeviceState.READY)

    def hang_in_helper(self) -> None:
        """The helper hangs: it is killed after the deadline."""
        self._helper.ask("hang", wait=DEADLINE)

    def hang(self, until: Event) -> None:
        """We hang ourselves."""
        until.wait(60)


def run() -> dict[str, object]:
    """Seconds, the worst of ``ROUNDS``."""
    with tempfile.TemporaryDirectory() as name:
        comes, goes = _plugging(Path(name) / "port")
    helper, own = _hanging()
    return {
        "rounds": ROUNDS,
        "comes_s": comes,
        "goes_s": goes,
        "plug_limit_s": 3.0,
        "helper_hung_s": helper,
        "driver_hung_s": own,
        "replace_limit_s": 2.0,
    }


def _until(gate: LoopDispatcher, condition: Callable[[], object]) -> float:
    begun = time.monotonic()
    while not condition():
        if time.monotonic() - begun > 60:
            raise AssertionError("never happened")
        gate.run(0.005)
    return time.monotonic() - begun


def _plugging(link: Path) -> tuple[float, float]:
    gate = LoopDispatcher()
    config = DeviceConfig("display", "display", "cd5220", f"serial://{link}?baud=9600")
    lane: DeviceLane[Device] = DeviceLane(config, catalogue.create, gate, lambda: None)
    lane.start()
    comes, goes = 0.0, 0.0
    for _ in range(ROUNDS):
        _until(gate, lambda: lane.view().state == "offline")
        emulator = EmulatorProcess("display", "--link", str(link))
        comes = max(comes, _until(gate, lambda: lane.view().state == "ready"))
        emulator.kill()
        goes = max(goes, _until(gate, lambda: lane.view().state == "offline"))
        link.unlink(missing_ok=True)
    lane.stop()
    lane.join(5)
    return round(comes, 2), round(goes, 2)


def _hanging() -> tuple[float, float]:
    gate = LoopDispatcher()
    lane: DeviceLane[Helped] = DeviceLane(DeviceConfig("helped", "scanner", "any", "here"), Helped, gate, lambda: None)
    lane.start()
    worst = [0.0, 0.0]
    for _ in range(ROUNDS):
        for place in (0, 1):
            _until(gate, lambda: lane.view().state == "ready")
            let_go = Event()
            work: Callable[[Helped], None] = Helped.hang_in_helper if place == 0 else lambda one, e=let_go: one.hang(e)  # type: ignore[misc]
            told: list[DeviceError] = []
            began = time.monotonic()
            lane.run(work, done=lambda _: None, failed=told.append, deadline=DEADLINE)
            _until(gate, lambda told=told: told and lane.view().state == "ready")  # type: ignore[misc]
            worst[place] = max(worst[place], time.monotonic() - began - DEADLINE)
            if told[0].fault is not Fault.TIMEOUT:
                raise AssertionError(told)
            let_go.set()
    lane.stop()
    lane.join(5)
    return round(worst[0], 2), round(worst[1], 2)


if __name__ == "__main__":
    import json
    import sys

    sys.stdout.write(json.dumps(run()) + "\n")
