"""Times, numbers and codes as the desk writes them."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from ui.reception import texts
from ui.words import WORDS_FOLDER, words
from window_client.reception.state import Say

HERE = timezone(timedelta(hours=8))


@pytest.fixture
def in_english() -> Iterator[None]:
    words.language = "en"
    yield
    words.language = "zh"


def test_all_words_of_the_desk_have_the_same_places_in_both_languages() -> None:
    table = json.loads((WORDS_FOLDER / "desk.json").read_text("utf-8"))
    for key, pair in table.items():
        assert set(re.findall(r"{\w+}", pair["zh"])) >= set(re.findall(r"{\w+}", pair["en"])), key


def test_a_case_number_is_grouped_with_date_and_serial_in_the_middle() -> None:
    assert texts.grouped_case_no("5107002025110400002367") == ("510700", "20251104 0000236", "7")


def test_a_provisional_number_stays_whole() -> None:
    assert texts.grouped_case_no("L-12-20251104-031-7") == ("", "L-12-20251104-031-7", "")


def test_days_are_written_in_the_language() -> None:
    moment = datetime(2025, 11, 5, 17, tzinfo=HERE)
    assert texts.day_weekday_clock(moment) == "11月5日 周三 17:00"
    assert texts.day("2025-11-12") == "11月12日"
    assert texts.day("2025-11-12T09:00:00+08:00") == "11月12日"


@pytest.mark.usefixtures("in_english")
def test_days_are_written_in_english() -> None:
    assert texts.day_weekday_clock(datetime(2025, 11, 5, 17, tzinfo=HERE)) == "Wed 5 Nov 17:00"
    assert texts.in_language("事项", "Service") == "Service"
    assert texts.in_language("事项", "") == "事项"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2025-11-04T08:30:00+08:00", "今天 08:30"),
        ("2025-11-03T16:10:00+08:00", "昨天 16:10"),
        ("2025-11-01", "11月1日"),
        ("今天 17:00 前受理", "今天 17:00 前受理"),
        ("", ""),
    ],
)
def test_moments_near_today_are_named(text: str, shown: str) -> None:
    assert texts.moment_words(text, date(2025, 11, 4)) == shown


def test_time_used_is_written_as_minutes_and_seconds() -> None:
    assert texts.minutes_seconds(372) == "06:12"
    assert texts.minutes_seconds(3723) == "1:02:03"
    assert texts.minutes_seconds(-3) == "00:00"
    assert texts.short_minutes_seconds(520) == "8:40"
    assert texts.clock(None) == ""


def test_moments_that_the_store_keeps_as_utc_are_shown_in_the_halls_time() -> None:
    moment = datetime(2025, 11, 4, 20, 5, tzinfo=UTC)
    assert texts.clock(moment) == "04:05"
    assert texts.day_weekday_clock(moment) == "11月5日 周三 04:05"
    assert texts.day("2025-11-04T20:05:00+00:00") == "11月5日"


def test_an_unknown_code_is_told_by_its_topic_and_then_in_general() -> None:
    assert texts.say_words(Say(1, "scanner.refused", {"n": "2"}, bad=True)) == "扫描中断，已扫 2 页都在"
    assert texts.say_words(Say(2, "never.heard", bad=True)) == "这一步没有做成，内容都在，请再试一次"
    assert texts.say_words(Say(3, "never.heard")) == "已完成"


def test_a_moment_of_another_day_reads_as_day_and_clock() -> None:
    assert texts.day_and_clock("2026-11-23T07:00:00+08:00") == "11月23日 07:00"
    assert texts.day_and_clock("11月4日 07:00") == "11月4日 07:00"
