"""What a called number is in words: every display decides what of a call it can show. No I/O.

The counter gives all displays the same two lines of ASCII: the number (or dashes) above, ``WINDOW 03`` below. A display
that knows Chinese says the same as a sentence, a numeric one shows the number alone.
"""

import re
from dataclasses import dataclass
from string import Formatter

CALL = "请{number}号到{window}号窗口"
"""How a call is shown in Chinese unless the settings say it otherwise."""

IDLE = "{window}号窗口"

_WINDOW = re.compile(r"WINDOW 0*(\d+)")
PLACES = frozenset({"upper", "lower", "number", "window"})


@dataclass(frozen=True, slots=True)
class Call:
    """The two lines, and what is in them: ``number`` and ``window`` are empty where there is none."""

    upper: str
    lower: str
    number: str
    window: str

    @property
    def is_test(self) -> bool:
        """Whether somebody tries the display: all of it should light up, however few places it has."""
        return self.lower == "TEST"

    @property
    def digits(self) -> str:
        """The digits of the number: what a display without letters can show of ``A017``."""
        return "".join(re.findall(r"\d", self.number))


def call(upper: str, lower: str) -> Call:
    """The two lines as the counter gives them, understood."""
    upper, lower = upper.strip(), lower.strip()
    found = _WINDOW.fullmatch(lower)
    number = upper if any(letter.isdecimal() for letter in upper) else ""
    return Call(upper, lower, number, found.group(1) if found else "")


def sentence(shown: Call, call_words: str = CALL, idle_words: str = IDLE) -> str:
    """The call as one text: its words when there are number and window, the idle words for a window without a number.

    Raises:
        ValueError: The words name a place that there is not.
    """
    if shown.number and shown.window:
        words = call_words
    elif shown.window:
        words = idle_words
    else:
        return " ".join(part for part in (shown.upper, shown.lower) if part)
    return fill(words, shown)


def fill(words: str, shown: Call) -> str:
    """The words with ``{upper}``, ``{lower}``, ``{number}`` and ``{window}`` filled in.

    Raises:
        ValueError: The words name a place that there is not.
    """
    for _, place, form, conversion in Formatter().parse(words):
        if place is not None and (place not in PLACES or form or conversion):
            raise ValueError(f"{{{place}}} is no place; known: {', '.join(sorted(PLACES))}")
    return words.format(upper=shown.upper, lower=shown.lower, number=shown.number, window=shown.window)
