"""What a check works with: a driver to make, a person to ask, a clock to hold it to."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from drivers.contracts import Device, DeviceConfig
from drivers.errors import DeviceError, Fault

T = TypeVar("T")


class Deed(StrEnum):
    """What only a person can do, or see."""

    LAY_CARD = "lay a card on the reader and leave it there"
    TAKE_CARD = "take the card away"
    PUT_CHIP = "put a chip card in"
    SCAN_CODE = "scan any code now"
    PRESS_KEY = "press a key of the pad when it asks"
    LOAD_PAGES = "put three pages into the feeder"
    SEE_NUMBER = "does the display show A017?"
    HOLD_PAPER = "did the test strip come out whole?"
    HEAR_CALL = "was the call heard?"
    UNPLUG = "pull the cable"
    PLUG_IN = "plug it in again"


class Failed(Exception):  # noqa: N818 - the outcome's name
    """The device, or its driver, does not keep the contract."""


class Skipped(Exception):  # noqa: N818 - the outcome's name
    """The check cannot be made here; the text says why."""


@dataclass
class Bench:
    """One device under test.

    Args:
        config: Which device.
        create: Makes its closed driver.
        ask: Asks a person; False when it could not be done or was not seen. None: nobody is there.
    """

    config: DeviceConfig
    create: Callable[[DeviceConfig], Device]
    ask: Callable[[Deed], bool] | None = None
    made: list[Device] = field(default_factory=list)

    def driver(self) -> Device:
        """A new driver, closed; it is closed again when the check is over."""
        device = self.create(self.config)
        self.made.append(device)
        return device

    @contextmanager
    def opened(self) -> Iterator[Device]:
        """A new driver, open."""
        device = self.driver()
        device.open()
        try:
            yield device
        finally:
            device.close()

    def person(self, deed: Deed, *, or_skip: str = "") -> None:
        """Have a person do it.

        Raises:
            Skipped: Nobody is there.
            Failed: It was not seen, heard or done.
        """
        if self.ask is None:
            raise Skipped(or_skip or f"needs a person: {deed}")
        if not self.ask(deed):
            raise Failed(f"not so: {deed}")

    def may_ask(self, deed: Deed) -> bool:
        """Ask a person when one is there; True when it was done."""
        return self.ask is not None and self.ask(deed)

    def clean_up(self) -> None:
        """Close whatever a check left open."""
        while self.made:
            with suppress(Exception):  # a driver whose close raises was found out by its own check
                self.made.pop().close()


def within(seconds: float, what: str, work: Callable[[], T]) -> T:
    """Do ``work`` and hold it to ``seconds``.

    Raises:
        Failed: It took longer.
    """
    begun = time.monotonic()
    result = work()
    took = time.monotonic() - begun
    if took > seconds:
        raise Failed(f"{what} took {took:.1f} s, {seconds:g} s are allowed")
    return result


def refusal(what: str, work: Callable[[], object]) -> DeviceError:
    """The error that ``work`` must end with.

    Raises:
        Failed: It ended well, or with anything but a ``DeviceError``.
    """
    try:
        work()
    except DeviceError as error:
        return error
    except (Failed, Skipped):
        raise
    except Exception as bug:
        raise Failed(f"{what}: raised {type(bug).__name__}, only DeviceError may come out") from bug
    raise Failed(f"{what}: nothing was raised")


def cancelled(work: Callable[[threading.Event], object], *, after: float = 0.3, allowed: float = 1.0) -> None:
    """``work`` must end within ``allowed`` seconds of its cancelling, as ``CANCELLED``.

    Raises:
        Failed: It did not, or said something else.
    """
    cancel = threading.Event()
    at: list[float] = []

    def call_off() -> None:
        at.append(time.monotonic())
        cancel.set()

    timer = threading.Timer(after, call_off)
    timer.start()
    try:
        error = refusal("a cancelled call", lambda: work(cancel))
    finally:
        timer.join()
    took = time.monotonic() - at[0]
    if error.fault is not Fault.CANCELLED:
        raise Failed(f"a cancelled call ended with {error.fault}/{error.code} instead of cancelled")
    if took > allowed:
        raise Failed(f"a cancelled call ended after {took:.1f} s, {allowed:g} s are allowed")
