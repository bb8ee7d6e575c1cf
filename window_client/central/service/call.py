"""What an operation is given: the transaction, the clock, the message and who asks; and what all of them share."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from window_client.central.contract import Clerk
from window_client.central.service.refusal import Refused
from window_client.domain.catalogue import Catalogue, Item

WIDE_ROLES = frozenset({"steward", "supervisor", "administrator"})
"""Roles that may act for any window."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The hall's settings (DOMAIN.md 10.2, DECISIONS Accounts)."""

    recall_seconds: float = 10.0
    announcements: int = 3
    slot_minutes: int = 15
    behind: int = 3
    session_hours: float = 12.0
    failures: int = 5
    lock_minutes: float = 15.0
    event_days: float = 3.0
    idempotency_days: float = 14.0
    largest_block: int = 5000
    largest_page: int = 64 * 1024 * 1024


@dataclass(slots=True)
class Documents:
    """Catalogue and forms as they are served, and the catalogue decoded."""

    catalogue: Catalogue
    catalogue_body: bytes
    catalogue_etag: str
    forms_body: bytes
    forms_etag: str
    items: dict[str, Item] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.items = {item.id: item for item in self.catalogue.items}


@dataclass(frozen=True, slots=True)
class Who:
    """The signed-in account behind a request."""

    clerk: Clerk
    window: int
    expires: float
    token: str


@dataclass(slots=True)
class Call:
    """One request on its way through an operation. ``db`` stands inside a transaction."""

    db: sqlite3.Connection
    now: datetime
    documents: Documents
    rules: Rules
    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Any = None
    who: Who | None = None
    digest: str = ""
    profile: str = ""
    version: str = ""

    @property
    def hall(self) -> str:
        """The hall's code, by which every table is partitioned."""
        return self.documents.catalogue.hall.code

    @property
    def seconds(self) -> float:
        """Now, in seconds since the epoch."""
        return self.now.timestamp()

    @property
    def day(self) -> str:
        """Today, ISO 8601."""
        return self.now.date().isoformat()

    @property
    def signed_in(self) -> Who:
        """Who asks; the route has made sure that there is someone."""
        if self.who is None:
            raise Refused(401, "not_signed_in")
        return self.who

    def number(self, name: str, otherwise: int = 0) -> int:
        """A whole number of the query."""
        text = self.query.get(name, "")
        if text and not text.isdecimal():
            raise Refused(400, "bad_query", name)
        return int(text) if text else otherwise

    def own_window(self) -> int:
        """The window of the path, which must be the asker's own (or the asker may act for all)."""
        window = int(self.path["window"])
        who = self.signed_in
        if who.window != window and not WIDE_ROLES & set(who.clerk.roles):
            raise Refused(403, "not_your_window", str(window))
        return window


def publish(call: Call, kind: str, *, window: int = 0, happened_at: str = "", **data: object) -> None:
    """Put an event into the feed. Nothing personal may be in ``data``."""
    call.db.execute(
        "INSERT INTO events (at, happened_at, kind, window, data) VALUES (?, ?, ?, ?, ?)",
        (call.seconds, happened_at, kind, window, json.dumps(data, ensure_ascii=False)),
    )


def count_up(db: sqlite3.Connection, hall: str, name: str, by: int = 1) -> int:
    """Take ``by`` numbers of a counter; returns the last of them."""
    row = db.execute(
        "INSERT INTO counters (hall, name, last) VALUES (?, ?, ?) "
        "ON CONFLICT DO UPDATE SET last = last + excluded.last RETURNING last",
        (hall, name, by),
    ).fetchone()
    return int(row[0])


def iso(seconds: float) -> str:
    """ISO 8601 with the offset of this place; empty for 0."""
    return datetime.fromtimestamp(seconds, UTC).astimezone().isoformat(timespec="seconds") if seconds else ""
