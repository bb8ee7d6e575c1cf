"""What is said for a call: clip by clip, and as one text for a speech engine. Pure.

Every digit is spoken by itself, in ticket numbers and in window numbers: 一二号窗口 is understood in a noisy hall where
十二号窗口 is taken for 十号. The names of clips are the names of their files without ``.wav``.
"""

from drivers.contracts import Announcement

LANGUAGES = ("zh", "en")

_DIGITS = {"zh": "零一二三四五六七八九", "en": "0123456789"}
_SENTENCE = {
    "zh": (("please",), ("number_to",), ("window",)),
    "en": (("number",), ("please_go_to_window",), ()),
}
"""Clips before the ticket number, between it and the window number, and behind."""

WORDS: dict[str, dict[str, str]] = {
    "zh": {"please": "请", "number_to": "号到", "window": "号窗口办理"},
    "en": {"number": "Number", "please_go_to_window": "please go to window"},
}
"""What is recorded in the clips that are no letters and digits."""

CLIPS: dict[str, tuple[str, ...]] = {
    language: (*"0123456789", *"ABCDEFGHIJKLMNOPQRSTUVWXYZ", *WORDS[language]) for language in LANGUAGES
}
"""All clips that a language needs."""


def clips(announcement: Announcement, language: str) -> tuple[str, ...]:
    """The clips of one call in their order; a character that no clip can have stands for itself.

    Raises:
        ValueError: A language that is not known, or nothing to say.
    """
    before, between, behind = _parts(announcement, language)
    number, window = _spelt(announcement.number), _spelt(announcement.window)
    return (*before, *number, *between, *window, *behind)


def text(announcement: Announcement, language: str) -> str:
    """The same call as a text for a speech engine, with the characters apart.

    Raises:
        ValueError: As ``clips``.
    """
    before, between, behind = _parts(announcement, language)
    words, digits = WORDS[language], _DIGITS[language]

    def say(characters: tuple[str, ...]) -> str:
        return " ".join(digits[int(one)] if one in "0123456789" else one for one in characters)

    parts = (
        *(words[name] for name in before),
        say(_spelt(announcement.number)),
        *(words[name] for name in between),
        say(_spelt(announcement.window)),
        *(words[name] for name in behind),
    )
    return " ".join(parts)


def _parts(announcement: Announcement, language: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    if language not in _SENTENCE:
        raise ValueError("a language that is not known")
    if not _spelt(announcement.number) or not _spelt(announcement.window):
        raise ValueError("nothing to say")
    return _SENTENCE[language]


def _spelt(written: str) -> tuple[str, ...]:
    """The characters that are spoken: leading zeros of a ticket are part of its name, separators are not."""
    return tuple(one for one in written.upper() if one.isalnum())
