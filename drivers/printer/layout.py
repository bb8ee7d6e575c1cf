"""Where each character of a receipt stands. Pure: lines in, rows out.

Paper is a grid: 48 half-width columns on 80 mm (576 dots), 32 on 58 mm (384 dots). A Chinese character takes two
columns, and so does whatever takes two bytes in GBK: the printer's own rule, so columns are counted the same way.
Control characters carry no ink: line breaks break, the others become a space or go. They never reach the printer,
where an ESC from a name field would be a command.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from drivers.contracts import Align, Barcode, Feed, Line, Qr, Rule, Text

DOTS_A_COLUMN = 12

# A line must not begin with these (GB/T 15834); the character before goes down with them.
_NEVER_FIRST = frozenset("，。、；：？！）》」』】〉”’,.;:?!)]}%…")


@dataclass(frozen=True, slots=True)
class TextRow:
    """One row of text as it comes on paper: no wider than the paper, nothing to wrap."""

    text: str
    bold: bool = False
    big: bool = False

    @property
    def in_gbk(self) -> bool:
        """Whether the printer's own characters can say it."""
        return fits_gbk(self.text)


Row = TextRow | Qr | Barcode | Feed


def fits_gbk(text: str) -> bool:
    """Whether every character of ``text`` has a GBK code."""
    try:
        text.encode("gbk", "strict")
    except UnicodeEncodeError:
        return False
    return True


def columns(text: str) -> int:
    """How many half-width columns ``text`` takes."""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    try:
        return len(character.encode("gbk", "strict"))
    except UnicodeEncodeError:
        if unicodedata.combining(character):
            return 0
        return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def rows(lines: Sequence[Line], width: int) -> list[Row]:
    """Lay ``lines`` out on paper of ``width`` columns."""
    laid: list[Row] = []
    for line in lines:
        match line:
            case Text():
                room = width // 2 if line.big else width
                laid += [TextRow(text, line.bold, line.big) for text in _text(line, room)]
            case Rule():
                laid.append(TextRow("-" * width))
            case Feed():
                laid.append(Feed(max(1, min(line.lines, 20))))
            case Qr() | Barcode():
                laid.append(line)
    return laid


def clean(text: str) -> str:
    """Leave nothing in ``text`` but what has ink or room, and line breaks."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    return "".join(_clean(character) for character in text)


def _clean(character: str) -> str:
    match unicodedata.category(character):
        case "Cf":  # zero-width marks, byte-order mark: invisible
            return ""
        case "Cc" if character != "\n":
            return " "
        case "Zl" | "Zp":
            return "\n"
        case "Zs" if character != "\u3000":
            return " "
    return character


def _text(line: Text, room: int) -> Iterator[str]:
    left = [part for piece in clean(line.text).split("\n") for part in wrap(piece, room)]
    right = clean(line.right).replace("\n", " ").strip()
    if not right:
        yield from (_aligned(part, line.align, room) for part in left)
        return
    # the right half stands on the last row of the left half, or below it when there is no room
    gap = room - columns(left[-1]) - columns(right)
    if gap >= 1 or not left[-1]:
        yield from left[:-1]
        if gap >= 0:
            yield left[-1] + " " * gap + right
            return
    else:
        yield from left
    yield from (_aligned(part, Align.RIGHT, room) for part in wrap(right, room))


def _aligned(text: str, align: Align, room: int) -> str:
    free = max(0, room - columns(text))
    if align == Align.CENTRE:
        return " " * (free // 2) + text
    if align == Align.RIGHT:
        return " " * free + text
    return text


def wrap(text: str, room: int) -> list[str]:
    """Break ``text`` into rows of at most ``room`` columns, at spaces and between Chinese characters.

    A single word longer than a row is cut between characters. Gives at least one row.
    """
    wrapped: list[str] = []
    row: list[str] = []
    used = 0
    for unit in _units(text, room):
        size = columns(unit)
        if used + size > room and row:
            carried = [row.pop()] if unit in _NEVER_FIRST and len(row) > 1 and row[-1] != " " else []
            wrapped.append("".join(row).rstrip(" "))
            row, used = carried, columns("".join(carried))
            if unit == " " and not carried:
                continue
            if used + size > room:  # a carried word and this sign do not fit together either
                wrapped.append("".join(row))
                row, used = [], 0
        row.append(unit)
        used += size
    wrapped.append("".join(row).rstrip(" "))
    return wrapped


def _units(text: str, room: int) -> Iterator[str]:
    """What may not be broken: words of ASCII, and single characters with their combining marks."""
    word = ""
    for cluster in clusters(text):
        in_word = cluster.isascii() and cluster != " "
        if in_word and columns(word + cluster) <= room:
            word += cluster
            continue
        if word:
            yield word
        word = cluster if in_word else ""
        if not in_word:
            yield cluster
    if word:
        yield word


def clusters(text: str) -> list[str]:
    """Cut ``text`` into characters, each with the combining marks that belong to it."""
    found: list[str] = []
    for character in text:
        if found and unicodedata.combining(character):
            found[-1] += character
        else:
            found.append(character)
    return found
