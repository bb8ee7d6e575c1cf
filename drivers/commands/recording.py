"""``record``: run one of the commands and keep what went over the wire, masked."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from drivers import catalogue
from drivers.recording import RECORDER

SAYS_KIND = frozenset({"conform"})
"""Commands that want the kind in front of the address."""

DEEDS = {
    "id_card": ("read-card",),
    "smart_card": ("read-smart-card",),
    "scanner": ("scan",),
    "camera": ("snap",),
    "codes": ("scan-code",),
    "rating": ("rate",),
    "printer": ("print-test",),
    "document_printer": ("print-document",),
    "display": ("show", "A001"),
    "voice": ("say", "A001", "1"),
}
"""What is done with each kind where no command is named."""


def usual(asked: Sequence[str]) -> tuple[list[str], list[str]]:
    """Split ``KIND URL --out FILE [options of the deed]`` into what is recorded and the kind's usual command."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--out")
    known, rest = parser.parse_known_args(list(asked))
    places = rest[:2]
    out = ["--out", known.out] if known.out is not None else []
    return [*places, *out], [*DEEDS.get(places[0] if places else "", ()), *rest[2:]]


def record(asked: Sequence[str], command: Sequence[str], run: Callable[[Sequence[str]], int]) -> int:
    """Run ``command`` (without its address, which stands in ``asked``), and write the recording whatever came of it.

    Returns the command's exit code; 2 when nothing can be recorded or written.
    """
    parser = argparse.ArgumentParser(prog="python -m drivers record", description="Keep the traffic of one command")
    parser.add_argument("kind", choices=catalogue.KINDS)
    parser.add_argument("url")
    parser.add_argument("--out", type=Path, required=True, help="the file to write (.jsonl)")
    options = parser.parse_args(list(asked))
    if not command or command[0] in {"record", "replay", "emulate", "list", "find"}:
        sys.stderr.write("behind -- stands a command that uses one device, without its address\n")
        return 2
    place = [options.kind, options.url] if command[0] in SAYS_KIND else [options.url]
    try:
        code = run([command[0], *place, *command[1:]])
    except SystemExit as wrong_use:
        return int(wrong_use.code or 0)
    finally:
        written = _write(options.kind, options.out, " ".join(command[:1]))
    return code if written else 2


def _write(kind: str, out: Path, reason: str) -> bool:
    try:
        written = RECORDER.save(kind, out, reason=reason)
    except OSError as error:
        sys.stderr.write(f"{error}\n")
        return False
    sys.stderr.write(f"{out}\n" if written else "nothing was recorded: this way to the device is not watched\n")
    return written
