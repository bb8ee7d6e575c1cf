"""What a model of receipt printer can do, by name, from ``profiles.toml`` and a file of the hall's own.

A profile that cannot work is refused when it is loaded, with the file, the line and the reason.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from drivers.printer.layout import DOTS_A_COLUMN

OURS = Path(__file__).with_name("profiles.toml")
USUAL = "generic_80"


class ProfileError(ValueError):
    """The profile cannot be used; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One model; ``profiles.toml`` explains each field."""

    name: str
    title: str
    dots: int
    columns: int
    cutter: bool = True
    feed: int = 6
    chinese: bool = True
    process_id: bool = True
    near_end: bool = True
    automatic: bool = False


_KINDS: dict[str, type] = {
    "title": str,
    **dict.fromkeys(("dots", "columns", "feed"), int),
    **dict.fromkeys(("cutter", "chinese", "process_id", "near_end", "automatic"), bool),
}
_NEEDED = ("title", "dots", "columns")


def load(path: Path) -> dict[str, Profile]:
    """All profiles of a file.

    Raises:
        ProfileError: One of them cannot work, or the file cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8")
        tables = tomllib.loads(text)
    except OSError as error:
        raise ProfileError(f"{path.name}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProfileError(f"{path.name}: {error}") from error
    return {name: _profile(name, table, _Place(path.name, text, name)) for name, table in tables.items()}


@dataclass(frozen=True, slots=True)
class _Place:
    file: str
    text: str
    table: str

    def wrong(self, key: str, why: str) -> ProfileError:
        return ProfileError(f"{self.file}, line {self._line(key)}: [{self.table}] {key} {why}".replace("]  ", "] "))

    def _line(self, key: str) -> int:
        lines = self.text.splitlines()
        head = re.compile(rf"\s*\[\s*[\"']?{re.escape(self.table)}[\"']?\s*\]")
        start = next((at for at, line in enumerate(lines) if head.match(line)), 0)
        for at in range(start + 1, len(lines)):
            if lines[at].lstrip().startswith("["):
                break
            if key and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", lines[at]):
                return at + 1
        return start + 1


def _profile(name: str, table: object, place: _Place) -> Profile:
    if not isinstance(table, dict):
        raise place.wrong("", "must be a table")
    for key, value in table.items():
        kind = _KINDS.get(key)
        if kind is None:
            raise place.wrong(key, f"is not known; known are {', '.join(_KINDS)}")
        if type(value) is not kind:
            raise place.wrong(key, f"must be {({str: 'text', int: 'a number', bool: 'true or false'})[kind]}")
    for key in _NEEDED:
        if key not in table:
            raise place.wrong(key, "is missing")
    profile = Profile(name, **table)
    if not 24 <= profile.columns <= 96:
        raise place.wrong("columns", "must be 24 to 96")
    if profile.dots % 8 or profile.dots != profile.columns * DOTS_A_COLUMN:
        raise place.wrong("dots", f"must be {DOTS_A_COLUMN} times columns, here {profile.columns * DOTS_A_COLUMN}")
    if not 0 <= profile.feed <= 30:
        raise place.wrong("feed", "must be 0 to 30")
    return profile


@cache
def ours() -> dict[str, Profile]:
    """The profiles that come with the program."""
    return load(OURS)


def find(name: str, file: str = "") -> Profile:
    """The profile of that name, from ``file`` first.

    Raises:
        ProfileError: There is none, or it cannot work.
    """
    known = {**ours(), **(load(Path(file)) if file else {})}
    found = known.get(name)
    if found is None:
        raise ProfileError(f"no profile {name!r}; known are {', '.join(sorted(known))}")
    return found
