"""The window's time: the machine's clock, corrected by what the central service's clock says, in China's zone."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))
"""China has one time zone and no summer time (GB/T 7408); a machine set to another one shows this all the same."""


class Clock:
    """Call it for the time.

    Args:
        offset: Seconds to add, as learned from the central service's answers.
    """

    def __init__(self, offset: Callable[[], float]) -> None:
        self._offset = offset

    def __call__(self) -> datetime:
        """The time at the window."""
        return datetime.now(UTC).astimezone(CHINA) + timedelta(seconds=self._offset())
