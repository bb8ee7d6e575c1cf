import msgspec
import pytest

from window_client.domain.rating import (
    BAD,
    REASONS,
    WORDS,
    Grade,
    Rating,
    from_gb39046,
    from_push,
    is_bad,
    lacking,
    to_gb39046,
    to_push,
)


def rating(grade: Grade | None, reasons: tuple[str, ...] = (), text: str = "") -> Rating:
    return Rating("5107002025110400002367", "2026-11-24T10:52:00+08:00", grade, reasons, text)


def test_the_two_borders_count_in_opposite_directions() -> None:
    assert (to_gb39046(Grade.VERY_SATISFIED), to_push(Grade.VERY_SATISFIED)) == ("1", 5)
    assert (to_gb39046(Grade.VERY_DISSATISFIED), to_push(Grade.VERY_DISSATISFIED)) == ("5", 1)


@pytest.mark.parametrize("grade", list(Grade))
def test_every_grade_comes_back_from_both_borders_with_words(grade: Grade) -> None:
    assert from_gb39046(to_gb39046(grade)) is grade
    assert from_push(to_push(grade)) is grade
    assert WORDS[grade].zh
    assert WORDS[grade].en


def test_the_push_interface_takes_the_same_grades_for_bad(demo: object) -> None:
    assert {grade for grade in Grade if to_push(grade) < 3} == BAD
    assert is_bad(Grade.DISSATISFIED)
    assert not is_bad(Grade.FAIRLY_SATISFIED)


def test_the_words_are_those_of_the_standard(demo: object) -> None:
    named = demo.raw["code_sets"]["satisfaction"]  # type: ignore[attr-defined]
    assert {to_gb39046(grade): words.zh for grade, words in WORDS.items()} == named


@pytest.mark.parametrize("code", ["0", "6", ""])
def test_unknown_codes_are_errors(code: str) -> None:
    with pytest.raises(ValueError, match="no grade"):
        from_gb39046(code)
    with pytest.raises(ValueError, match="no grade"):
        from_push(int(code or 9))


def test_a_bad_rating_needs_a_ticked_reason_or_text() -> None:
    assert lacking(rating(Grade.DISSATISFIED)) == ("reason",)
    assert lacking(rating(Grade.DISSATISFIED, text="  ")) == ("reason",)
    assert lacking(rating(Grade.DISSATISFIED, text="等了很久")) == ()
    assert lacking(rating(Grade.VERY_DISSATISFIED, ("slow",))) == ()
    assert lacking(rating(Grade.SATISFIED, ("weather",))) == ("unknown_reason",)
    assert lacking(rating(Grade.SATISFIED)) == ()
    assert lacking(rating(None)) == ()


def test_there_is_no_default_grade_and_reasons_speak_both_languages() -> None:
    assert Rating("n", "t").grade is None
    assert all(words.zh and words.en for words in REASONS.values())
    assert msgspec.json.decode(msgspec.json.encode(rating(None)), type=Rating) == rating(None)
