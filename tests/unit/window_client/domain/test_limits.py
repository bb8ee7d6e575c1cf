from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from window_client.domain.calendar import Due, WorkingCalendar
from window_client.domain.catalogue import Item, Limit
from window_client.domain.limits import (
    Lamp,
    LampRules,
    Suspension,
    correction_due,
    days_left,
    deemed_accepted,
    due_date,
    excluded_days,
    handover_by,
    issue_due,
    lamp,
    promised_by,
    within_law,
)

FILES = Path(__file__).parents[4] / "resources" / "calendars"
CALENDAR = WorkingCalendar.decode(path.read_bytes() for path in sorted(FILES.glob("*.json")))
CHINA = timezone(timedelta(hours=8))


@pytest.fixture
def item(demo: Any) -> Item:
    found: Item = demo.item("SC-MKT-001")
    return found


def with_limits(item: Item, promised: Limit, statutory: Limit = Limit()) -> Item:  # noqa: B008
    return msgspec.structs.replace(item, promised_limit=promised, statutory_limit=statutory)


def days(n: int) -> Limit:
    return Limit(n, "working_day")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def test_the_picture_promises_the_next_day_at_five(item: Item) -> None:
    assert promised_by(item, at("2025-11-04T10:51:00"), CALENDAR) == (at("2025-11-05T17:00:00"), False)


def test_on_the_spot_is_the_same_day_and_never_before_the_acceptance(item: Item) -> None:
    spot = with_limits(item, Limit(0, "on_the_spot"))
    assert promised_by(spot, at("2026-11-24T09:00:00"), CALENDAR) == (at("2026-11-24T17:00:00"), False)
    assert promised_by(spot, at("2026-11-24T17:20:00"), CALENDAR) == (at("2026-11-24T17:20:00"), False)
    assert promised_by(spot, at("2026-11-24T09:00:00"), CALENDAR, "16:30")[0] == at("2026-11-24T16:30:00")


def test_calendar_days_and_provisional_dates(item: Item) -> None:
    assert promised_by(with_limits(item, Limit(3, "calendar_day")), at("2026-11-27T09:00:00"), CALENDAR) == (
        at("2026-11-30T17:00:00"),
        False,
    )
    assert promised_by(with_limits(item, days(5)), at("2026-12-28T09:00:00"), CALENDAR) == (
        at("2027-01-04T17:00:00"),
        True,
    )


def test_an_item_without_a_promise_is_an_error(item: Item) -> None:
    with pytest.raises(ValueError, match="promises nothing"):
        promised_by(with_limits(item, Limit()), at("2026-11-24T09:00:00"), CALENDAR)


def test_suspension_moves_the_due_date_as_in_the_vector(item: Item) -> None:
    stops = [Suspension(date(2026, 10, 12), date(2026, 10, 20))]
    assert excluded_days(stops, date(2026, 9, 28), CALENDAR) == 6
    promised, provisional = promised_by(
        with_limits(item, days(20)), at("2026-09-28T10:00:00"), CALENDAR, suspensions=stops
    )
    assert (promised.date(), provisional) == (date(2026, 11, 9), False)


def test_overlapping_suspensions_count_each_day_once_and_not_the_day_of_acceptance() -> None:
    stops = [
        Suspension(date(2026, 10, 12), date(2026, 10, 20)),
        Suspension(date(2026, 10, 15), date(2026, 10, 21)),
    ]
    assert excluded_days(stops, date(2026, 9, 28), CALENDAR) == 7
    assert excluded_days(stops[:1], date(2026, 10, 12), CALENDAR) == 5
    assert excluded_days(stops[:1], date(2026, 9, 28), CALENDAR, unit="calendar_day") == 8


def test_a_running_suspension_counts_until_today() -> None:
    running = [Suspension(date(2026, 10, 12))]
    assert excluded_days(running, date(2026, 9, 28), CALENDAR) == 0
    assert excluded_days(running, date(2026, 9, 28), CALENDAR, today=date(2026, 10, 13)) == 2


def test_silence_for_five_days_is_acceptance_on_the_day_of_receipt() -> None:
    received = date(2026, 9, 24)
    assert correction_due(received, CALENDAR) == Due(date(2026, 10, 9), False)
    assert deemed_accepted(received, date(2026, 10, 9), CALENDAR) is None
    assert deemed_accepted(received, date(2026, 10, 10), CALENDAR) == received
    assert due_date(days(20), received, CALENDAR) == Due(date(2026, 10, 29), False)


def test_an_unpublished_calendar_accepts_nothing() -> None:
    assert deemed_accepted(date(2026, 12, 28), date(2027, 2, 1), CALENDAR) is None


def test_no_limit_is_not_a_limit_of_no_days(item: Item) -> None:
    assert due_date(Limit(), date(2026, 11, 24), CALENDAR) is None
    assert days_left(Limit(), date(2026, 11, 24), date(2026, 11, 25), CALENDAR) is None
    assert within_law(with_limits(item, days(100)), date(2026, 11, 24), CALENDAR)


def test_dates_are_compared_and_not_numbers(item: Item) -> None:
    twenty_against_thirty = with_limits(item, days(20), Limit(30, "calendar_day"))
    assert not within_law(twenty_against_thirty, date(2026, 9, 28), CALENDAR)
    assert within_law(twenty_against_thirty, date(2026, 11, 2), CALENDAR)


def test_the_demo_promises_stay_within_the_law(demo: Any) -> None:
    assert [i.id for i in demo.catalogue.items if not within_law(i, date(2026, 11, 24), CALENDAR)] == []


def test_the_result_is_issued_within_ten_working_days() -> None:
    assert issue_due(date(2026, 9, 28), CALENDAR).date == date(2026, 10, 16)


@pytest.mark.parametrize(
    ("accepted", "deadline"),
    [
        ("2026-11-24T11:30:59", "2026-11-24T12:00:00"),
        ("2026-11-24T11:31:00", "2026-11-24T17:30:00"),
        ("2026-11-24T17:00:00", "2026-11-24T17:30:00"),
        ("2026-11-27T17:01:00", "2026-11-30T12:00:00"),
    ],
)
def test_hand_over(accepted: str, deadline: str) -> None:
    assert handover_by(at(accepted), CALENDAR) == (at(deadline), False)


def test_hand_over_into_an_unpublished_year_is_provisional() -> None:
    assert handover_by(at("2026-12-31T18:00:00"), CALENDAR) == (at("2027-01-01T12:00:00"), True)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2026-11-02", Lamp.NONE),
        ("2026-11-12", Lamp.NONE),
        ("2026-11-13", Lamp.YELLOW),
        ("2026-11-16", Lamp.YELLOW),
        ("2026-11-17", Lamp.RED),
        ("2026-11-30", Lamp.RED),
        ("2026-12-01", Lamp.RED_STATUTORY),
    ],
)
def test_lamps_of_ten_promised_and_twenty_statutory_days(item: Item, today: str, expected: Lamp) -> None:
    ten = with_limits(item, days(10), days(20))
    assert lamp(ten, date(2026, 11, 2), date.fromisoformat(today), CALENDAR) is expected


def test_remind_comes_before_yellow_where_the_limit_is_short(item: Item) -> None:
    three = with_limits(item, days(3))
    assert lamp(three, date(2026, 11, 2), date(2026, 11, 4), CALENDAR) is Lamp.REMIND
    assert lamp(three, date(2026, 11, 2), date(2026, 11, 5), CALENDAR) is Lamp.YELLOW
    strict = LampRules(remind_days_left=2, yellow_ratio=0.5)
    assert lamp(three, date(2026, 11, 2), date(2026, 11, 3), CALENDAR, rules=strict) is Lamp.REMIND
    assert lamp(three, date(2026, 11, 2), date(2026, 11, 4), CALENDAR, rules=strict) is Lamp.YELLOW


def test_on_the_spot_is_red_on_the_next_day_and_no_promise_has_no_lamp(item: Item) -> None:
    spot = with_limits(item, Limit(0, "on_the_spot"))
    assert lamp(spot, date(2026, 11, 2), date(2026, 11, 2), CALENDAR) is Lamp.NONE
    assert lamp(spot, date(2026, 11, 2), date(2026, 11, 3), CALENDAR) is Lamp.RED
    assert lamp(with_limits(item, Limit()), date(2026, 11, 2), date(2026, 12, 3), CALENDAR) is Lamp.NONE


def test_a_stopped_clock_lights_no_lamp(item: Item) -> None:
    ten = with_limits(item, days(10), days(20))
    stopped = [Suspension(date(2026, 11, 4))]
    for n in range(60):
        today = date(2026, 11, 4) + timedelta(days=n)
        assert lamp(ten, date(2026, 11, 2), today, CALENDAR, suspensions=stopped) is Lamp.NONE


def test_days_left_turn_negative() -> None:
    accepted = date(2026, 11, 2)
    assert days_left(days(3), accepted, date(2026, 11, 4), CALENDAR) == 1
    assert days_left(days(3), accepted, date(2026, 11, 5), CALENDAR) == 0
    assert days_left(days(3), accepted, date(2026, 11, 9), CALENDAR) == -2
    assert days_left(Limit(3, "calendar_day"), accepted, date(2026, 11, 9), CALENDAR) == -4
    assert days_left(days(3), accepted, date(2026, 11, 5), CALENDAR, excluded=2) == 2


ORDER = list(Lamp)


@given(promised=st.integers(1, 15), more=st.integers(0, 15), accepted=st.dates(date(2025, 1, 2), date(2026, 9, 1)))
def test_a_lamp_never_grows_milder(demo: Any, promised: int, more: int, accepted: date) -> None:
    case = with_limits(demo.item("SC-MKT-001"), days(promised), days(promised + more))
    lamps = [lamp(case, accepted, accepted + timedelta(days=n), CALENDAR) for n in range(60)]
    assert [ORDER.index(x) for x in lamps] == sorted(ORDER.index(x) for x in lamps)
    assert lamps[-1] is Lamp.RED_STATUTORY
