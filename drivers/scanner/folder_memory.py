"""What a watched folder knows over a restart: which files were taken, and which pages of a file are stored already.

It stands in the folder itself, in the file ``.taken``, and is written in one step: a program that is killed leaves
what was known before or after. Names of files may hold names of people, so a file is known by a digest of its name,
size and time, and the visit that its pages went to by a digest too.
"""

import contextlib
import hashlib
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock
from typing import ClassVar
from weakref import WeakValueDictionary

FILE = ".taken"
_LINE = re.compile(r"([0-9a-f]{64})(?: ([0-9a-f]{16}) (-|\d{1,6}) (-|\d{1,6}(?:,\d{1,6})*))?")


@dataclass(slots=True)
class Given:
    """A file of which pages were given out.

    Places count from 0. ``total`` is -1 until the file's end was seen. ``out`` are pages that were handed over and of
    which nobody said yet what became of them: known to this program only, after a restart they are given out again.
    """

    owner: str = ""
    kept: set[int] = field(default_factory=set)
    out: set[int] = field(default_factory=set)
    total: int = -1
    broken: bool = False
    old: bool = False  # from before this program's start

    @property
    def is_over(self) -> bool:
        """Every page of it is stored."""
        return self.total >= 0 and len(self.kept) >= self.total and not self.out

    @property
    def is_out(self) -> bool:
        """There is nothing in it that could be given out now."""
        return self.total >= 0 and len(self.kept | self.out) >= self.total


class Memory:
    """The memory of one folder; all scanners of a program that look at the folder share it (``of``)."""

    _all: ClassVar["WeakValueDictionary[str, Memory]"] = WeakValueDictionary()

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE
        self.lock = RLock()
        self.done: set[str] = set()
        self.given: dict[str, Given] = {}
        self.unsure: set[str] = set()
        """Files that were there at the start, while nobody can tell whether they were taken before it."""
        self._is_read = False

    @classmethod
    def of(cls, folder: Path) -> "Memory":
        """The memory of this folder."""
        name = str(folder.absolute())
        memory = cls._all.get(name)
        if memory is None:
            memory = cls._all[name] = cls(folder)
        return memory

    def read(self, there: set[str]) -> None:
        """Read once what was written; ``there`` are the files of now: what has gone need not be remembered."""
        if self._is_read:
            return
        self._is_read = True
        damaged = False
        try:
            lines = self._file.read_text("ascii").splitlines()
        except FileNotFoundError:
            lines = []
        except (OSError, ValueError):
            lines, damaged = [], True
        for line in lines:
            found = _LINE.fullmatch(line)
            if found is None:
                damaged = True
            elif found[1] not in there:
                continue
            elif found[2] is None:
                self.done.add(found[1])
            else:
                kept = set() if found[4] == "-" else {int(place) for place in found[4].split(",")}
                total = -1 if found[3] == "-" else int(found[3])
                self.given[found[1]] = Given(found[2], kept, total=total, old=True)
        if (there or lines) and not self.write():
            damaged = True
        if damaged:
            self.unsure = there - self.done - set(self.given)

    def write(self) -> bool:
        """Write it down; False where the folder does not allow that, and it is known until the program ends."""
        lines = sorted(self.done)
        for key, given in sorted(self.given.items()):
            total = str(given.total) if given.total >= 0 and not given.broken else "-"
            lines.append(f"{key} {given.owner} {total} {','.join(map(str, sorted(given.kept))) or '-'}")
        fresh = self._file.with_name(f"{FILE}.tmp")
        try:
            with fresh.open("w", encoding="ascii") as out:
                out.writelines(f"{line}\n" for line in lines)
                out.flush()
                os.fsync(out.fileno())
            fresh.replace(self._file)
        except OSError:
            with contextlib.suppress(OSError):
                fresh.unlink()
            return False
        return True


def key_of(name: str, size: int, changed_ns: int) -> str:
    """What a file is known by."""
    return hashlib.sha256(f"{name}\0{size}\0{changed_ns}".encode("utf-8", "surrogateescape")).hexdigest()


def owner_of(visit: str) -> str:
    """What a visit is known by."""
    return hashlib.sha256(visit.encode()).hexdigest()[:16] if visit else ""


def origin_of(key: str, place: int) -> str:
    """What a page is known by, 32 hexadecimal digits: the same after a restart."""
    return hashlib.sha256(f"{key} {place}".encode()).hexdigest()[:32]
