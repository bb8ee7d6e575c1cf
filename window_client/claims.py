"""What a visit has asked of devices: a lease for each deed, over when the visit is, whatever the device still says.

Two deeds of one device wait for each other in its lane. A try of the device page belongs to no visit and makes room
for what a visit asks; whoever listens from visit to visit (a code scanner) makes room for a try and is asked again.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Event
from typing import TypeVar

from drivers.contracts import Device
from drivers.errors import DeviceError, Fault
from window_client.device_lane import DeviceLane

log = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(slots=True, eq=False)
class Lease:
    """One deed. ``visit`` is the visit that it is for, empty while the window is idle."""

    visit: str
    device: str
    cancel: Event
    is_try: bool = False
    listens: bool = False  # goes on from visit to visit; only what it brings belongs to one
    over: bool = False


class Claims:
    """The leases of a window.

    Args:
        lanes: The devices by their ids.
    """

    def __init__(self, lanes: Mapping[str, DeviceLane[Device]]) -> None:
        self._lanes = lanes
        self._leases: list[Lease] = []
        self.visit: Callable[[], str] = lambda: ""
        """The id of the visit that is open, empty while there is none; the desk puts its own in."""

    def begin(
        self,
        lane: DeviceLane[Device],
        work: Callable[[Device, Lease], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[DeviceError], None],
        cancel: Event,
        deadline: float,
        is_try: bool = False,
        listens: bool = False,
    ) -> Lease:
        """Let a device do something for the open visit; what comes after its end is ``CANCELLED``."""
        lease = Lease(self.visit(), lane.config.id, cancel, is_try, listens)
        for other in [row for row in self._leases if row.device == lease.device]:
            if (other.is_try and not is_try and not listens) or (other.listens and is_try):
                other.over = other.listens  # whoever listens is asked again behind the try
                self._let_go(other)
        self._leases.append(lease)

        def ended(error: DeviceError) -> None:
            self._forget(lease)
            failed(error)

        def answered(result: T) -> None:
            self._forget(lease)
            if not is_try and (lease.over or lease.visit != self.visit()):
                log.info("%s: what came after the end of its visit was dropped", lease.device)
                failed(DeviceError(lease.device, Fault.CANCELLED))
            else:
                done(result)

        lane.run(lambda driver: work(driver, lease), done=answered, failed=ended, cancel=cancel, deadline=deadline)
        return lease

    def give_back(self) -> None:
        """The visit ends or is held: its leases are over, and a driver that does not let go in time is replaced."""
        leases, self._leases = self._leases, [lease for lease in self._leases if lease.is_try or lease.listens]
        for lease in leases:
            if not lease.is_try and not lease.listens:
                lease.over = True
                self._let_go(lease)

    def _let_go(self, lease: Lease) -> None:
        lease.cancel.set()
        if lane := self._lanes.get(lease.device):
            lane.call_off(lease.cancel)

    def _forget(self, lease: Lease) -> None:
        if lease in self._leases:
            self._leases.remove(lease)
