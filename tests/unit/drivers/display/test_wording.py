import pytest

from drivers.display.wording import Call, call, fill, sentence


@pytest.mark.parametrize(
    ("upper", "lower", "number", "window", "digits"),
    [
        ("A017", "WINDOW 03", "A017", "3", "017"),
        ("----", "WINDOW 12", "", "12", ""),
        ("", "WINDOW 12", "", "12", ""),
        ("----", "BACK 10:30", "", "", ""),
        ("88888", "TEST", "88888", "", "88888"),
    ],
)
def test_the_two_lines_of_the_counter_are_understood(
    upper: str, lower: str, number: str, window: str, digits: str
) -> None:
    shown = call(upper, lower)

    assert (shown.number, shown.window, shown.digits) == (number, window, digits)


@pytest.mark.parametrize(
    ("upper", "lower", "text"),
    [
        ("A017", "WINDOW 03", "请A017号到3号窗口"),
        ("----", "WINDOW 03", "3号窗口"),
        ("----", "BACK 10:30", "---- BACK 10:30"),
        ("", "", ""),
    ],
)
def test_a_call_is_a_sentence_and_the_rest_stays_as_it_is(upper: str, lower: str, text: str) -> None:
    assert sentence(call(upper, lower)) == text


@pytest.mark.parametrize("words", ["{dog}", "{number!r}", "{number:>9}", "{", "{0}", "{number.upper}"])
def test_words_with_another_place_are_refused(words: str) -> None:
    with pytest.raises((ValueError, IndexError)):
        fill(words, Call("", "", "", ""))
