from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from window_client.domain.calendar import Due, WorkingCalendar, decode_year

FILES = Path(__file__).parents[4] / "resources" / "calendars"
CALENDAR = WorkingCalendar.decode(path.read_bytes() for path in sorted(FILES.glob("*.json")))
IN_2025_AND_2026 = st.dates(date(2025, 1, 1), date(2026, 12, 31))

VECTORS = """
2025-01-24 3 2025-02-05
2025-09-26 10 2025-10-16
2026-02-12 3 2026-02-24
2026-02-13 1 2026-02-14
2026-02-28 5 2026-03-06
2026-06-18 1 2026-06-22
2026-04-30 1 2026-05-06
2026-05-08 1 2026-05-09
2026-09-18 1 2026-09-20
2026-09-24 5 2026-10-09
2026-09-28 5 2026-10-10
2026-09-28 20 2026-10-30
2026-09-24 20 2026-10-29
2026-10-10 20 2026-11-06
"""


@pytest.mark.parametrize("line", VECTORS.strip().splitlines())
def test_the_vectors_of_the_official_calendars(line: str) -> None:
    start, n, due = line.split()
    assert CALENDAR.add_working_days(date.fromisoformat(start), int(n)) == Due(date.fromisoformat(due), False)


@pytest.mark.parametrize("year", [2025, 2026])
def test_every_day_of_the_year_agrees_with_the_oracle(year: int) -> None:
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    assert [CALENDAR.is_working_day(day) for day in days] == [chinese_calendar.is_workday(day) for day in days]


@given(start=IN_2025_AND_2026, n=st.integers(0, 40))
def test_adding_counts_what_lies_between_and_ends_on_a_working_day(start: date, n: int) -> None:
    due = CALENDAR.add_working_days(start, n)
    day = timedelta(days=1)
    assert CALENDAR.working_days_between(start + day, due.date + day) == n
    assert n == 0 or CALENDAR.is_working_day(due.date)
    assert due.provisional == (due.date.year > 2026)


@given(start=IN_2025_AND_2026, a=st.integers(0, 20), b=st.integers(0, 20))
def test_adding_in_two_steps_is_adding_at_once(start: date, a: int, b: int) -> None:
    first = CALENDAR.add_working_days(start, a)
    assert CALENDAR.add_working_days(first.date, b).date == CALENDAR.add_working_days(start, a + b).date


def test_a_date_in_an_unpublished_year_is_provisional() -> None:
    assert CALENDAR.add_working_days(date(2026, 12, 28), 5) == Due(date(2027, 1, 4), True)
    assert CALENDAR.add_working_days(date(2026, 12, 28), 3) == Due(date(2026, 12, 31), False)
    assert not CALENDAR.published(2027)
    assert CALENDAR.next_working_day(date(2027, 3, 5)) == Due(date(2027, 3, 8), True)


def test_the_next_working_day_may_be_a_saturday() -> None:
    assert CALENDAR.next_working_day(date(2026, 5, 8)) == Due(date(2026, 5, 9), False)


def test_days_between_leave_out_the_end() -> None:
    assert CALENDAR.working_days_between(date(2026, 10, 12), date(2026, 10, 20)) == 6
    assert CALENDAR.working_days_between(date(2026, 10, 20), date(2026, 10, 12)) == 0


def test_limits_run_forward() -> None:
    with pytest.raises(ValueError, match="forward"):
        CALENDAR.add_working_days(date(2026, 1, 1), -1)


def test_a_later_file_replaces_an_earlier_one_of_its_year() -> None:
    holiday = '{"year": 2026, "days": [{"date": "2026-11-24", "name": "x", "isOffDay": true}]}'
    assert not WorkingCalendar.decode(['{"year": 2026, "days": []}', holiday]).is_working_day(date(2026, 11, 24))


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (b"{", "cannot be read"),
        (b"\xff", "cannot be read"),
        ('{"year": 2026, "days": [{"date": "2026-02-30", "isOffDay": true}]}', "cannot be read"),
        ('{"year": 2026, "days": [{"date": "2027-01-01", "isOffDay": true}]}', "names 2027-01-01"),
    ],
)
def test_a_damaged_file_is_refused(document: bytes | str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        decode_year(document)
