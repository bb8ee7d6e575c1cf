"""Working days: weekends, statutory holidays and adjusted working days (调休), DOMAIN.md section 5.

Each year comes from one data file (``resources/calendars/<year>.json``: ``year``, ``days`` of ``date``, ``name``,
``isOffDay``). A year without a file is not yet published: only its weekends are known, and what is reckoned
with it is provisional (日历未公布，暂按周末推算).
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

import msgspec

_DAY = timedelta(days=1)
_SATURDAY = 5


class SpecialDay(msgspec.Struct, frozen=True):
    """A day that is off although a weekday, or worked although a weekend."""

    date: date
    off: bool = msgspec.field(name="isOffDay")
    name: str = ""


class CalendarYear(msgspec.Struct, frozen=True):
    """What the state notice of the November before sets for a year."""

    year: int
    days: tuple[SpecialDay, ...]
    source: str = ""


class Due(NamedTuple):
    """A date, and whether it rests on a year whose holidays are not published."""

    date: date
    provisional: bool


def decode_year(document: bytes | str) -> CalendarYear:
    """Read one calendar file.

    Raises:
        ValueError: the document is damaged or names a day of another year.
    """
    try:
        year = msgspec.json.decode(document, type=CalendarYear)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"calendar cannot be read: {error}") from error
    strays = [day.date for day in year.days if day.date.year != year.year]
    if strays:
        raise ValueError(f"calendar of {year.year} names {strays[0].isoformat()}")
    return year


class WorkingCalendar:
    """All published years. Dates in, dates out; the start day itself is never counted."""

    def __init__(self, years: Iterable[CalendarYear] = ()) -> None:
        self._off = {year.year: {day.date: day.off for day in year.days} for year in years}

    @classmethod
    def decode(cls, documents: Iterable[bytes | str]) -> "WorkingCalendar":
        """A calendar of these files; a later file replaces an earlier one of the same year.

        Raises:
            ValueError: a document is damaged.
        """
        return cls(decode_year(document) for document in documents)

    def published(self, year: int) -> bool:
        """Whether the holidays of a year are known."""
        return year in self._off

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on ``day``, by the published year or else by its weekday."""
        off = self._off.get(day.year, {}).get(day)
        return day.weekday() < _SATURDAY if off is None else not off

    def add_working_days(self, start: date, n: int) -> Due:
        """The ``n``-th working day after ``start``; ``start`` itself for 0.

        Raises:
            ValueError: ``n`` is negative.
        """
        if n < 0:
            raise ValueError("limits run forward")
        day, provisional = start, False
        while n:
            day += _DAY
            provisional = provisional or not self.published(day.year)
            n -= self.is_working_day(day)
        return Due(day, provisional)

    def next_working_day(self, day: date) -> Due:
        """The first working day after ``day``."""
        return self.add_working_days(day, 1)

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days d have ``start`` ≤ d < ``end``; 0 if ``end`` is not after ``start``."""
        return sum(self.is_working_day(start + _DAY * n) for n in range((end - start).days))
