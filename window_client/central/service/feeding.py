"""The event stream: what the table holds after a number, then whatever comes, with a comment in quiet times."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator

import msgspec

from window_client.central import contract as c
from window_client.central.service.news import events_after
from window_client.central.service.picture import newest

QUIET_SECONDS = 5.0
"""A comment at least this often, so that a dead line is noticed and the way can be measured."""


class Listeners:
    """Wakes the open streams after a commit. ``wake`` may be called from any thread once ``attach`` was."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._bells: set[asyncio.Event] = set()
        self.closing = False

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        """Say in which loop the streams live."""
        self._loop = loop

    def wake(self) -> None:
        """Something was committed."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._ring)

    def close(self) -> None:
        """End all streams: an open one would hold the end of the service for ever."""
        self.closing = True
        self._ring()

    def _ring(self) -> None:
        for bell in self._bells:
            bell.set()

    async def stream(self, db: sqlite3.Connection, after: int) -> AsyncIterator[bytes]:
        """The bytes of one stream. A number that the table does not reach any more gets a ``reset`` first."""
        bell = asyncio.Event()
        self._bells.add(bell)
        try:
            yield b"retry: 1000\n\n"
            oldest, last = db.execute("SELECT coalesce(min(id), 0), coalesce(max(id), 0) FROM events").fetchone()
            if after > last or (after and after < oldest - 1):
                after = newest(db)
                yield encoded(c.Event(after, "reset", ""))
            while not self.closing:
                bell.clear()
                events = events_after(db, after)
                for event in events:
                    after = event.id
                    yield encoded(event)
                if not events and not await _rings(bell):
                    yield b": still here\n\n"
        finally:
            self._bells.discard(bell)


def encoded(event: c.Event) -> bytes:
    """One event on the wire."""
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (event.id, event.kind.encode(), msgspec.json.encode(event))


async def _rings(bell: asyncio.Event) -> bool:
    try:
        await asyncio.wait_for(bell.wait(), QUIET_SECONDS)
    except TimeoutError:
        return False
    return True
