"""What a crash leaves behind: no memory image, and a short file without the values of any variable."""

import ctypes
import faulthandler
import logging
import sys
from pathlib import Path
from typing import TextIO

log = logging.getLogger(__name__)

NAME = "crash.txt"

_SET_DUMPABLE = 4  # prctl(2)

_file: TextIO | None = None


def no_core_dumps() -> None:
    """A core dump would hold the open visit in the clear. The limit stops files, the flag also a collecting service."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not on Windows

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux" and ctypes.CDLL(None).prctl(_SET_DUMPABLE, 0, 0, 0, 0):
        log.warning("the flag against core dumps could not be set")


def start(folder: Path) -> None:
    """Write the places of all threads (file, line, function) to ``crash.txt`` in ``folder`` if the program crashes."""
    global _file  # noqa: PLW0603 - faulthandler writes to its descriptor: it must stay open
    folder.mkdir(parents=True, exist_ok=True)
    stop()
    _file = (folder / NAME).open("a", encoding="utf-8")
    faulthandler.enable(_file, all_threads=True)


def stop() -> None:
    """Let go of the file."""
    global _file  # noqa: PLW0603
    if _file is not None:
        faulthandler.disable()
        _file.close()
        _file = None
