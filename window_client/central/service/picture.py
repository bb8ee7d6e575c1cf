"""The queue as a window, a board or supervision sees it."""

import sqlite3

import msgspec

from window_client.central import contract as c
from window_client.central.service import bookings, tickets
from window_client.central.service.call import Call, iso
from window_client.central.service.refusal import Refused


def queue(call: Call) -> c.QueuePicture:
    """The queue for one window: the categories that it serves, in the order of calling."""
    no = call.number("window")
    window = call.db.execute("SELECT * FROM windows WHERE hall = ? AND no = ?", (call.hall, no)).fetchone()
    if window is None:
        raise Refused(404, "no_such_window", str(no))
    own = {row[0] for row in call.db.execute("SELECT category FROM serves WHERE hall = ? AND no = ?", (call.hall, no))}
    rows = tickets.waiting(call, no)
    mine = call.db.execute(
        "SELECT * FROM tickets WHERE hall = ? AND day = ? AND window = ? AND state IN ('called', 'serving', 'held') "
        "ORDER BY since",
        (call.hall, call.day, no),
    ).fetchall()
    present = [row for row in mine if row["state"] != c.TicketState.HELD]
    return c.QueuePicture(
        seq=newest(call.db),
        time=iso(call.seconds),
        window=no,
        fence=window["fence"],
        waiting=tickets.count_waiting(call, no),
        categories=tuple(count for count in _counts(call) if count.code in own),
        next=tuple(tickets.ticket(call, row, ahead=place) for place, row in enumerate(rows)),
        held=tuple(tickets.ticket(call, row) for row in mine if row["state"] == c.TicketState.HELD),
        booking=bookings.summary(call, rows[0]["booking"]) if rows and rows[0]["booking"] else None,
        serving=tickets.ticket(call, present[0]) if present else None,
        paused=bool(window["paused"]),
    )


def hall(call: Call) -> c.HallPicture:
    """The whole hall, without anything personal."""
    called = call.db.execute(
        "SELECT * FROM tickets WHERE hall = ? AND day = ? AND state IN ('called', 'serving') ORDER BY announced DESC",
        (call.hall, call.day),
    ).fetchall()
    counts = _counts(call)
    served = dict(
        call.db.execute(
            "SELECT window, count(*) FROM visits WHERE hall = ? AND day = ? GROUP BY window", (call.hall, call.day)
        ).fetchall()
    )
    present = {row["window"]: row for row in called}
    serves: dict[int, tuple[str, ...]] = {}
    for row in call.db.execute("SELECT no, category FROM serves WHERE hall = ? ORDER BY no, category", (call.hall,)):
        serves[row["no"]] = (*serves.get(row["no"], ()), row["category"])
    mine = tickets.count_by_window(call)
    windows = call.db.execute("SELECT * FROM windows WHERE hall = ? ORDER BY no", (call.hall,)).fetchall()
    return c.HallPicture(
        seq=newest(call.db),
        time=iso(call.seconds),
        waiting=sum(count.count for count in counts),
        categories=counts,
        calls=tuple(
            c.BoardCall(row["number"], row["window"], iso(row["announced"]), row["calls"], row["state"])
            for row in called
        ),
        windows=tuple(
            msgspec.structs.replace(
                _window(row, present.get(row["no"]), served.get(row["no"], 0)),
                categories=serves.get(row["no"], ()),
                waiting=mine.get(row["no"], 0),
            )
            for row in windows
        ),
    )


def newest(db: sqlite3.Connection) -> int:
    """The number of the newest event."""
    return int(db.execute("SELECT coalesce(max(id), 0) FROM events").fetchone()[0])


def _window(row: sqlite3.Row, present: sqlite3.Row | None, served: int) -> c.WindowPicture:
    state = "closed" if not row["open"] else "paused" if row["paused"] else present["state"] if present else "idle"
    return c.WindowPicture(
        no=row["no"],
        name=row["name"],
        title=row["title"],
        state=state,
        number=present["number"] if present else "",
        since=iso(present["since"] if present else row["since"]),
        served=served,
        clerk=row["clerk"],
        back_at=row["back_at"],
        reason=row["reason"],
    )


def _counts(call: Call) -> tuple[c.CategoryCount, ...]:
    found = {
        row["category"]: row
        for row in call.db.execute(
            "SELECT category, count(*) AS n, min(taken) AS oldest FROM tickets "
            "WHERE hall = ? AND day = ? AND state = 'waiting' GROUP BY category",
            (call.hall, call.day),
        )
    }
    return tuple(
        c.CategoryCount(
            category.code,
            category.name,
            category.short_name_en or category.name_en,
            found[category.code]["n"] if category.code in found else 0,
            int((call.seconds - found[category.code]["oldest"]) // 60) if category.code in found else 0,
        )
        for category in call.documents.catalogue.queue_categories
    )
