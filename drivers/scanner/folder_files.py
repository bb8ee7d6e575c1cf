"""The files of a watched folder: which are new, in which order, whole yet or still being written, and taken already.

File names may hold names of people: none ever leaves this module except as the path to open. What is remembered of
files that stay where they are is a digest of name, size and time.
"""

import contextlib
import hashlib
import re
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from drivers.scanner.pages import LARGEST, is_whole, kind_of

TAKEN, BROKEN, MEMORY = "taken", "broken", ".taken"
_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff", ".pdf"})
_PARTS = re.compile(r"(\.(tmp|part|partial|crdownload|filepart|swp)$)|^[.~]|~$", re.IGNORECASE)


class After(StrEnum):
    """What becomes of a file whose pages were all handed over."""

    MOVE = "move"  # into the folder "taken"
    REMEMBER = "remember"  # it stays, and is not taken again
    DELETE = "delete"


class State(StrEnum):
    """How far a file is."""

    GROWING = "growing"
    WHOLE = "whole"
    BROKEN = "broken"


@dataclass(slots=True)
class _Seen:
    """What was seen of a file: its size and time, and since when they are the same."""

    size: int
    changed_ns: int
    since: float
    first: int


@dataclass(slots=True)
class Folder:
    """A folder that another program fills.

    Args:
        path: Where it is.
        after: What becomes of taken files.
        by_arrival: Order by arrival; else by natural name (page2 before page10).
        settle: Seconds that a file must not have changed.
        broken_after: Seconds without a change after which a file without its end is given up.
        keep: Seconds that taken and broken files are kept.
        clock: Seconds of a clock that never goes back.
    """

    path: Path
    after: After = After.MOVE
    by_arrival: bool = True
    settle: float = 0.5
    broken_after: float = 10.0
    keep: float = 86400.0
    clock: Callable[[], float] = time.monotonic
    _seen: dict[str, _Seen] = field(default_factory=dict)
    _done: set[str] = field(default_factory=set)
    _looks: int = 0
    _read_memory: bool = False

    def new(self) -> list[Path]:
        """The files that were not taken yet, in order; looks at the folder once.

        Raises:
            OSError: The folder cannot be read.
        """
        if not self._read_memory:
            self._remembered()
        self._looks += 1
        now, there = self.clock(), {}
        for path in self.path.iterdir():
            if path.suffix.lower() not in _SUFFIXES or _PARTS.search(path.name):
                continue
            try:
                stat = path.stat()
            except OSError:  # renamed or taken away just now
                continue
            if not path.is_file() or self._key(path.name, stat.st_size, stat.st_mtime_ns) in self._done:
                continue
            was = self._seen.get(path.name)
            if was is None or (was.size, was.changed_ns) != (stat.st_size, stat.st_mtime_ns):
                first = self._looks if was is None else was.first
                was = _Seen(stat.st_size, stat.st_mtime_ns, now, first)
            there[path.name] = was
        self._seen = there
        names = sorted(there, key=lambda name: (there[name].first if self.by_arrival else 0, natural(name)))
        return [self.path / name for name in names]

    def state(self, path: Path) -> State:
        """Whether a file that ``new`` listed may be taken."""
        seen = self._seen[path.name]
        still_for = self.clock() - seen.since
        if still_for < self.settle:
            return State.GROWING
        if seen.size > LARGEST:
            return State.BROKEN
        try:
            data = path.read_bytes()
        except OSError:  # Windows: its writer has it open
            return State.GROWING
        if len(data) == seen.size and kind_of(data[:8]) and is_whole(data):
            return State.WHOLE
        return State.BROKEN if still_for >= self.broken_after else State.GROWING

    def done(self, path: Path, *, broken: bool = False) -> None:
        """A file was handed over, or given up: it is not taken again."""
        seen = self._seen.pop(path.name, None)
        if seen is not None:
            self._done.add(self._key(path.name, seen.size, seen.changed_ns))
        if broken:
            self._move(path, BROKEN)
        elif self.after is After.MOVE:
            self._move(path, TAKEN)
        elif self.after is After.DELETE:
            with contextlib.suppress(OSError):
                path.unlink()
        else:
            self._remember()

    def tidy(self) -> None:
        """Delete what was taken long ago: these are papers of people."""
        old = time.time() - self.keep
        for name in (TAKEN, BROKEN):
            with contextlib.suppress(OSError):
                for path in (self.path / name).iterdir():
                    if path.is_file() and path.stat().st_ctime < old:
                        path.unlink()

    def _move(self, path: Path, name: str) -> None:
        """Move a file; where that is not allowed it stays, and is remembered."""
        target = self.path / name
        try:
            target.mkdir(exist_ok=True)
            place = target / path.name
            number = 1
            while place.exists():
                number += 1
                place = target / f"{path.stem} ({number}){path.suffix}"
            shutil.move(path, place)
        except OSError:
            self._remember()

    def _key(self, name: str, size: int, changed_ns: int) -> str:
        return hashlib.sha256(f"{name}\0{size}\0{changed_ns}".encode("utf-8", "surrogateescape")).hexdigest()

    def _remember(self) -> None:
        with contextlib.suppress(OSError):  # a folder that we may only read: until the program ends
            (self.path / MEMORY).write_text("\n".join(sorted(self._done)) + "\n")

    def _remembered(self) -> None:
        self._read_memory = True
        with contextlib.suppress(OSError, ValueError):
            self._done |= set((self.path / MEMORY).read_text().split())
        if self._done:  # what has gone meanwhile need not be remembered
            there = set(self._keys())
            self._done &= there

    def _keys(self) -> Iterator[str]:
        for path in self.path.iterdir():
            with contextlib.suppress(OSError):
                stat = path.stat()
                yield self._key(path.name, stat.st_size, stat.st_mtime_ns)


def natural(name: str) -> list[tuple[int, int, str]]:
    """A key that sorts names as a person does: ``page2`` before ``page10``."""
    parts = re.split(r"([0-9]+)", name.casefold())
    return [(0, int(part), "") if part.isascii() and part.isdigit() else (1, 0, part) for part in parts if part]
