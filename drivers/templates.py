"""Devices that a technician describes in a TOML file instead of code: number displays and rating pads.

::

    name = "…"                     shown as the model
    kind = "display"               or "rating"
    [port]      baud = 9600, parity = "none", silence = 0.0 (seconds between two messages), settle = 0.0 (after opening)
    [text]      call = "请{number}号到{window}号窗口", idle = "{window}号窗口"     what {text} is
    [values]    colour = 1         further places, {colour}; an option of the device with this name wins
    [open] [show] [clear] [health]         of displays; [open] [ask] [key] [rest] [health] of rating pads
        send = "…"                 bytes (drivers.templates_bytes)
        answer = "06"              what says yes; left out: nothing is waited for
        refused = "15"             what says no; busy = "…"
        within = 0.5, retries = 2  seconds for an answer, further attempts
    [keys]      "31" = 5           of rating pads: the byte {key} of [key] and its grade, 5 is the best

A template that cannot work is refused when it is read, with its line and the reason. As a program it checks templates
and prints what they would send: ``python -m drivers.templates FILE...``.
"""

import re
import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from drivers import templates_bytes
from drivers.asking import Manner
from drivers.display.wording import CALL, IDLE, Call, call, sentence
from drivers.templates_bytes import CannotShowError, Message, Value, WrongMessage

KINDS = {
    "display": ("open", "show", "clear", "health"),
    "rating": ("open", "ask", "key", "rest", "health"),
}
_NEEDED = {"display": ("show",), "rating": ("ask", "key", "keys")}
PARITIES = {"none": "N", "even": "E", "odd": "O"}
FIELDS = frozenset({"text", "upper", "lower", "number", "window"})
ANSWERS = ("answer", "refused", "busy")
HEALTH_WITHIN = 2.0
STEP_WITHIN = 8.0
"""Seconds that a step may take with all its attempts: whoever waits for a device gives up a little later."""

_LONGEST_FILE = 64 * 1024
_SAMPLES = (("A017", "WINDOW 12"), ("A9999", "WINDOW 99"))
_HERE = Path(__file__).resolve().parent


class TemplateError(ValueError):
    """A template that cannot work; ``line`` is 0 when the reason has no one line."""

    def __init__(self, source: str, line: int, reason: str) -> None:
        super().__init__(f"{source}: line {line}: {reason}" if line else f"{source}: {reason}")
        self.line = line
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Step:
    """What is sent, the answers by what they say, and how it is asked. ``send`` None: the device speaks by itself."""

    send: Message | None
    answers: Mapping[str, Message]
    manner: Manner


@dataclass(frozen=True, slots=True)
class Template:
    """A template that can work. ``grades`` by key byte."""

    name: str
    kind: str
    baud: int
    parity: str
    settle: float
    call_words: str
    idle_words: str
    values: Mapping[str, Value]
    steps: Mapping[str, Step]
    grades: Mapping[int, int] = field(default_factory=dict)

    def values_for(self, shown: Call, options: Mapping[str, Value | float | bool]) -> dict[str, Value]:
        """What stands in the places for a call; options of the device win over the template's values."""
        own = {name: _kept(options.get(name, usual), usual) for name, usual in self.values.items()}
        text = sentence(shown, self.call_words, self.idle_words)
        return {
            **own,
            "text": text,
            "upper": shown.upper,
            "lower": shown.lower,
            "number": shown.number,
            "window": shown.window,
        }


def _kept(asked: Value | float, usual: Value) -> Value:
    return int(asked) if isinstance(usual, int) and str(asked).isdecimal() else str(asked)


def shipped(kind: str) -> dict[str, Path]:
    """The templates that come with the program, by name."""
    return {path.stem: path for path in sorted((_HERE / kind / "templates").glob("*.toml"))}


def find(kind: str, name: str) -> Path:
    """The file of a shipped template's name, or of a path."""
    return shipped(kind).get(name) or Path(name)


def load(path: Path) -> Template:
    """Read a template's file.

    Raises:
        TemplateError: It cannot be read, or cannot work.
    """
    try:
        if path.stat().st_size > _LONGEST_FILE:
            raise TemplateError(path.name, 0, "is too long for a template")
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        if isinstance(error, TemplateError):
            raise
        reason = error.strerror if isinstance(error, OSError) else "is no UTF-8"
        raise TemplateError(path.name, 0, f"cannot be read: {reason}") from error
    return read(text, path.name)


def read(text: str, source: str = "template") -> Template:
    """Read a template's text.

    Raises:
        TemplateError: It cannot work.
    """
    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = re.search(r"at line (\d+)", str(error))
        raise TemplateError(source, int(line.group(1)) if line else 0, f"is not TOML: {error}") from error
    return _Reader(text, source, document).template()


class _Reader:
    """One document, on its way to a template."""

    def __init__(self, text: str, source: str, document: dict[str, Any]) -> None:
        self._lines = text.splitlines()
        self._source = source
        self._document = document

    def _wrong(self, table: str, key: str, reason: str) -> TemplateError:
        where = " ".join(part for part in (f"[{table}]" if table else "", key) if part)
        return TemplateError(self._source, self._line(table, key), f"{where}: {reason}" if where else reason)

    def _line(self, table: str, key: str) -> int:
        """The line on which a key, or its table, stands; 0 when it cannot be told."""
        current, of_table = "", 0
        for number, line in enumerate(self._lines, start=1):
            if header := re.match(r"\s*\[\s*[\"']?([^\]\"']+?)[\"']?\s*\]", line):
                current = header.group(1)
                of_table = number if current == table else of_table
            elif current == table and key and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", line):
                return number
        return of_table

    def template(self) -> Template:
        name = self._value("", "name", self._document.get("name"), str)
        kind = self._value("", "kind", self._document.get("kind"), str)
        if kind not in KINDS:
            raise self._wrong("", "kind", f"must be one of {', '.join(KINDS)}")
        if not 0 < len(name) <= 60 or not name.isprintable():
            raise self._wrong("", "name", "must have 1 to 60 characters")
        steps = KINDS[kind]
        known = {"name", "kind", "port", "values", *steps, *(("text",) if kind == "display" else ("keys",))}
        for key in self._document:
            if key not in known:
                raise self._wrong(key, "" if isinstance(self._document[key], dict) else key, "is not known")
        for key in _NEEDED[kind]:
            if key not in self._document:
                raise TemplateError(self._source, 0, f"[{key}] is missing")
        port = self._table("port", {"baud", "parity", "silence", "settle"})
        words = self._table("text", {"call", "idle"})
        values = self._values()
        fields = (FIELDS if kind == "display" else frozenset()) | values.keys()
        silence = self._number("port", "silence", port, 0.0, 0.0, 2.0)
        template = Template(
            name=name,
            kind=kind,
            baud=self._baud(port),
            parity=self._parity(port),
            settle=self._number("port", "settle", port, 0.0, 0.0, 5.0),
            call_words=self._value("text", "call", words.get("call", CALL), str),
            idle_words=self._value("text", "idle", words.get("idle", IDLE), str),
            values=values,
            steps={step: self._step(step, fields, silence) for step in steps if step in self._document},
            grades=self._grades() if kind == "rating" else {},
        )
        self._try(template)
        return template

    def _value(self, table: str, key: str, value: Any, wanted: type) -> Any:
        if value is None:
            raise self._wrong(table, key, "is missing")
        if not isinstance(value, wanted) or isinstance(value, bool):
            raise self._wrong(table, key, f"must be {'text' if wanted is str else 'a number'}")
        return value

    def _table(self, name: str, known: set[str]) -> dict[str, Any]:
        table = self._document.get(name, {})
        if not isinstance(table, dict):
            raise self._wrong("", name, "must be a table")
        for key in table:
            if key not in known:
                raise self._wrong(name, key, f"is not known; known: {', '.join(sorted(known))}")
        return table

    def _number(
        self, table: str, key: str, found: Mapping[str, Any], usual: float, lowest: float, highest: float
    ) -> float:
        value = found.get(key, usual)
        if isinstance(value, bool) or not isinstance(value, int | float) or not lowest <= value <= highest:
            raise self._wrong(table, key, f"must be a number from {lowest:g} to {highest:g}")
        return float(value)

    def _baud(self, port: Mapping[str, Any]) -> int:
        return int(self._number("port", "baud", port, 9600, 300, 921600))

    def _parity(self, port: Mapping[str, Any]) -> str:
        parity = port.get("parity", "none")
        if parity not in PARITIES:
            raise self._wrong("port", "parity", f"must be one of {', '.join(PARITIES)}")
        return PARITIES[parity]

    def _values(self) -> dict[str, Value]:
        table = self._document.get("values", {})
        if not isinstance(table, dict):
            raise self._wrong("", "values", "must be a table")
        for key, value in table.items():
            if key in FIELDS or key in {"pad", "padleft", "from", "to", "len", "key", *templates_bytes.CHECKS}:
                raise self._wrong("values", key, "is a place of its own and cannot be a value")
            if not re.fullmatch(r"[a-z][a-z0-9_]*", key):
                raise self._wrong("values", key, "a name has small letters, digits and _")
            if isinstance(value, bool) or not (
                isinstance(value, str) or (isinstance(value, int) and 0 <= value < 1 << 32)
            ):
                raise self._wrong("values", key, "must be text or a whole number from 0 to 4294967295")
        return dict(table)

    def _step(self, name: str, fields: frozenset[str], silence: float) -> Step:
        known = {"send", *ANSWERS, "within", "retries"}
        table = self._table(name, {"answer"} if name == "key" else known)
        if name == "key":
            message = self._message(name, "answer", table.get("answer"), fields, answer=True)
            if not any(part.kind == "key" for part in message.parts):
                raise self._wrong(name, "answer", "has no {key}")
            return Step(None, {"answer": message}, Manner())
        send = self._message(name, "send", table.get("send"), fields)
        answers = {key: self._message(name, key, table[key], fields, answer=True) for key in ANSWERS if key in table}
        for key, message in answers.items():
            if any(part.kind == "key" for part in message.parts):
                raise self._wrong(name, key, "{key} stands only in [key]")
        if "answer" not in answers and table.keys() - {"send"}:
            raise self._wrong(name, "", "waits for answers and names none that says yes: answer is missing")
        retries = self._number(name, "retries", table, 2, 0, 5)
        if retries != int(retries):
            raise self._wrong(name, "retries", "must be a whole number")
        manner = Manner(self._number(name, "within", table, 0.5, 0.02, 10.0), int(retries), silence)
        longest = HEALTH_WITHIN if name == "health" else STEP_WITHIN
        if answers and (manner.within + silence) * (manner.retries + 1) > longest:
            raise self._wrong(name, "within", f"must be over within {longest:g} seconds, retries included")
        return Step(send, answers, manner)

    def _message(self, table: str, key: str, text: Any, fields: frozenset[str], *, answer: bool = False) -> Message:
        text = self._value(table, key, text, str)
        try:
            return templates_bytes.parse(text, fields, answer=answer)
        except WrongMessage as error:
            raise self._wrong(table, key, str(error)) from error

    def _grades(self) -> dict[int, int]:
        table = self._document["keys"]
        if not isinstance(table, dict) or not table:
            raise self._wrong("keys", "", 'must name keys, such as "31" = 5')
        grades: dict[int, int] = {}
        for key, grade in table.items():
            if not re.fullmatch(r"[0-9A-Fa-f]{2}", key):
                raise self._wrong("keys", key, "a key is one byte, two hexadecimal digits")
            if isinstance(grade, bool) or not isinstance(grade, int) or not 1 <= grade <= 5:
                raise self._wrong("keys", key, "a grade is 1 (very dissatisfied) to 5 (very satisfied)")
            if int(key, 16) in grades:
                raise self._wrong("keys", key, "this key stands there twice")
            grades[int(key, 16)] = grade
        return grades

    def _try(self, template: Template) -> None:
        """Make every message once with an ordinary call, and look whether the longest one still fits."""
        for words, key in ((template.call_words, "call"), (template.idle_words, "idle")):
            try:
                sentence(call(*_SAMPLES[0]), words, words)
            except (ValueError, IndexError, KeyError) as error:
                raise self._wrong("text", key, str(error)) from error
        for name, step in template.steps.items():
            if step.send is None:
                continue
            texts = "text" in step.send.fields
            for upper, lower in _SAMPLES if texts else _SAMPLES[:1]:
                try:
                    step.send.render(template.values_for(call(upper, lower), {}))
                except CannotShowError as error:
                    raise self._wrong(name, "send", f"does not work for {upper}: {error}") from error
            if texts:
                try:
                    step.send.render(template.values_for(call("", "WINDOW 99"), {}))
                except CannotShowError as error:
                    if "no digits" not in str(error):
                        raise self._wrong(name, "send", f"does not work without a number: {error}") from error


def main(argv: Sequence[str] | None = None) -> int:
    """Check the templates whose files, or shipped names, are given; 1 when one cannot work."""
    names = list(sys.argv[1:] if argv is None else argv)
    if not names:
        sys.stdout.write("python -m drivers.templates FILE...   checks templates and prints what they would send\n")
        return 2
    wrong = 0
    for name in names:
        path = shipped("display").get(name) or find("rating", name)
        try:
            template = load(path)
        except TemplateError as error:
            wrong = 1
            sys.stdout.write(f"{error}\n")
            continue
        sys.stdout.write(f"{path.name}: {template.name}, {template.kind}, {template.baud} baud\n")
        for step_name, step in template.steps.items():
            if step.send is not None:
                sent = step.send.render(template.values_for(call(*_SAMPLES[0]), {}))
                sys.stdout.write(f"  {step_name:8} {sent.hex(' ')}\n")
    return wrong


if __name__ == "__main__":
    raise SystemExit(main())
