"""The drafts of open visits: every change is one small commit, and a crash brings the visit back at the same step."""

import logging

import msgspec

from window_client.domain.visit import Draft
from window_client.store.database import Database, transaction
from window_client.store.moments import now

log = logging.getLogger(__name__)


class Drafts:
    """Drafts by visit; only visits that are not over have one."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def save(self, draft: Draft) -> None:
        """Put the draft on disk; it replaces the visit's earlier one. Raises: StoreError, the earlier one stays."""
        body = msgspec.json.encode(draft)
        with transaction(self._db, "draft"):
            self._db.tell("draft", draft.visit_id, body)
            self._db.execute(
                "INSERT INTO drafts (visit_id, body, saved_at) VALUES (?, ?, ?) "
                "ON CONFLICT (visit_id) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at",
                (draft.visit_id, body, now()),
            )

    def open_drafts(self) -> list[Draft]:
        """The drafts of all visits that are not over, the one saved last at the end.

        A draft that this program cannot read stays where it is and is not given out: see ``unreadable``.
        """
        return [draft for _, draft in self._decoded() if draft is not None]

    def unreadable(self) -> list[str]:
        """Visit ids of drafts that are kept but cannot be read by this program."""
        return [visit_id for visit_id, draft in self._decoded() if draft is None]

    def close(self, visit_id: str) -> None:
        """The visit is over: its draft goes. A visit without a draft is fine."""
        with transaction(self._db, "draft_close"):
            self._db.tell("draft", visit_id, b"")
            self._db.execute("DELETE FROM drafts WHERE visit_id = ?", (visit_id,))

    def _decoded(self) -> list[tuple[str, Draft | None]]:
        found: list[tuple[str, Draft | None]] = []
        for visit_id, body in self._db.rows("SELECT visit_id, body FROM drafts ORDER BY saved_at, visit_id"):
            try:
                found.append((visit_id, msgspec.json.decode(body, type=Draft)))
            except msgspec.MsgspecError:
                log.warning("the draft of visit %s cannot be read; it is kept", visit_id)
                found.append((visit_id, None))
        return found
