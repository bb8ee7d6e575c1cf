"""One message of a device template: bytes with places in it, written without code.

::

    3A 01 {number:u16le} 00 {sum8} 0A      a range is needed for sum8: {from} and {to} around what it covers
    {from} 3A 01 {number:u16le} 00 {to} {sum8} 0A
    02 'D' {text:gbk:max=32} 03

Hexadecimal bytes, ASCII between apostrophes, and places in braces:

* fields ``{text}``, ``{upper}``, ``{lower}``, ``{number}``, ``{window}`` and the template's own values. Forms of a
  number: ``u8 u16le u16be u32le u32be``, ``decN`` (N ASCII digits), ``bcdN`` (N bytes), ``hexN`` (N ASCII hexadecimal
  digits); forms of text: ``ascii`` (left out), ``gbk gb2312 gb18030 utf-8 utf-16le utf-16be``; ``max=N``: at most N
  bytes.
* ``{pad:N}``, ``{pad:N:00}``, ``{padleft:N:30}`` behind a text field: filled up to N bytes, with 20 unless said
  otherwise.
* ``{from}`` ``{to}``: a range; ``{from:NAME}`` ``{to:NAME}`` where there are several.
* ``{len}``, ``{xor}``, ``{sum8}``, ``{crc16modbus}``, ``{crc16arc}`` of the range, ``of=NAME`` of another; with a form
  of a number; ``{len:+2}`` counts two bytes more.
* in answers ``??`` is any byte, and ``{key}`` the byte of a key.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from drivers.checksums import crc16_arc, crc16_modbus, sum8, xor8

Value = str | int

LONGEST = 512
"""No message is longer, bytes."""

ENCODINGS = ("ascii", "gbk", "gb2312", "gb18030", "utf-8", "utf-16le", "utf-16be")
NUMBERS = {"u8": 1, "u16le": 2, "u16be": 2, "u32le": 4, "u32be": 4}
CHECKS = {"xor": xor8, "sum8": sum8, "crc16modbus": crc16_modbus, "crc16arc": crc16_arc}
_COUNTED = re.compile(r"(dec|bcd|hex)([1-9])")
_TOKEN = re.compile(r"\s+|\{([^{}]*)\}|'([^']*)'|([0-9A-Fa-f]{2})|(\?\?)")
_NAME = re.compile(r"[a-z][a-z0-9_]*")


class WrongMessage(ValueError):  # noqa: N818 - the message is wrong, the person wrote it
    """A message that cannot work, and why."""


class CannotShowError(ValueError):
    """A value does not fit into its place: no digits, too long, or a character that the device lacks."""


@dataclass(frozen=True, slots=True)
class Part:
    """One piece. ``kind``: ``literal``, ``field``, ``any``, ``key``, ``from``, ``to``, ``len`` or a checksum's name."""

    kind: str
    name: str = ""  # of a field; of a range
    data: bytes = b""
    form: str = ""
    most: int = 0  # bytes that a text may have, 0: whatever is left
    width: int = 0  # bytes to fill up to
    fill: int = 0x20
    left: bool = False
    plus: int = 0

    @property
    def size(self) -> int | None:
        """Bytes, None where it depends on the value."""
        if self.kind in ("from", "to"):
            return 0
        if self.kind in ("any", "key"):
            return 1
        if self.kind == "literal":
            return len(self.data)
        if self.form in NUMBERS:
            return NUMBERS[self.form]
        if counted := _COUNTED.fullmatch(self.form):
            return int(counted.group(2))
        return self.width or None


def parse(text: str, fields: frozenset[str], *, answer: bool = False) -> "Message":
    """Read a message; ``fields`` are the names that may stand in braces.

    Raises:
        WrongMessage: With the reason.
    """
    parts: list[Part] = []
    at = 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            raise WrongMessage(f"{text[at : at + 12]!r} is neither two hexadecimal digits, 'text' nor a {{place}}")
        at = token.end()
        place, quoted, byte, wild = token.groups()
        if byte:
            parts.append(Part("literal", data=bytes.fromhex(byte)))
        elif quoted is not None:
            if not quoted.isascii() or not quoted:
                raise WrongMessage(
                    f"'{quoted}' cannot be encoded: between apostrophes stands ASCII, at least one character"
                )
            parts.append(Part("literal", data=quoted.encode("ascii")))
        elif wild:
            if not answer:
                raise WrongMessage("?? stands only in answers")
            parts.append(Part("any"))
        elif place is not None:
            _place(parts, place, fields, answer=answer)
    message = Message(tuple(parts))
    _check(message)
    return message


def _place(parts: list[Part], place: str, fields: frozenset[str], *, answer: bool) -> None:
    name, *arguments = place.split(":")
    if name in ("pad", "padleft"):
        _pad(parts, name, arguments)
    elif name in ("from", "to"):
        parts.append(Part(name, name=_range_name(arguments, place)))
    elif name in CHECKS or name == "len":
        parts.append(_counted(name, arguments, place))
    elif name == "key" and answer and not arguments:
        parts.append(Part("key"))
    elif name in fields and not answer:
        parts.append(_field(name, arguments, place))
    else:
        also = {"key"} if answer else {"pad", "padleft"} | fields
        known = ", ".join(sorted({"from", "to", "len", *CHECKS} | also))
        raise WrongMessage(f"{{{place}}} is no place that is known here; known: {known}")


def _range_name(arguments: list[str], place: str) -> str:
    if len(arguments) > 1 or (arguments and not _NAME.fullmatch(arguments[0])):
        raise WrongMessage(f"{{{place}}}: one name in small letters, or none")
    return arguments[0] if arguments else ""


def _pad(parts: list[Part], name: str, arguments: list[str]) -> None:
    size, fill, *more = [*arguments, "20"] if len(arguments) == 1 else [*arguments, "", ""]
    if not (size.isdecimal() and size.isascii() and 0 < int(size[:4]) <= LONGEST and len(size) < 4) or any(more):
        raise WrongMessage(
            f"{{{name}}} wants a number of bytes from 1 to {LONGEST}, and a byte to fill with: {{{name}:20:00}}"
        )
    if not re.fullmatch(r"[0-9A-Fa-f]{2}", fill):
        raise WrongMessage(f"{{{name}:{size}:{fill}}}: the byte to fill with is two hexadecimal digits")
    if not parts or parts[-1].kind != "field" or parts[-1].form not in ENCODINGS or parts[-1].width:
        raise WrongMessage(f"{{{name}}} stands behind the text that it fills up")
    last = parts[-1]
    if last.most > int(size):
        raise WrongMessage(f"{{{last.name}}} may be {last.most} bytes long, which does not fit into {size}")
    parts[-1] = replace(last, width=int(size), fill=int(fill, 16), left=name == "padleft")


def _field(name: str, arguments: list[str], place: str) -> Part:
    part = Part("field", name=name, form="ascii")
    for argument in arguments:
        if argument in ENCODINGS or argument in NUMBERS or _COUNTED.fullmatch(argument):
            part = replace(part, form=argument)
        elif (most := argument.removeprefix("max=")) != argument and most.isdecimal() and 0 < int(most[:4]) <= LONGEST:
            part = replace(part, most=int(most))
        else:
            raise WrongMessage(f"{{{place}}}: {argument!r} is no form that is known")
    if part.most and part.form not in ENCODINGS:
        raise WrongMessage(f"{{{place}}}: max= is for text")
    return part


def _counted(name: str, arguments: list[str], place: str) -> Part:
    part = Part(name, form="u16le" if name.startswith("crc16") else "u8")
    for argument in arguments:
        if argument in NUMBERS or _COUNTED.fullmatch(argument):
            part = replace(part, form=argument)
        elif argument.startswith("of=") and _NAME.fullmatch(argument[3:]):
            part = replace(part, name=argument[3:])
        elif name == "len" and re.fullmatch(r"[+-]\d{1,3}", argument):
            part = replace(part, plus=int(argument))
        else:
            raise WrongMessage(f"{{{place}}}: {argument!r} is no form that is known")
    return part


def _check(message: "Message") -> None:
    """Whether ranges, lengths and checksums can be worked out.

    Raises:
        WrongMessage: With the reason.
    """
    if not message.parts:
        raise WrongMessage("an empty message does nothing")
    ranges = _whole_ranges(message.parts)
    for kind in ("len", "key"):
        if sum(part.kind == kind for part in message.parts) > 1:
            raise WrongMessage(f"two {{{kind}}}: a message has one")
    for at, part in enumerate(message.parts):
        if part.kind == "len" or part.kind in CHECKS:
            _check_range(message.parts, at, ranges)
    if sum(part.size or 0 for part in message.parts) > LONGEST:
        raise WrongMessage(f"too long: a message has at most {LONGEST} bytes")


def _whole_ranges(parts: Sequence[Part]) -> dict[str, tuple[int, int]]:
    begins: dict[str, int] = {}
    ends: dict[str, int] = {}
    for at, part in enumerate(parts):
        said = f"{{{part.kind}:{part.name}}}" if part.name else f"{{{part.kind}}}"
        if part.kind == "from" and begins.setdefault(part.name, at) != at:
            raise WrongMessage(f"{said} stands there twice")
        if part.kind == "to" and (part.name not in begins or ends.setdefault(part.name, at) != at):
            raise WrongMessage(f"{said} without its {{from}} in front")
    for name, begin in begins.items():
        if name not in ends:
            raise WrongMessage(f"{{from{':' + name if name else ''}}} without its {{to}}")
        if ends[name] == begin + 1:
            raise WrongMessage("a range with nothing in it")
    return {name: (begin, ends[name]) for name, begin in begins.items()}


def _check_range(parts: Sequence[Part], at: int, ranges: Mapping[str, tuple[int, int]]) -> None:
    part = parts[at]
    if part.name not in ranges:
        raise WrongMessage(f"{{{part.kind}}} without a range: put {{from}} and {{to}} around what it covers")
    begin, end = ranges[part.name]
    if part.kind == "len":
        return
    if begin < at < end:
        raise WrongMessage(f"{{{part.kind}}} stands within its own range")
    if any(other.kind in CHECKS for other in parts[max(begin, at + 1) : end]):
        raise WrongMessage(f"the range of {{{part.kind}}} has a checksum in it that is worked out later")


@dataclass(frozen=True, slots=True)
class Message:
    """A message that was read by ``parse``."""

    parts: tuple[Part, ...]

    @property
    def fields(self) -> frozenset[str]:
        """The names of the fields in it."""
        return frozenset(part.name for part in self.parts if part.kind == "field")

    @property
    def size(self) -> int | None:
        """Its bytes, None where they depend on the values."""
        sizes = [part.size for part in self.parts]
        return None if None in sizes else sum(size for size in sizes if size is not None)

    def render(self, values: Mapping[str, Value]) -> bytes:
        """The bytes with ``values`` in their places.

        Raises:
            CannotShowError: A value does not fit.
        """
        out = bytearray()
        starts: list[int] = []
        for part in self.parts:
            starts.append(len(out))
            if part.kind == "literal":
                out += part.data
            elif part.kind == "field":
                out += _encoded(part, values[part.name])
            elif part.kind == "key":
                out.append(int(values["key"]))
            else:
                out += bytes(part.size or 0)
        if len(out) > LONGEST:
            raise CannotShowError(f"{len(out)} bytes; a message has at most {LONGEST}")
        ranges = self._ranges(starts)
        for kinds in (("len",), tuple(CHECKS)):
            for part, start in zip(self.parts, starts, strict=True):
                if part.kind in kinds:
                    counted = _number(part, _worked_out(part, bytes(out), ranges))
                    out[start : start + len(counted)] = counted
        return bytes(out)

    def find(self, data: bytes) -> "tuple[dict[str, Value], int] | None":
        """The first place where this message stands in ``data``: its fields and where it ends.

        Numbers come as numbers, text as text without its filling; a checksum or length that is wrong is no match.
        """
        pattern = re.compile(b"".join(_pattern(part) for part in self.parts), re.DOTALL)
        size = self.size
        least = size if size is not None else sum(part.size or 0 for part in self.parts)
        for start in range(len(data) - least + 1):
            first = start + least
            ends = (first,) if size is not None else range(first, min(len(data), start + LONGEST) + 1)
            for end in ends:
                if (found := pattern.fullmatch(data, start, end)) and (values := self._read(data, found)) is not None:
                    return values, end
        return None

    def _ranges(self, starts: list[int]) -> dict[str, tuple[int, int]]:
        begins = {part.name: at for part, at in zip(self.parts, starts, strict=True) if part.kind == "from"}
        ends = {part.name: at for part, at in zip(self.parts, starts, strict=True) if part.kind == "to"}
        return {name: (begins[name], ends[name]) for name in begins}

    def _read(self, data: bytes, found: re.Match[bytes]) -> dict[str, Value] | None:
        starts = [found.start(at) for at in range(1, len(self.parts) + 1)]
        ranges = self._ranges(starts)
        values: dict[str, Value] = {}
        for at, part in enumerate(self.parts, start=1):
            raw = found.group(at)
            if part.kind == "key":
                values["key"] = raw[0]
            elif part.kind == "field":
                try:
                    value = _decoded(part, raw)
                except ValueError:
                    return None
                if not _agree(values.setdefault(part.name, value), value):
                    return None
            elif part.kind == "len" or part.kind in CHECKS:
                try:
                    if raw.upper() != _number(part, _worked_out(part, data, ranges)).upper():
                        return None
                except CannotShowError:
                    return None
        return values


def _agree(known: Value, value: Value) -> bool:
    """Whether two places of one field say the same: a text may be cut or filled, a number has the digits of a text."""
    if isinstance(known, str) and isinstance(value, str):
        return True
    if isinstance(known, str) or isinstance(value, str):
        text, number = (known, value) if isinstance(known, str) else (value, known)
        digits = "".join(one for one in str(text) if one.isascii() and one.isdecimal())
        return digits != "" and int(digits) == number
    return known == value


def _worked_out(part: Part, data: bytes, ranges: Mapping[str, tuple[int, int]]) -> int:
    begin, end = ranges[part.name]
    if part.kind == "len":
        return end - begin + part.plus
    return CHECKS[part.kind](data[begin:end])


def _encoded(part: Part, value: Value) -> bytes:
    if part.form not in ENCODINGS:
        digits = "".join(letter for letter in str(value) if letter in "0123456789")
        if not digits:
            raise CannotShowError(f"{part.name} has no digits")
        return _number(part, int(digits))
    try:
        data = str(value).encode(part.form)
    except UnicodeEncodeError as error:
        raise CannotShowError(f"{part.name} has a character that {part.form} cannot encode") from error
    most = part.width or part.most
    if most and len(data) > most:
        raise CannotShowError(f"{part.name} is {len(data)} bytes long, {most} fit")
    filling = bytes((part.fill,)) * (part.width - len(data))
    return filling + data if part.left else data + filling


def _number(part: Part, value: int) -> bytes:
    name = part.name or part.kind
    size = part.size or 1
    if part.form in NUMBERS:
        if not 0 <= value < 1 << 8 * size:
            raise CannotShowError(f"{name} is {value}, which does not fit into {part.form}")
        return value.to_bytes(size, "big" if part.form.endswith("be") else "little")
    kind = part.form[:3]
    digits = f"{value:0{size}X}" if kind == "hex" else f"{value:0{size * (2 if kind == 'bcd' else 1)}d}"
    if value < 0 or len(digits) > size * (2 if kind == "bcd" else 1):
        raise CannotShowError(f"{name} is {value}, which does not fit into {part.form}")
    return bytes.fromhex(digits) if kind == "bcd" else digits.encode("ascii")


def _decoded(part: Part, raw: bytes) -> Value:
    if part.form in ENCODINGS:
        fill = bytes((part.fill,)) if part.width else b""
        if fill:
            raw = raw.lstrip(fill) if part.left else raw.rstrip(fill)
        return raw.decode(part.form)
    if part.form in NUMBERS:
        return int.from_bytes(raw, "big" if part.form.endswith("be") else "little")
    if part.form.startswith("bcd"):
        return int(raw.hex())
    return int(raw.decode("ascii"), 16 if part.form.startswith("hex") else 10)


def _pattern(part: Part) -> bytes:
    """A group of a regular expression that matches the piece."""
    if part.kind == "literal":
        return b"(" + re.escape(part.data) + b")"
    if part.form.startswith("dec"):
        return b"([0-9]{%d})" % (part.size or 0)
    if part.form.startswith("hex"):
        return b"([0-9A-Fa-f]{%d})" % (part.size or 0)
    if part.size is not None:
        return b"(.{%d})" % part.size
    return b"(.{0,%d}?)" % (part.most or LONGEST)
