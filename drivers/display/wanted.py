"""What a display should show and does not: shown at the next look at the device, or told as its trouble. No I/O."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from drivers.asking import health_after
from drivers.errors import DeviceError, DeviceHealth, DeviceState, Fault


class Wanted:
    """The two lines that are not on the display yet, and why. Lines that it can never show are not tried again.

    A number that cannot be shown must not leave the one before it on the display: ``blank`` takes that away.

    Args:
        blank: Makes the display show nothing.
    """

    def __init__(self, blank: Callable[[], None]) -> None:
        self._blank = blank
        self._code = ""
        self.lines: tuple[str, str] | None = None

    def forget(self) -> None:
        """The display begins anew."""
        self.lines, self._code = None, ""

    @contextmanager
    def showing(self, upper: str, lower: str) -> Iterator[None]:
        """Around the sending of two lines."""
        self.lines, self._code = (upper, lower), ""
        try:
            yield
        except DeviceError as error:
            if error.fault is Fault.REFUSED:
                self._code = error.code
            if error.code == "cannot_show":
                self.lines = None
                self._take_away()
            raise
        self.lines = None

    def health(self, show: Callable[[str, str], None], facts: dict[str, str]) -> DeviceHealth | None:
        """Show what is still wanted; the health when that goes wrong or must be told, None when all is well."""
        if self.lines is not None:
            try:
                show(*self.lines)
            except DeviceError as error:
                return health_after(error, facts)
        return DeviceHealth(DeviceState.FAULT, self._code, facts) if self._code else None

    def _take_away(self) -> None:
        lines, code = self.lines, self._code
        try:
            self._blank()
        except DeviceError:
            return  # the look at the device finds that out as well
        finally:
            self.lines, self._code = lines, code
