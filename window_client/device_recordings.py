"""What went over a device's wire when it failed, kept for whoever must find out why.

``drivers.recording`` masks personal data before it keeps anything, so these files are plain. They are few and go by
themselves: a person reads them within days, or never.
"""

import logging
import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from drivers.recording import RECORDER, Recorder

log = logging.getLogger(__name__)

FOLDER = "recordings"
MOST_FILES = 20
"""Recordings that are kept; the oldest one makes room."""

KEPT_DAYS = 14
AGAIN_AFTER = 600.0
"""Seconds until the same trouble of the same device is kept again."""

WORTH_KEEPING = frozenset(
    {
        *("absent", "timeout", "garbled", "refused", "card_moved", "card_not_genuine", "card_unknown"),
        *("sam_self_test", "sam_not_authorised", "jam", "printer_error", "job_lost", "cutter", "no_frames"),
    }
)
"""Codes that may be the device's fault; that nobody laid a card is none."""

_ODD = re.compile(r"[^A-Za-z0-9_-]+")


class DeviceRecordings:
    """The recordings in the window's data folder.

    Args:
        folder: Where they lie.
        recorder: Whose recordings.
        clock: Seconds since 1970.
    """

    def __init__(self, folder: Path, *, recorder: Recorder = RECORDER, clock: Callable[[], float] = time.time) -> None:
        self._folder = folder
        self._recorder = recorder
        self._clock = clock
        self._kept_at: dict[tuple[str, str], float] = {}

    def keep(self, device: str, code: str) -> Path | None:
        """Keep the recording of a device that just failed with ``code``, where that is worth it. Never raises.

        Runs in the device's lane.
        """
        now = self._clock()
        if code not in WORTH_KEEPING or now - self._kept_at.get((device, code), -AGAIN_AFTER) < AGAIN_AFTER:
            return None
        moment = time.strftime("%Y%m%d-%H%M%S", time.localtime(now))
        file = self._folder / f"{moment}-{_ODD.sub('_', device)}-{code}.jsonl"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            if not self._recorder.save(device, file, reason=code):
                return None
            self._kept_at[device, code] = now
            self.tidy()
        except OSError as error:  # a full disk stops no visit
            log.warning("%s: its recording was not kept: %s", device, error)
            return None
        log.info("%s: recording kept as %s", device, file.name)
        return file

    def files(self) -> list[Path]:
        """The recordings, the oldest first."""
        return sorted(self._folder.glob("*.jsonl")) if self._folder.is_dir() else []

    def tidy(self) -> None:
        """Remove what is too old or too much.

        Raises:
            OSError: It cannot be removed.
        """
        files = self.files()
        old = self._clock() - KEPT_DAYS * 86400
        for place, file in enumerate(files):
            if place < len(files) - MOST_FILES or file.stat().st_mtime < old:
                file.unlink(missing_ok=True)


def bundle(folder: Path, words: Sequence[str], *, recorder: Recorder = RECORDER) -> bytes:
    """A ZIP file for whoever must find out why: the check's lines, what was kept, and this program's own traffic.

    Raises:
        OSError: A recording cannot be read.
    """
    import io  # noqa: PLC0415 - not for every start
    import zipfile  # noqa: PLC0415

    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("check.txt", "\n".join(words) + "\n")
        for file in DeviceRecordings(folder, recorder=recorder).files():
            archive.writestr(f"kept/{file.name}", file.read_bytes())
        for device in recorder.devices():
            lines = recorder.lines(device, reason="check")
            archive.writestr(f"now/{_ODD.sub('_', device)}.jsonl", "\n".join(lines) + "\n")
    return made.getvalue()
