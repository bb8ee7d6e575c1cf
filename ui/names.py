"""English names of what the catalogue names in Chinese: queues, services, documents, departments, windows.

Rows of a queue, drafts and cases of the outbox carry the Chinese name alone, as it is stored and sent; the screens look
its English up here. What has no English, such as a person's name or a sentence, stays as it is.
"""

from collections.abc import Mapping

from ui.words import words

_known: dict[str, Mapping[str, str]] = {"names": {}}
_JOINTS = ((" · ", " · "), ("　", "　"), ("、", ", "), (" ", " "))


def know(names: Mapping[str, str]) -> None:
    """Take the names of a catalogue, Chinese to English."""
    if names:
        _known["names"] = names


def named(text: str, *, english: bool | None = None) -> str:
    """A text of names as it is shown: each name that is known in English where English is spoken.

    Args:
        text: One name, or several with marks between them: ``李* · 个体工商户设立登记``.
        english: Whether English is spoken; what the clerk's screen speaks when it is not said.
    """
    if text and (words.language == "en" if english is None else english):
        return _named(text, 0)
    return text


def _named(text: str, joint: int) -> str:
    found = _known["names"].get(text)
    if found:
        return found
    for place in range(joint, len(_JOINTS)):
        mark, shown = _JOINTS[place]
        if mark in text:
            parts = text.split(mark)
            told = [_named(part, place + 1) for part in parts]
            return shown.join(told) if told != parts else text
    return text
