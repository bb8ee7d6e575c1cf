"""Logging by topic. Personal data leaves only through a whitelist: there is none, so it does not leave.

Two nets: log calls never receive personal values (a rule of the house, tested by grepping the logs of whole
visits), and a filter masks what still looks like an identity, phone or case number with a check digit.
"""

import logging
import re
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

_LOOKS_PERSONAL = re.compile(r"(?<!\d)(\d{4})\d{6,10}([\dXx]{4})(?!\d)|(?<!\d)(1\d{2})\d{4}(\d{4})(?!\d)")


def masked(text: str) -> str:
    """Mask everything in ``text`` that looks like an ID, bank or phone number."""

    def stars(found: re.Match[str]) -> str:
        head = found.group(1) or found.group(3)
        tail = found.group(2) or found.group(4)
        return f"{head}****{tail}"

    return _LOOKS_PERSONAL.sub(stars, text)


class MaskingFormatter(logging.Formatter):
    """The last net before a line is written."""

    def format(self, record: logging.LogRecord) -> str:
        """Format and mask."""
        return masked(super().format(record))


def start(folder: Path | None, *, verbose: bool = False) -> None:
    """Log warnings to stderr and, with a ``folder``, everything from info up to ``window-client.log`` there."""
    root = logging.getLogger()
    root.setLevel(logging.DEBUG if verbose else logging.INFO)
    form = MaskingFormatter("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s")
    stderr = logging.StreamHandler(sys.stderr)
    stderr.setLevel(logging.DEBUG if verbose else logging.WARNING)
    stderr.setFormatter(form)
    root.addHandler(stderr)
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        file = RotatingFileHandler(folder / "window-client.log", maxBytes=5_000_000, backupCount=5, encoding="utf-8")
        file.setFormatter(form)
        root.addHandler(file)
    for quiet in ("httpx", "httpcore"):  # they log whole URLs
        logging.getLogger(quiet).setLevel(logging.WARNING)
