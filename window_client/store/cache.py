"""The last known answers of the central services: catalogue, forms, picture of the queue, clock offset."""

import msgspec

from window_client.store.database import Database, transaction
from window_client.store.moments import now


class Cached(msgspec.Struct, frozen=True):
    """A document as it came. ``etag`` is sent back to ask whether it is still the newest."""

    key: str
    etag: str
    version: str
    body: bytes
    stored_at: str


class Cache:
    """Documents by key. Losing one costs a question to the centre, nothing else."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def put(self, key: str, body: bytes, *, etag: str = "", version: str = "") -> None:
        """Keep a document instead of the earlier one."""
        with transaction(self._db, "cache"):
            self._db.execute(
                "INSERT INTO cache (key, etag, version, body, stored_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (key) DO "
                "UPDATE SET etag = excluded.etag, version = excluded.version, body = excluded.body, "
                "stored_at = excluded.stored_at",
                (key, etag, version, body, now()),
            )

    def get(self, key: str) -> Cached | None:
        """The document, or None."""
        row = self._db.row("SELECT key, etag, version, body, stored_at FROM cache WHERE key = ?", (key,))
        return Cached(*row) if row else None

    def forget(self, key: str) -> None:
        """Drop a document. An unknown key is fine."""
        with transaction(self._db, "cache"):
            self._db.execute("DELETE FROM cache WHERE key = ?", (key,))
