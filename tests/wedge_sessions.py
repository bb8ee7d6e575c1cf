"""The key sessions of ``tests/data/wedge``, as the tests of the wedge read them."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent / "data" / "wedge"
NAMES = tuple(sorted(path.stem for path in FOLDER.glob("*.json")))


@dataclass(frozen=True, slots=True)
class KeyEvent:
    """One event; ``do`` is press, repeat, release, compose or commit; ``at`` in seconds."""

    at: float
    do: str
    key: str = ""
    text: str = ""
    shift: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """A session and what must come of it."""

    field: str
    cursor: int
    selected: int
    events: tuple[KeyEvent, ...]
    codes: list[str]
    ends: str
    enters: int


def session(name: str) -> Session:
    """Read one."""
    data: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    events = tuple(KeyEvent(**{**event, "at": event["at"] / 1000}) for event in data["events"])
    return Session(
        data["field"],
        data["cursor"],
        data.get("selected", 0),
        events,
        data["codes"],
        data["ends"],
        data.get("enters", 0),
    )
