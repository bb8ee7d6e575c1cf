"""A recording's file: JSON lines, read back."""

import json
from dataclasses import dataclass
from pathlib import Path

VERSION = 1


@dataclass(frozen=True, slots=True)
class Line:
    """One event of a recording; ``data`` is filled up with zeros where only its length was kept."""

    at: float
    way: str
    data: bytes
    note: str = ""


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording from a file."""

    kind: str
    driver: str
    scheme: str
    lines: tuple[Line, ...]


def load(file: Path) -> Recording:
    """Read a recording.

    Raises:
        ValueError: It is none, with the number of the line.
        OSError: It cannot be read.
    """
    rows: list[Line] = []
    head: dict[str, object] = {}
    for number, row in enumerate(file.read_text("utf-8").splitlines(), start=1):
        try:
            said = json.loads(row)
            if number == 1:
                head = said
                if head["recording"] != VERSION:
                    raise ValueError("another version")
                continue
            data = bytes.fromhex(said["hex"]) if "hex" in said else bytes(int(said.get("size", 0)))
            rows.append(Line(float(said["at"]), str(said["way"]), data, str(said.get("note", ""))))
        except (ValueError, KeyError, TypeError, AttributeError, MemoryError, OverflowError) as error:
            raise ValueError(f"line {number}: this is no recording ({type(error).__name__})") from error
    if not head:
        raise ValueError("line 1: this is no recording (empty)")
    return Recording(str(head.get("kind", "")), str(head.get("driver", "")), str(head.get("scheme", "")), tuple(rows))
