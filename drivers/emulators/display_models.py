"""The displays that the display emulator can be: what each does with bytes, what it answers, what it shows.

A model knows of faults only how its own kind says "busy" and "no", and what an answer to something else looks like;
the rest is made of its answers' bytes by ``drivers.emulators.display``.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import monotonic
from typing import Protocol

from drivers import templates
from drivers.display import epson, frames, modbus, onbon
from drivers.templates_bytes import Message

MODELS = ("cd5220", "epson", "modbus", "onbon", "template")
BAUD = {"onbon": 57600}

Mood = Callable[[int], str]
"""The fault of a unit that decides over a question: ``silent``, ``busy``, ``refuses``, ``wrong``, or empty."""


QUIET = 0.1
"""Seconds of silence that end a Modbus frame here; on a real line 3.5 characters do."""


class Model(Protocol):
    """One of the displays, or several on one line."""

    units: Sequence[int]
    answers: bool

    def take(self, data: bytes, mood: Mood) -> Iterator[tuple[int, bytes]]:
        """Take in bytes; gives the unit and the bytes of each answer."""

    def lines(self, unit: int) -> tuple[str, ...]:
        """What one display shows."""

    def segments(self, unit: int) -> tuple[int, ...]:
        """Its seven-segment digits; empty for displays of characters."""


class _Characters:
    """Two lines of characters; it never answers."""

    units: Sequence[int] = (1,)
    answers: bool = False

    def __init__(self, screen: frames.Screen | epson.Screen) -> None:
        self._screen = screen

    def take(self, data: bytes, mood: Mood) -> Iterator[tuple[int, bytes]]:
        if not mood(1):
            self._screen.feed(data)
        return iter(())

    def lines(self, _unit: int) -> tuple[str, ...]:
        return self._screen.lines

    def segments(self, _unit: int) -> tuple[int, ...]:
        return ()


class _Modbus:
    """Numeric displays on one bus, each with its unit id."""

    answers: bool = True

    def __init__(self, units: Sequence[int], digits: int) -> None:
        self.units: Sequence[int] = units
        self._screens = {unit: modbus.Screen(unit, digits) for unit in units}
        self._questions = modbus.Questions()
        self._heard_at = 0.0

    def take(self, data: bytes, mood: Mood) -> Iterator[tuple[int, bytes]]:
        before, self._heard_at = self._heard_at, monotonic()
        if self._heard_at - before > QUIET:
            self._questions.silence()
        for question in self._questions.feed(data):
            screen = next((one for one in self._screens.values() if one.unit == question[0]), None)
            if screen is None:
                continue
            match mood(screen.unit):
                case "silent":
                    continue
                case "busy":
                    yield screen.unit, screen.refuse(question, modbus.BUSY)
                case "refuses":
                    yield screen.unit, screen.refuse(question, modbus.ILLEGAL_ADDRESS)
                case "wrong":
                    yield screen.unit, modbus.write_register(screen.unit, 0x7F, 1)
                case _:
                    yield screen.unit, screen.answer(question)

    def lines(self, unit: int) -> tuple[str, ...]:
        return (self._screens[unit].text,)

    def segments(self, unit: int) -> tuple[int, ...]:
        return self._screens[unit].segments


class _Onbon:
    """A text controller."""

    units: Sequence[int] = (1,)
    answers: bool = True

    def __init__(self) -> None:
        self.controller = onbon.Controller()
        self._frames = onbon.Frames()

    def take(self, data: bytes, mood: Mood) -> Iterator[tuple[int, bytes]]:
        for body in self._frames.feed(data):
            try:
                screen, _, command = onbon.content(body)
            except onbon.Damaged:
                yield 1, onbon.reply(onbon.BAD_CRC)
                continue
            if screen not in (1, onbon.BROADCAST):
                continue
            match mood(1):
                case "silent":
                    continue
                case "busy":
                    yield 1, onbon.reply(onbon.BUSY)
                case "refuses":
                    yield 1, onbon.reply(onbon.NO_FONT)
                case "wrong":
                    yield 1, onbon.frame(onbon.PING, screen=0x8000, source=1)
                case _:
                    yield 1, onbon.reply(self.controller.take(command))

    def lines(self, _unit: int) -> tuple[str, ...]:
        return tuple(self.controller.text.split("\n"))

    def segments(self, _unit: int) -> tuple[int, ...]:
        return ()


class _Described:
    """What a template describes: it understands the template's messages and answers them as the template says."""

    units: Sequence[int] = (1,)

    def __init__(self, path: Path) -> None:
        self._template = templates.load(path)
        self.answers = any(step.answers for step in self._template.steps.values())
        self._pending = b""
        self._text = ""

    def take(self, data: bytes, mood: Mood) -> Iterator[tuple[int, bytes]]:
        self._pending = (self._pending + data)[-1024:]
        while found := first_of(self._template, self._pending):
            name, values, end = found
            self._pending = self._pending[end:]
            step, said = self._template.steps[name], mood(1)
            answer = {"busy": "busy", "refuses": "refused"}.get(said, "answer")
            if said == "silent":
                continue
            if said == "wrong":
                yield 1, b"\x7e\x7e"
                continue
            if not said and name in ("show", "clear"):
                self._text = shown_by(values) if name == "show" else ""
            if answer in step.answers:
                yield 1, step.answers[answer].render({"key": 0})

    def lines(self, _unit: int) -> tuple[str, ...]:
        return (self._text,)

    def segments(self, _unit: int) -> tuple[int, ...]:
        if not self._text.isdecimal():
            return ()
        return tuple(modbus.SEGMENTS[letter] for letter in self._text.rjust(4))


def first_of(
    template: templates.Template, data: bytes, *, but: Sequence[str] = ()
) -> tuple[str, dict[str, str | int], int] | None:
    """The step whose message ends first in ``data``; of two that fit the one with fewer places in it."""
    found: list[tuple[int, int, str, dict[str, str | int]]] = []
    for name, step in template.steps.items():
        message: Message | None = None if name in but else step.send
        if message is not None and (match := message.find(data)):
            found.append((match[1], len(message.fields), name, match[0]))
    if not found:
        return None
    end, _, name, values = min(found, key=lambda row: row[:2])
    return name, values, end


def shown_by(values: dict[str, str | int]) -> str:
    """What a display shows of the fields of a message."""
    return " ".join(str(values[name]) for name in ("text", "upper", "number", "lower") if name in values)


def make(
    name: str, *, units: Sequence[int] = (1,), digits: int = 4, charset: str = "ascii", template: str = ""
) -> Model:
    """A model by its name.

    Raises:
        TemplateError: The template cannot work.
    """
    match name:
        case "epson":
            return _Characters(epson.Screen(charset))
        case "modbus":
            return _Modbus(units, digits)
        case "onbon":
            return _Onbon()
        case "template":
            return _Described(templates.find("display", template or "xunpeng"))
    return _Characters(frames.Screen())
