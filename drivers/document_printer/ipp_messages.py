"""IPP messages, bytes to attributes and back. Pure.

    version 2 | operation or status 2 | request id 4 | groups | 03 | document
    group = tag below 10h, then attributes: value tag 1 | name length 2 | name | value length 2 | value
    an attribute without a name is a further value of the one before; 34h .. 37h encloses a collection

Source: RFC 8010 (encoding), RFC 8011 (operations, states, reasons), the IANA IPP registry (operation and status codes).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum


class MessageError(ValueError):
    """The bytes are no IPP message."""


class Operation(IntEnum):
    """What is asked."""

    PRINT_JOB = 0x0002
    VALIDATE_JOB = 0x0004
    CREATE_JOB = 0x0005
    SEND_DOCUMENT = 0x0006
    CANCEL_JOB = 0x0008
    GET_JOB_ATTRIBUTES = 0x0009
    GET_JOBS = 0x000A
    GET_PRINTER_ATTRIBUTES = 0x000B
    CUPS_GET_PRINTERS = 0x4002


class Tag(IntEnum):
    """Groups below 10h, kinds of values above."""

    OPERATION = 0x01
    JOB = 0x02
    END = 0x03
    PRINTER = 0x04
    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    OCTETS = 0x30
    DATE = 0x31
    RESOLUTION = 0x32
    RANGE = 0x33
    COLLECTION = 0x34
    TEXT_WITH_LANGUAGE = 0x35
    NAME_WITH_LANGUAGE = 0x36
    END_COLLECTION = 0x37
    TEXT = 0x41
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    CHARSET = 0x47
    LANGUAGE = 0x48
    MIME = 0x49
    MEMBER = 0x4A


Value = int | bool | str | bytes | tuple[int, ...] | None | dict[str, "Attribute"]
"""``None`` stands for unknown, no-value and the other values that are none; a collection is a dict."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute with its values, all of the kind ``tag``."""

    tag: int
    values: tuple[Value, ...]


Attributes = dict[str, Attribute]


@dataclass(frozen=True, slots=True)
class Message:
    """A question or an answer; ``code`` is its operation or its status, ``data`` the document behind it."""

    code: int
    request_id: int
    groups: tuple[tuple[int, Attributes], ...] = ()
    data: bytes = b""
    version: tuple[int, int] = (1, 1)

    def group(self, tag: int) -> Attributes:
        """The first group of that kind, or an empty one."""
        return next((attributes for kind, attributes in self.groups if kind == tag), {})

    def jobs(self) -> list[Attributes]:
        """All groups that describe a job."""
        return [attributes for kind, attributes in self.groups if kind == Tag.JOB]

    def text(self, name: str, group: int = Tag.OPERATION) -> str:
        """The first value of an attribute as text, empty when there is none."""
        return text_of(self.group(group), name)


def text_of(attributes: Mapping[str, Attribute], name: str) -> str:
    """The first value of ``name`` as text, empty when there is none."""
    found = attributes.get(name)
    return found.values[0] if found and found.values and isinstance(found.values[0], str) else ""


def texts_of(attributes: Mapping[str, Attribute], name: str) -> tuple[str, ...]:
    """All values of ``name`` that are text."""
    found = attributes.get(name)
    return tuple(value for value in found.values if isinstance(value, str)) if found else ()


def number_of(attributes: Mapping[str, Attribute], name: str) -> int | None:
    """The first value of ``name`` as a number."""
    found = attributes.get(name)
    value = found.values[0] if found and found.values else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def numbers_of(attributes: Mapping[str, Attribute], name: str) -> tuple[int, ...]:
    """All values of ``name`` that are numbers."""
    found = attributes.get(name)
    return tuple(value for value in found.values if isinstance(value, int)) if found else ()


# ---- to bytes


def encode(message: Message) -> bytes:
    """Return the bytes of ``message``.

    Raises:
        MessageError: A value does not fit its kind.
    """
    out = bytearray(bytes(message.version) + message.code.to_bytes(2, "big") + message.request_id.to_bytes(4, "big"))
    for tag, attributes in message.groups:
        out.append(tag)
        for name, attribute in attributes.items():
            out += _attribute(name, attribute)
    return bytes(out) + bytes([Tag.END]) + message.data


def _attribute(name: str, attribute: Attribute) -> bytes:
    out = bytearray()
    for place, value in enumerate(attribute.values):
        label = name.encode() if place == 0 else b""
        if isinstance(value, dict):
            out += _item(Tag.COLLECTION, label, b"")
            for member, inner in value.items():
                out += _item(Tag.MEMBER, b"", member.encode())
                out += _attribute("", inner)
            out += _item(Tag.END_COLLECTION, b"", b"")
        else:
            out += _item(attribute.tag, label, _value(attribute.tag, value))
    return bytes(out)


def _item(tag: int, name: bytes, value: bytes) -> bytes:
    if len(name) > 0x7FFF or len(value) > 0x7FFF:
        raise MessageError("longer than 32767 bytes")
    return bytes([tag]) + len(name).to_bytes(2, "big") + name + len(value).to_bytes(2, "big") + value


def _value(tag: int, value: Value) -> bytes:
    match value:
        case bool():
            return bytes([value])
        case int():
            return value.to_bytes(4, "big", signed=True)
        case str():
            return value.encode()
        case bytes():
            return value
        case (int() as low, int() as high):
            return low.to_bytes(4, "big", signed=True) + high.to_bytes(4, "big", signed=True)
        case (int() as across, int() as down, int() as unit):
            return across.to_bytes(4, "big", signed=True) + down.to_bytes(4, "big", signed=True) + bytes([unit & 0xFF])
        case None:
            return b""
    raise MessageError(f"no value of kind {tag:#x}")


# ---- from bytes


@dataclass(slots=True)
class _Reader:
    data: bytes
    at: int = 0
    deep: int = field(default=0)

    def take(self, size: int) -> bytes:
        if self.at + size > len(self.data):
            raise MessageError(f"cut off at byte {len(self.data)}")
        piece = self.data[self.at : self.at + size]
        self.at += size
        return piece

    def sized(self) -> bytes:
        size = int.from_bytes(self.take(2), "big")
        if size > 0x7FFF:
            raise MessageError("a negative length")
        return self.take(size)


_DEEPEST = 16
"""Collections within collections; printers send three at most."""


def decode(data: bytes) -> Message:
    """Read a message.

    Raises:
        MessageError: It is cut off or no IPP message.
    """
    reader = _Reader(data)
    major, minor = reader.take(2)
    if not 1 <= major <= 2:
        raise MessageError(f"IPP {major}.{minor}")
    code, request_id = int.from_bytes(reader.take(2), "big"), int.from_bytes(reader.take(4), "big")
    groups: list[tuple[int, Attributes]] = []
    tag = reader.take(1)[0]
    while tag != Tag.END:
        if tag >= 0x10:
            raise MessageError("an attribute outside every group")
        attributes: Attributes = {}
        for name, attribute in _attributes(reader):
            attributes[name] = attribute
        groups.append((tag, attributes))
        tag = reader.take(1)[0]
    return Message(code, request_id, tuple(groups), reader.data[reader.at :], (major, minor))


def _attributes(reader: _Reader) -> Iterator[tuple[str, Attribute]]:
    """The attributes up to the next group's tag, which is left where it is."""
    name, kind, values = "", 0, list[Value]()
    while reader.at < len(reader.data) and reader.data[reader.at] >= 0x10:
        tag = reader.take(1)[0]
        label = _text(reader.sized())
        raw = reader.sized()
        value = _collection(reader) if tag == Tag.COLLECTION else _read(tag, raw)
        if label:
            if values:
                yield name, Attribute(kind, tuple(values))
            name, kind, values = label, tag, [value]
        elif values:
            values.append(value)
        else:
            raise MessageError("a further value of nothing")
    if values:
        yield name, Attribute(kind, tuple(values))


def _collection(reader: _Reader) -> dict[str, Attribute]:
    reader.deep += 1
    if reader.deep > _DEEPEST:
        raise MessageError("collections too deep")
    members: dict[str, tuple[int, list[Value]]] = {}
    member = ""
    while True:
        tag = reader.take(1)[0]
        reader.sized()
        raw = reader.sized()
        if tag == Tag.END_COLLECTION:
            reader.deep -= 1
            return {name: Attribute(kind, tuple(values)) for name, (kind, values) in members.items()}
        if tag == Tag.MEMBER:
            member = _text(raw)
        elif tag < 0x10 or not member:
            raise MessageError("a collection that does not end")
        else:
            value = _collection(reader) if tag == Tag.COLLECTION else _read(tag, raw)
            members.setdefault(member, (tag, []))[1].append(value)


def _read(tag: int, raw: bytes) -> Value:
    if tag < 0x20:
        return None
    if tag in {Tag.INTEGER, Tag.ENUM}:
        return int.from_bytes(_exactly(raw, 4), "big", signed=True)
    if tag == Tag.BOOLEAN:
        return bool(_exactly(raw, 1)[0])
    if tag == Tag.RANGE:
        return _numbers(_exactly(raw, 8))
    if tag == Tag.RESOLUTION:
        return (*_numbers(_exactly(raw, 9)[:8]), raw[8])
    if tag in {Tag.TEXT_WITH_LANGUAGE, Tag.NAME_WITH_LANGUAGE}:
        inner = _Reader(raw)
        inner.sized()
        return _text(inner.sized())
    if 0x40 <= tag <= 0x5F:
        return _text(raw)
    return raw


def _exactly(raw: bytes, size: int) -> bytes:
    if len(raw) != size:
        raise MessageError(f"{len(raw)} bytes instead of {size}")
    return raw


def _numbers(raw: bytes) -> tuple[int, ...]:
    return tuple(int.from_bytes(raw[at : at + 4], "big", signed=True) for at in range(0, len(raw), 4))


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


# ---- questions


def question(
    operation: Operation,
    request_id: int,
    printer: str,
    *,
    job_id: int = 0,
    user: str = "counter",
    operation_attributes: Mapping[str, Attribute] | None = None,
    job_attributes: Mapping[str, Attribute] | None = None,
    data: bytes = b"",
) -> Message:
    """Return a question to ``printer`` (its ``ipp://`` URI), about ``job_id`` where one is given."""
    first: Attributes = {
        "attributes-charset": Attribute(Tag.CHARSET, ("utf-8",)),
        "attributes-natural-language": Attribute(Tag.LANGUAGE, ("en",)),
        "printer-uri": Attribute(Tag.URI, (printer,)),
    }
    if job_id:
        first["job-id"] = Attribute(Tag.INTEGER, (job_id,))
    first["requesting-user-name"] = Attribute(Tag.NAME, (user,))
    first.update(operation_attributes or {})
    groups: list[tuple[int, Attributes]] = [(Tag.OPERATION, first)]
    if job_attributes:
        groups.append((Tag.JOB, dict(job_attributes)))
    return Message(operation, request_id, tuple(groups), data)


def keywords(*names: str) -> Attribute:
    """An attribute of keywords."""
    return Attribute(Tag.KEYWORD, tuple(names))


# ---- what a printer says about itself

STOPPED = 5
"""``printer-state`` of a printer that prints nothing until a person acts."""

JOB_STATES = {
    3: "pending",
    4: "held",
    5: "processing",
    6: "stopped",
    7: "canceled",
    8: "aborted",
    9: "completed",
}
OVER = frozenset({"canceled", "aborted", "completed"})

_REASONS: tuple[tuple[str, str], ...] = (
    ("media-jam", "jam"),
    ("cover-open", "cover_open"),
    ("door-open", "cover_open"),
    ("interlock-open", "cover_open"),
    ("input-tray-missing", "cover_open"),
    ("media-empty", "paper_out"),
    ("media-needed", "paper_out"),
    ("toner-empty", "toner_out"),
    ("marker-supply-empty", "toner_out"),
    ("developer-empty", "toner_out"),
    ("media-low", "paper_near_end"),
    ("paused", "printer_offline"),
    ("moving-to-paused", "printer_offline"),
    ("shutdown", "printer_offline"),
    ("offline", "printer_offline"),
    ("connecting-to-device", "printer_offline"),
    ("timed-out", "printer_offline"),
    ("other", "printer_error"),
    ("fuser-over-temp", "printer_error"),
    ("output-area-full", "printer_error"),
)
"""Reasons without their severity, the one that a person sees to first standing first."""

_WARNINGS = frozenset({"paper_near_end"})


def trouble(state: int | None, reasons: Sequence[str]) -> tuple[str, str]:
    """What stops the printer and what it warns of, as codes, empty for neither.

    A reason stops when it has no severity or is an error; ``-warning`` and ``-report`` stop only a printer that says
    that it has stopped (a second tray may be empty).
    """
    stops, warns = "", ""
    said = {reason.removesuffix("-error") for reason in reasons}
    mild = {reason.rpartition("-")[0] for reason in reasons if reason.endswith(("-warning", "-report"))}
    for reason, code in _REASONS:
        if reason not in said | mild:
            continue
        if code not in _WARNINGS and (reason in said or state == STOPPED):
            stops = stops or code
        elif code in _WARNINGS:
            warns = warns or code
    if not stops and state == STOPPED:
        stops = "printer_error"
    return stops, warns
