"""What is said for a call."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.contracts import Announcement
from drivers.voice import sentences


def test_every_digit_is_spoken_by_itself_in_both_languages() -> None:
    call = Announcement("A017", "12")
    assert sentences.text(call, "zh") == "请 A 零 一 七 号到 一 二 号窗口办理"
    assert sentences.text(call, "en") == "Number A 0 1 7 please go to window 1 2"
    assert sentences.clips(call, "zh") == ("please", "A", "0", "1", "7", "number_to", "1", "2", "window")
    assert sentences.clips(call, "en") == ("number", "A", "0", "1", "7", "please_go_to_window", "1", "2")


def test_separators_and_small_letters_make_no_difference() -> None:
    assert sentences.clips(Announcement("a-017", " 3"), "zh") == sentences.clips(Announcement("A017", "3"), "zh")


@pytest.mark.parametrize(("number", "window", "language"), [("", "1", "zh"), ("A1", "-", "zh"), ("A1", "1", "xx")])
def test_nothing_to_say_and_languages_that_are_not_known_are_refused(number: str, window: str, language: str) -> None:
    with pytest.raises(ValueError, match=r"say|known"):
        sentences.clips(Announcement(number, window), language)


@given(
    st.text(string.ascii_uppercase + string.digits, min_size=1, max_size=8),
    st.text(string.digits, min_size=1, max_size=3),
    st.sampled_from(sentences.LANGUAGES),
)
def test_all_clips_of_usual_numbers_are_among_those_to_record(number: str, window: str, language: str) -> None:
    said = sentences.clips(Announcement(number, window), language)
    assert set(said) <= set(sentences.CLIPS[language])
    assert "".join(one for one in said if len(one) == 1) == number + window
