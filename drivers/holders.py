"""Which program holds a port that we cannot have: by the open files that Linux shows, the program's name only.

Other users' programs are seen only by an administrator; then the name stays unknown, which is no fault.
"""

import os
from pathlib import Path

from drivers.presence import ROOT, nodes_of

OURSELVES = "self"
"""Instead of a name: another device of this program has the port."""


def holder_of(url: str, *, root: Path = ROOT) -> str:
    """The name of the program that has the port of ``url`` open; empty when nobody can tell."""
    nodes = {str(node) for node in nodes_of(url, root=root)}
    if not nodes:
        return ""
    for process in (root / "proc").glob("[0-9]*"):
        if _has_open(process, nodes):
            return OURSELVES if process.name == str(os.getpid()) else _name(process)
    return ""


def _has_open(process: Path, nodes: set[str]) -> bool:
    try:
        return any(str(entry.readlink()) in nodes for entry in (process / "fd").iterdir())
    except OSError:  # gone meanwhile, or another user's
        return False


def _name(process: Path) -> str:
    try:
        return (process / "comm").read_text("utf-8", errors="replace").strip()
    except OSError:
        return ""
