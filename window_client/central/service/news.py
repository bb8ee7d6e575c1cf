"""What clerks should know: notices, what is open at a window, and the events of the feed."""

import json
import sqlite3

from window_client.central import contract as c
from window_client.central.service import conflicts
from window_client.central.service.call import Call, iso


def health(call: Call) -> c.Health:
    """A sign of life."""
    meta = call.documents.catalogue.meta
    return c.Health(call.now.isoformat(timespec="milliseconds"), call.version, meta.catalog_version, call.profile)


def notices(call: Call) -> c.NoticeList:
    """今天需知道, newest first."""
    rows = call.db.execute("SELECT * FROM notices ORDER BY at DESC LIMIT 20").fetchall()
    return c.NoticeList(
        tuple(c.Notice(row["id"], row["text"], iso(row["at"]), row["text_en"], row["item"]) for row in rows)
    )


def today(call: Call) -> c.WindowToday:
    """The figures of the rail, and 我的未完事项."""
    window = call.own_window()
    done = call.db.execute(
        "SELECT count(*) AS served, coalesce(avg(seconds), 0) AS average FROM visits "
        "WHERE hall = ? AND window = ? AND day = ? AND outcome IN ('filed', 'picked_up')",
        (call.hall, window, call.day),
    ).fetchone()
    found = [
        _corrections(call, window),
        _held(call, window),
        _deferred(call, window),
        conflicts.open_item(call, window),
    ]
    return c.WindowToday(
        window=window,
        served=done["served"],
        average_seconds=round(done["average"]),
        deferred=found[2].count,
        open=tuple(item for item in found if item.count),
    )


def morning(call: Call) -> c.Morning:
    """What awaits a window today; asked by a sign-in page, so nothing in it is about a person."""
    window = int(call.path["window"])
    served = {
        row["category"]
        for row in call.db.execute("SELECT category FROM serves WHERE hall = ? AND no = ?", (call.hall, window))
    }
    items = {item.id for item in call.documents.items.values() if item.queue_category in served}
    booked = [
        row["appointment"]
        for row in call.db.execute(
            "SELECT item, appointment FROM bookings WHERE hall = ? AND day = ? AND taken_in = '' ORDER BY appointment",
            (call.hall, call.day),
        )
        if row["item"] in items
    ]
    due = call.db.execute(
        "SELECT count(*) FROM cases WHERE hall = ? AND window = ? AND deferred > 0 AND state = 'ACCEPTED' AND due = ?",
        (call.hall, window, call.day),
    ).fetchone()
    corrections = _corrections(call, window).count
    return c.Morning(window, call.day, len(booked), booked[0] if booked else "", corrections, due[0])


def events_after(db: sqlite3.Connection, after: int, limit: int = 200) -> list[c.Event]:
    """The next events of the feed; ``at`` is when they were recorded."""
    rows = db.execute("SELECT * FROM events WHERE id > ? ORDER BY id LIMIT ?", (after, limit)).fetchall()
    return [
        c.Event(row["id"], row["kind"], iso(row["at"]), row["happened_at"], row["window"], json.loads(row["data"]))
        for row in rows
    ]


def forget_old(call: Call) -> None:
    """Drop events and stored answers whose time is over. The newest event stays, so that numbers go on."""
    day = 86_400
    call.db.execute(
        "DELETE FROM events WHERE at < ? AND id < (SELECT max(id) FROM events)",
        (call.seconds - call.rules.event_days * day,),
    )
    call.db.execute("DELETE FROM idempotency WHERE at < ?", (call.seconds - call.rules.idempotency_days * day,))


def _corrections(call: Call, window: int) -> c.OpenItem:
    rows = call.db.execute(
        "SELECT * FROM cases WHERE hall = ? AND window = ? AND state = 'CORRECTION' ORDER BY promised_by",
        (call.hall, window),
    ).fetchall()
    return _item(call, "correction", rows, due=rows[0]["promised_by"] if rows else "")


def _deferred(call: Call, window: int) -> c.OpenItem:
    rows = call.db.execute(
        "SELECT * FROM cases WHERE hall = ? AND window = ? AND deferred > 0 AND state = 'ACCEPTED' ORDER BY due",
        (call.hall, window),
    ).fetchall()
    return _item(call, "deferred", rows, due=rows[0]["due"] if rows else "")


def _held(call: Call, window: int) -> c.OpenItem:
    rows = call.db.execute(
        "SELECT tickets.*, bookings.name, bookings.item FROM tickets LEFT JOIN bookings ON bookings.id = booking "
        "WHERE tickets.hall = ? AND tickets.day = ? AND window = ? AND state = 'held' ORDER BY since",
        (call.hall, call.day, window),
    ).fetchall()
    if not rows:
        return c.OpenItem("held", 0)
    first = rows[0]
    item = call.documents.items.get(first["item"] or "")
    return c.OpenItem(
        kind="held",
        count=len(rows),
        number=first["number"],
        name=first["name"] or "",
        item_name=item.name if item else "",
        item_name_en=item.name_en if item else "",
        note=first["note"],
        since=iso(first["since"]),
    )


def _item(call: Call, kind: str, rows: list[sqlite3.Row], *, due: str) -> c.OpenItem:
    if not rows:
        return c.OpenItem(kind, 0)
    first = rows[0]
    item = call.documents.items.get(first["item"])
    return c.OpenItem(
        kind=kind,
        count=len(rows),
        number=first["ticket"],
        name=first["name"],
        item_name=first["item_name"],
        item_name_en=item.name_en if item else "",
        note=first["note"],
        due=due,
        case_id=first["case_id"],
    )
