"""The files of a watched folder: which are new, in which order, whole yet or still being written, and taken already.

File names may hold names of people: none ever leaves this module except as the path to open. A file goes when all its
pages are stored, and not before; how far that is stands in ``folder_memory``.
"""

import contextlib
import re
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from drivers.scanner.folder_memory import Given, Memory, key_of, owner_of
from drivers.scanner.pages import LARGEST, is_whole, kind_of

TAKEN, BROKEN, ASIDE = "taken", "broken", "aside"
_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff", ".pdf"})
_PARTS = re.compile(r"(\.(tmp|part|partial|crdownload|filepart|swp)$)|^[.~]|~$", re.IGNORECASE)


class After(StrEnum):
    """What becomes of a file whose pages were all taken."""

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

    key: str
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
    put_aside: int = 0
    """Files with pages of a visit before this program's start, that were put aside since somebody last asked."""
    _memory: Memory = field(init=False)
    _owner: str = ""
    _own: dict[str, Given] = field(default_factory=dict)  # while nobody says for whom: known here, and written nowhere
    _seen: dict[str, _Seen] = field(default_factory=dict)
    _looks: int = 0

    def __post_init__(self) -> None:
        """The memory is shared by all who look at the folder."""
        self._memory = Memory.of(self.path)

    def new(self) -> list[Path]:
        """The files that were not taken yet, in order; looks at the folder once.

        Raises:
            OSError: The folder cannot be read.
        """
        stats = {}
        for path in self.path.iterdir():
            if path.suffix.lower() not in _SUFFIXES or _PARTS.search(path.name):
                continue
            with contextlib.suppress(OSError):  # renamed or taken away just now
                stat = path.stat()
                if path.is_file():
                    stats[path.name] = (key_of(path.name, stat.st_size, stat.st_mtime_ns), stat)
        with self._memory.lock:
            self._memory.read({key for key, _ in stats.values()})
            self._looks += 1
            now, there = self.clock(), {}
            for name, (key, stat) in stats.items():
                was = self._seen.get(name)
                if was is None or was.key != key:
                    first = self._looks if was is None else was.first
                    was = _Seen(key, stat.st_size, stat.st_mtime_ns, now, first)
                there[name] = was
            self._seen = there
            names = [name for name in there if self._is_new(name, there[name].key)]
        names.sort(key=lambda name: (there[name].first if self.by_arrival else 0, natural(name)))
        return [self.path / name for name in names]

    def _is_new(self, name: str, key: str) -> bool:
        """With the lock held: whether there is something in a file to be given out."""
        given = self._memory.given.get(key)
        if key in self._memory.done:
            return False
        if given is None:
            return True
        if given.is_over:  # the program was killed before the file went
            self._gone(self.path / name, key, BROKEN if given.broken else self.after)
        elif not self._owner or given.owner == self._owner:
            return not given.is_out
        elif not given.out:
            self.put_aside += given.old
            self._gone(self.path / name, key, ASIDE)
        return False

    def key(self, path: Path) -> str:
        """What a file that ``new`` listed is known by."""
        return self._seen[path.name].key

    def is_unsure(self, path: Path) -> bool:
        """Whether nobody can tell if this file was taken before the program's start."""
        return self.key(path) in self._memory.unsure

    def state(self, path: Path) -> State:
        """Whether a file that ``new`` listed may be taken."""
        seen = self._seen.get(path.name)
        if seen is None:
            return State.GROWING
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

    def belongs_to(self, visit: str) -> None:
        """What is given out from now on is for this visit; what is left of another one's files is put aside."""
        with self._memory.lock:
            self._owner = owner_of(visit)

    def given(self, path: Path) -> Given:
        """How far a file that ``new`` listed was given out."""
        if not self._owner:
            return self._own.setdefault(self.key(path), Given())
        with self._memory.lock:
            return self._memory.given.setdefault(self.key(path), Given(self._owner))

    def answered(self, path: Path, key: str, given: Given, place: int, kept: bool) -> None:
        """A page that was given out is stored, or is not; any thread. The file goes with its last page."""
        with self._memory.lock:
            given.out.discard(place)
            if kept:
                given.kept.add(place)
                self._go_on(path, key, given)

    def ended(self, path: Path, key: str, given: Given, total: int, *, broken: bool = False) -> None:
        """A file has no more than ``total`` good pages."""
        with self._memory.lock:
            given.total, given.broken = total, broken
            self._go_on(path, key, given)

    def _go_on(self, path: Path, key: str, given: Given) -> None:
        """With the lock held: write down how far it is, or let the file go."""
        if given.is_over:
            self._gone(path, key, BROKEN if given.broken else self.after)
        elif given.owner and self._memory.given.get(key) is given:
            self._memory.write()

    def _gone(self, path: Path, key: str, after: str) -> None:
        """With the lock held: a file is not given out again; one that cannot go is remembered."""
        self._own.pop(key, None)
        was_written = self._memory.given.pop(key, None) is not None
        if self._is(path, key):  # else another one came in its place meanwhile
            if after == After.DELETE:
                with contextlib.suppress(OSError):
                    path.unlink()
            elif after != After.REMEMBER:
                self._move(path, TAKEN if after == After.MOVE else after)
        stays = self._is(path, key)
        if stays:
            self._memory.done.add(key)
        if stays or was_written:
            self._memory.write()

    def tidy(self) -> None:
        """Delete what was taken long ago: these are papers of people."""
        old = time.time() - self.keep
        for name in (TAKEN, BROKEN, ASIDE):
            with contextlib.suppress(OSError):
                for path in (self.path / name).iterdir():
                    if path.is_file() and path.stat().st_ctime < old:
                        path.unlink()

    @staticmethod
    def _is(path: Path, key: str) -> bool:
        try:
            stat = path.stat()
        except OSError:
            return False
        return key_of(path.name, stat.st_size, stat.st_mtime_ns) == key

    def _move(self, path: Path, name: str) -> None:
        """Move a file; where that is not allowed it stays."""
        target = self.path / name
        with contextlib.suppress(OSError):
            target.mkdir(exist_ok=True)
            place = target / path.name
            number = 1
            while place.exists():
                number += 1
                place = target / f"{path.stem} ({number}){path.suffix}"
            shutil.move(path, place)


def natural(name: str) -> list[tuple[int, int, str]]:
    """A key that sorts names as a person does: ``page2`` before ``page10``."""
    parts = re.split(r"([0-9]+)", name.casefold())
    return [(0, int(part), "") if part.isascii() and part.isdigit() else (1, 0, part) for part in parts if part]
