"""The clocks of a case: when it is due, how suspension moves that, when silence is acceptance, which lamp is lit.

Source: DOMAIN.md sections 1.3, 2.2, 5 and 6. Counting begins on the day after; the working-day module owns the days.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum

import msgspec

from window_client.domain.calendar import Due, WorkingCalendar
from window_client.domain.catalogue import Item, Limit

CORRECTION_DAYS = 5
ISSUE_DAYS = 10
CLOSES = "17:00"

_ON_THE_SPOT = "on_the_spot"


class Suspension(msgspec.Struct, frozen=True):
    """A stop of the decision clock. ``start`` is excluded, ``resumed`` counts again; None = still stopped."""

    start: date
    resumed: date | None = None


class Lamp(StrEnum):
    """What e-monitoring shows, mildest first."""

    NONE = "NONE"
    REMIND = "REMIND"
    YELLOW = "YELLOW"
    RED = "RED"
    RED_STATUTORY = "RED_STATUTORY"


class LampRules(msgspec.Struct, frozen=True):
    """When a lamp comes on: days left for REMIND, share of the promised limit used for YELLOW."""

    remind_days_left: int = 1
    yellow_ratio: float = 0.9


def due_date(limit: Limit, start: date, calendar: WorkingCalendar, *, excluded: int = 0) -> Due | None:
    """The last day of a limit that starts on ``start``, or None where there is no limit.

    ``excluded`` are the days of suspension, working days for a limit in working days, calendar days otherwise.
    """
    if limit.value is None:
        return None
    if limit.unit == _ON_THE_SPOT:
        return Due(start, provisional=False)
    if limit.unit == "calendar_day":
        return Due(start + timedelta(days=limit.value + excluded), provisional=False)
    return calendar.add_working_days(start, limit.value + excluded)


def promised_by(
    item: Item,
    accepted_at: datetime,
    calendar: WorkingCalendar,
    closes: str = CLOSES,
    suspensions: Sequence[Suspension] = (),
) -> tuple[datetime, bool]:
    """When the item's promise runs out, and whether that is provisional.

    It is closing time (``HH:MM``) of the due day, in the time zone of ``accepted_at``; on the spot means the same day,
    and never before the acceptance itself.

    Raises:
        ValueError: the item promises nothing (``catalogue.validate`` reports such an item when it is loaded).
    """
    start = accepted_at.date()
    excluded = excluded_days(suspensions, start, calendar, unit=item.promised_limit.unit)
    due = due_date(item.promised_limit, start, calendar, excluded=excluded)
    if due is None:
        raise ValueError(f"{item.id} promises nothing")
    at = datetime.combine(due.date, time.fromisoformat(closes), tzinfo=accepted_at.tzinfo)
    return max(at, accepted_at), due.provisional


def within_law(item: Item, start: date, calendar: WorkingCalendar) -> bool:
    """Whether the promise ends no later than the statutory limit; dates are compared, never numbers of days."""
    promised = due_date(item.promised_limit, start, calendar)
    statutory = due_date(item.statutory_limit, start, calendar)
    return promised is None or statutory is None or promised.date <= statutory.date


def excluded_days(
    suspensions: Sequence[Suspension],
    accepted: date,
    calendar: WorkingCalendar,
    *,
    unit: str | None = "working_day",
    today: date | None = None,
) -> int:
    """How many days do not count, each once: start ≤ d < resumed, and after the day of acceptance.

    A suspension that still runs counts until ``today`` (inclusive) or, without it, not at all.
    """
    days: set[date] = set()
    for stop in suspensions:
        end = stop.resumed or (today + timedelta(days=1) if today else stop.start)
        first = max(stop.start, accepted + timedelta(days=1))
        days |= {first + timedelta(days=n) for n in range((end - first).days)}
    return sum(unit == "calendar_day" or calendar.is_working_day(day) for day in days)


def correction_due(received: date, calendar: WorkingCalendar) -> Due:
    """The last day on which a correction notice or refusal can still be given."""
    return calendar.add_working_days(received, CORRECTION_DAYS)


def deemed_accepted(received: date, today: date, calendar: WorkingCalendar) -> date | None:
    """The acceptance date if nothing was said in time, which is the day of receipt; None while there is still time.

    Nothing is deemed on a provisional date: an unpublished calendar must not accept a case.
    """
    due = correction_due(received, calendar)
    return received if today > due.date and not due.provisional else None


def issue_due(granted: date, calendar: WorkingCalendar) -> Due:
    """The last day to make and deliver the result of a decision."""
    return calendar.add_working_days(granted, ISSUE_DAYS)


def handover_by(accepted_at: datetime, calendar: WorkingCalendar) -> tuple[datetime, bool]:
    """When the paper file must have been handed over, and whether that is provisional (DOMAIN.md section 1.3)."""
    day, at = accepted_at.date(), accepted_at.time().replace(second=0, microsecond=0)
    provisional = False
    if at <= time(11, 30):
        deadline = time(12, 0)
    elif at <= time(17, 0):
        deadline = time(17, 30)
    else:
        day, provisional = calendar.next_working_day(day)
        deadline = time(12, 0)
    return datetime.combine(day, deadline, tzinfo=accepted_at.tzinfo), provisional


def lamp(
    item: Item,
    accepted: date,
    today: date,
    calendar: WorkingCalendar,
    *,
    suspensions: Sequence[Suspension] = (),
    rules: LampRules = LampRules(),  # noqa: B008 (frozen)
) -> Lamp:
    """The lamp of an undecided case on ``today``."""

    def due(limit: Limit) -> Due | None:
        excluded = excluded_days(suspensions, accepted, calendar, unit=limit.unit, today=today)
        return due_date(limit, accepted, calendar, excluded=excluded)

    statutory, promised = due(item.statutory_limit), due(item.promised_limit)
    if statutory is not None and today > statutory.date:
        return Lamp.RED_STATUTORY
    if promised is None:
        return Lamp.NONE
    if today > promised.date:
        return Lamp.RED
    length = item.promised_limit.value or 0
    if length == 0:
        return Lamp.NONE
    left = _days(item.promised_limit, today, promised.date, calendar)
    if (length - left) / length >= rules.yellow_ratio:
        return Lamp.YELLOW
    return Lamp.REMIND if left <= rules.remind_days_left else Lamp.NONE


def days_left(limit: Limit, accepted: date, today: date, calendar: WorkingCalendar, *, excluded: int = 0) -> int | None:
    """Days of a limit that are left after ``today``, negative when it is over, None where there is no limit."""
    due = due_date(limit, accepted, calendar, excluded=excluded)
    if due is None:
        return None
    if today <= due.date:
        return _days(limit, today, due.date, calendar)
    return -_days(limit, due.date, today, calendar)


def _days(limit: Limit, after: date, until: date, calendar: WorkingCalendar) -> int:
    """Days d of the limit's unit with ``after`` < d ≤ ``until``."""
    if limit.unit == "calendar_day":
        return (until - after).days
    day = timedelta(days=1)
    return calendar.working_days_between(after + day, until + day)
