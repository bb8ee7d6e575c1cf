"""Named points at which a test may stop the program as hard as a power cut does.

Nothing happens unless WINDOW_CLIENT_CRASH_AT was set when this module was loaded: ``accept.before_commit`` stops at
the first pass, ``receipt.block_sent:3`` at the third. The names are listed here so that a test can visit all of them.
"""

import os
import signal
import sys
from itertools import count

_COMMITS = (
    "draft draft_close accept delivered outbox mark_delivered rating print_begin print_progress print_finish "
    "print_copy print_recover block_add block_take provisional journal cache purge signin take_over another_item"
)

POINTS: tuple[str, ...] = (
    *(f"{name}.{when}" for name in _COMMITS.split() for when in ("before_commit", "after_commit")),
    "page.before_write",
    "page.half_written",
    "page.before_rename",
    "page.after_rename",
    "page.after_sync",
    "courier.before_send",
    "courier.after_answer",
    "courier.after_delivered",
    "receipt.before_print",
    "receipt.block_sent",
    "receipt.after_print",
    "backup.segment_begun",
    "backup.copied",
    "backup.in_place",
    "accept.log_ahead",
    "accept.after_log",
)
"""Every name that ``point`` is called with, here and in the rest of the program."""

_WANTED, _, _TURN = os.environ.get("WINDOW_CLIENT_CRASH_AT", "").partition(":")
_passes = count(1)

if _WANTED and _WANTED not in POINTS:  # a misspelt name would make a kill test pass without a kill
    raise ValueError(f"WINDOW_CLIENT_CRASH_AT names no point: {_WANTED}")


def point(name: str) -> None:
    """Stop the whole process here, without any clean-up, if a test asked for this point."""
    if name == _WANTED and next(_passes) == int(_TURN or 1):
        # Windows knows no SIGKILL; there SIGTERM ends a process without running anything of it.
        os.kill(os.getpid(), signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
