"""Looks after the store while nobody is served: backups in time, and a word before the disk is full."""

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from window_client.dispatch import Dispatcher
from window_client.store.errors import StoreError
from window_client.store.store import Store

log = logging.getLogger(__name__)

DAY = timedelta(hours=24)

AHEAD = timedelta(hours=1)
"""A backup that is younger than now by more than this was made under a wrong clock, and tells nothing."""

PATIENCE = 20.0
"""Seconds that the program's end waits for a backup."""


class Keeping:
    """Backups and free space of one store.

    Args:
        store: The window's.
        dispatcher: The gate back to the main thread.
        every: Acceptances after which another backup is due.
        floor_mb: Free megabytes below which the clerk is told.
        tell: Told once each time the space falls below the floor (``store.low_space``, with ``mb``), and when a
            backup finds the database damaged (``store.damaged``).
        clock: The machine's time, UTC.
    """

    def __init__(
        self,
        store: Store,
        dispatcher: Dispatcher,
        *,
        every: int,
        floor_mb: int,
        tell: Callable[[str, dict[str, str]], None],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._store = store
        self._dispatcher = dispatcher
        self._every = every
        self._floor_mb = floor_mb
        self._tell = tell
        self._clock = clock
        self._thread: threading.Thread | None = None
        self._stopped = False
        self.low = False

    def look(self, *, idle: bool) -> None:
        """Look at the space, and while nobody is served at the backups. Cheap; the backup itself runs beside."""
        self._look_at_space()
        if idle and self._thread is None and self.due():
            self._thread = threading.Thread(target=self._back_up, name="backup", daemon=True)
            self._thread.start()

    def due(self) -> bool:
        """Whether a backup should be made."""
        made = self._store.backups()
        if not made:
            return self._store.backup_due or self._store.cases.last_seq() > 0
        age = self._clock() - datetime.fromisoformat(made[-1].made_at)
        return self._store.backup_due or self._store.cases_since_backup >= self._every or not -AHEAD < age < DAY

    def stop(self) -> None:
        """Wait for a backup that is being made."""
        self._stopped = True
        if self._thread is not None:
            self._thread.join(PATIENCE)

    def _look_at_space(self) -> None:
        try:
            free_mb = self._store.free_bytes() >> 20
        except OSError as error:
            log.warning("the free space cannot be told: %s", error.strerror)
            return
        low = free_mb < self._floor_mb
        if low and not self.low:
            self._tell("store.low_space", {"mb": str(free_mb)})
        self.low = low

    def _back_up(self) -> None:
        try:
            made = self._store.backup()
            log.info("backup %d made, %d bytes", made.number, made.size)
            code = ""
        except StoreError as error:
            log.warning("no backup could be made: %s", error.code)
            code = error.code
        self._dispatcher.post(lambda: self._made(code))

    def _made(self, code: str) -> None:
        self._thread = None
        if code == "damaged" and not self._stopped:
            self._tell("store.damaged", {})
