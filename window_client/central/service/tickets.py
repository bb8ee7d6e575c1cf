"""Who is called next, and what a window does with its number.

The order is: bookings whose slot is open (taken no later than 15 minutes after the appointment, and now no earlier
than 15 minutes before it) by appointment; then priorities; then everybody by ``place``, which is the time of taking
the number, kept through a transfer and moved back when somebody who missed a call returns (DOMAIN.md 10.2).

One statement gives a number to a window, and a unique index lets a window hold one at a time. Every action carries
the window's fence; each call makes a new one, so that a late request cannot undo a newer call.
"""

import sqlite3
from uuid import uuid4

from window_client.central import contract as c
from window_client.central.service import bookings
from window_client.central.service.call import Call, count_up, iso, publish
from window_client.central.service.refusal import Refused

NOTE = 200
"""Most characters of a note or reason that are kept."""

ORDER = """
  CASE WHEN slot_from > 0 AND slot_from <= :now AND taken <= slot_until THEN 0 WHEN priority <> '' THEN 1 ELSE 2 END,
  CASE WHEN slot_from > 0 AND slot_from <= :now AND taken <= slot_until THEN slot_from ELSE 0 END, place, number
"""

MINE = """
  hall = :hall AND day = :day AND state = 'waiting' AND (only_window = 0 OR only_window = :window)
  AND category IN (SELECT category FROM serves WHERE hall = :hall AND no = :window)
"""

CALL = (  # put together from the constants above
    "UPDATE tickets SET state = 'called', window = :window, calls = 1, called = :now, announced = :now, since = :now "  # noqa: S608
    "WHERE id = (SELECT id FROM tickets WHERE " + MINE + " ORDER BY " + ORDER + " LIMIT 1) AND state = 'waiting' "
    "RETURNING *"
)

AHEAD = (
    "SELECT id FROM tickets WHERE hall = :hall AND day = :day AND category = :category AND state = 'waiting' ORDER BY "  # noqa: S608
    + ORDER
)


def take(call: Call) -> c.Ticket:
    """Give out the next number of a category."""
    asked: c.TakeTicket = call.body
    known = {category.code for category in call.documents.catalogue.queue_categories}
    if asked.category not in known:
        raise Refused(422, "no_such_category", asked.category)
    booked_at, slot = "", 0.0
    if asked.booking:
        booking = bookings.find(call, asked.booking)
        booked_at = booking["appointment"]
        slot = bookings.moment(call, booked_at)
    number = f"{asked.category}{count_up(call.db, call.hall, f'ticket:{call.day}:{asked.category}'):03d}"
    row = add(
        call, number, asked.category, priority=asked.priority, booking=asked.booking, booked_at=booked_at, slot=slot
    )
    publish(call, "queue", category=asked.category)
    return ticket(call, row, ahead=_ahead(call, row))


def add(
    call: Call,
    number: str,
    category: str,
    *,
    taken: float = 0.0,
    place: float = 0.0,
    priority: str = "",
    booking: str = "",
    booked_at: str = "",
    slot: float = 0.0,
) -> sqlite3.Row:
    """Put a number into the queue; ``slot`` is the moment of the appointment or 0."""
    margin = call.rules.slot_minutes * 60
    taken = taken or call.seconds
    row: sqlite3.Row = call.db.execute(
        "INSERT INTO tickets (id, hall, day, number, category, state, taken, place, slot_from, slot_until, booked_at, "
        "priority, booking, since) VALUES (?, ?, ?, ?, ?, 'waiting', ?, ?, ?, ?, ?, ?, ?, ?) RETURNING *",
        (
            str(uuid4()),
            call.hall,
            call.day,
            number,
            category,
            taken,
            place or taken,
            slot - margin if slot else 0.0,
            slot + margin if slot else 0.0,
            booked_at,
            priority,
            booking,
            taken,
        ),
    ).fetchone()
    return row


def bring_back(call: Call) -> c.Ticket:
    """Somebody who missed the call is here again: three places behind."""
    row = _numbered(call, call.path["number"])
    if row["state"] != c.TicketState.MISSED:
        raise Refused(409, "not_missed", row["state"])
    places = call.db.execute(
        "SELECT place FROM tickets WHERE hall = ? AND day = ? AND category = ? AND state = 'waiting' "
        "ORDER BY place LIMIT ?",
        (call.hall, call.day, row["category"], call.rules.behind),
    ).fetchall()
    place = places[-1]["place"] + 0.001 if places else call.seconds
    row = call.db.execute(
        "UPDATE tickets SET state = 'waiting', window = 0, calls = 0, slot_from = 0, slot_until = 0, place = ?, "
        "since = ? WHERE id = ? RETURNING *",
        (place, call.seconds, row["id"]),
    ).fetchone()
    publish(call, "queue", category=row["category"])
    return ticket(call, row, ahead=_ahead(call, row))


def call_next(call: Call) -> c.Called:
    """Call whoever is next for this window."""
    asked: c.CallNext = call.body
    window = _begin(call, asked.fence, asked.close)
    row = call.db.execute(CALL, _scope(call, window)).fetchone()
    if row is None:
        raise Refused(404, "queue_empty")
    return _called(call, window, row)


def call_number(call: Call) -> c.Called:
    """Call a chosen number: waiting, missed, or held by this window."""
    asked: c.CallNumber = call.body
    window = _begin(call, asked.fence, asked.close)
    row = _numbered(call, asked.number)
    # A number that was set aside goes back to its window at once; its person is known and need not be announced.
    back = row["state"] == c.TicketState.HELD and row["window"] == window
    taken = call.db.execute(
        "UPDATE tickets SET state = :state, window = :window, calls = CASE WHEN :back THEN calls ELSE 1 END, "
        "called = :now, announced = :now, since = :now "
        "WHERE id = :id AND (state IN ('waiting', 'missed') OR (state = 'held' AND window = :window)) RETURNING *",
        {
            "id": row["id"],
            "window": window,
            "now": call.seconds,
            "back": back,
            "state": c.TicketState.SERVING if back else c.TicketState.CALLED,
        },
    ).fetchone()
    if taken is None:
        raise Refused(409, "number_taken", row["state"])
    if back:
        publish(call, "queue", window=window, category=taken["category"], number=taken["number"], state=taken["state"])
        return _answer(call, window, taken)
    return _called(call, window, taken)


def walk_in(call: Call) -> c.Called:
    """Serve without a call: nobody took a number, or it was typed while the service was away."""
    asked: c.WalkIn = call.body
    window = _begin(call, asked.fence, asked.close)
    if asked.number:
        known = call.db.execute(
            "SELECT * FROM tickets WHERE hall = ? AND day = ? AND number = ?", (call.hall, call.day, asked.number)
        ).fetchone()
        if known is not None and known["state"] not in (c.TicketState.WAITING, c.TicketState.MISSED):
            raise Refused(409, "number_taken", known["state"])
    else:
        known = None
    if known is None:
        number = asked.number or f"N{count_up(call.db, call.hall, f'walk-in:{call.day}'):03d}"
        known = add(call, number, asked.category or number[:1])
    row = call.db.execute(
        "UPDATE tickets SET state = 'serving', window = ?, called = ?, since = ? WHERE id = ? RETURNING *",
        (window, call.seconds, call.seconds, known["id"]),
    ).fetchone()
    return _called(call, window, row)


def recall(call: Call) -> c.Called:
    """Announce the number once more."""
    window, row = _present(call, c.TicketState.CALLED)
    if row["calls"] >= call.rules.announcements:
        raise Refused(409, "no_more_recalls", str(call.rules.announcements))
    left = row["announced"] + call.rules.recall_seconds - call.seconds
    if left > 0:
        raise Refused(409, "too_soon", f"{left:.1f}")
    row = call.db.execute(
        "UPDATE tickets SET calls = calls + 1, announced = ? WHERE id = ? RETURNING *", (call.seconds, row["id"])
    ).fetchone()
    publish(call, "called", window=window, number=row["number"], calls=row["calls"])
    return _answer(call, window, row)


def no_show(call: Call) -> c.Called:
    """Nobody came."""
    return _leave(call, c.TicketState.MISSED, c.TicketState.CALLED, c.TicketState.SERVING)


def arrive(call: Call) -> c.Called:
    """The person is at the window."""
    window, row = _present(call, c.TicketState.CALLED, c.TicketState.SERVING)
    row = call.db.execute(
        "UPDATE tickets SET state = 'serving', since = ? WHERE id = ? RETURNING *", (call.seconds, row["id"])
    ).fetchone()
    publish(call, "queue", window=window, category=row["category"])
    return _answer(call, window, row)


def finish(call: Call) -> c.Called:
    """The person leaves."""
    return _leave(call, c.TicketState.DONE, c.TicketState.CALLED, c.TicketState.SERVING)


def hold(call: Call) -> c.Called:
    """Set the number aside at this window."""
    asked: c.Fenced = call.body
    return _leave(call, c.TicketState.HELD, c.TicketState.CALLED, c.TicketState.SERVING, note=asked.reason)


def transfer(call: Call) -> c.Called:
    """Send the number to another category or window; its place by waiting time stays, and so does its booking."""
    asked: c.Transfer = call.body
    window, row = _present(call, c.TicketState.CALLED, c.TicketState.SERVING)
    category = asked.category or row["category"]
    served = (
        "SELECT 1 FROM serves JOIN windows USING (hall, no) WHERE hall = ? AND category = ? AND (? = 0 OR no = ?) "
        "AND (open = 1 OR ? = 0)"
    )
    wanted = (call.hall, category, asked.window, asked.window, asked.window)
    if asked.window == window or call.db.execute(served, wanted).fetchone() is None:
        raise Refused(422, "nobody_serves", category)
    call.db.execute(
        "UPDATE tickets SET state = 'waiting', category = ?, only_window = ?, window = 0, calls = 0, since = ?, "
        "note = ?, came_from = ? WHERE id = ?",
        (category, asked.window, call.seconds, asked.note[:NOTE], window, row["id"]),
    )
    publish(call, "queue", window=window, category=category)
    return _answer(call, window, None)


def set_status(call: Call) -> c.Called:
    """Pause or open the window."""
    asked: c.WindowStatus = call.body
    window = call.own_window()
    reason, back_at = (asked.reason[:NOTE], asked.back_at) if asked.paused else ("", "")
    call.db.execute(
        "UPDATE windows SET since = CASE WHEN paused = :paused THEN since ELSE :now END, paused = :paused, "
        "reason = :reason, back_at = :back_at WHERE hall = :hall AND no = :no",
        {
            "paused": asked.paused,
            "now": call.seconds,
            "reason": reason,
            "back_at": back_at,
            "hall": call.hall,
            "no": window,
        },
    )
    state = "paused" if asked.paused else "open"
    publish(call, "window", window=window, no=window, state=state, back_at=back_at)
    return _answer(call, window, _at(call, window))


def close_after_visit(call: Call, window: int, ticket_id: str, outcome: str) -> None:
    """The report of a visit also ends its number, in case the word about that was lost.

    A number that was held here ends too: the window served it on while the line was away.
    """
    if outcome == "transferred":
        return  # it waits for another window, or is served there already
    state = c.TicketState.MISSED if outcome == "no_show" else c.TicketState.DONE
    changed = call.db.execute(
        "UPDATE tickets SET state = ?, since = ? WHERE id = ? AND window = ? "
        "AND state IN ('called', 'serving', 'held')",
        (state, call.seconds, ticket_id, window),
    ).rowcount
    if changed:
        publish(call, "queue", window=window)


def close_typed(call: Call, window: int, number: str, day: str, outcome: str) -> None:
    """A number that was served while the service was away, so that nobody calls it any more.

    One that another window has or had meanwhile stays as it is there; the case tells of it.
    """
    if outcome == "transferred":
        return
    state = c.TicketState.MISSED if outcome == "no_show" else c.TicketState.DONE
    changed = call.db.execute(
        "UPDATE tickets SET state = ?, since = ?, window = ? WHERE hall = ? AND day = ? AND number = ? "
        "AND (state IN ('waiting', 'missed') OR (state IN ('called', 'serving', 'held') AND window = ?))",
        (state, call.seconds, window, call.hall, day, number, window),
    ).rowcount
    if changed:
        publish(call, "queue", window=window)


def ticket(call: Call, row: sqlite3.Row, *, ahead: int = 0) -> c.Ticket:
    """A row as the contract shows it."""
    until = row["called"] if row["state"] not in (c.TicketState.WAITING, c.TicketState.HELD) else call.seconds
    began = row["since"] if row["state"] == c.TicketState.HELD else row["taken"]
    return c.Ticket(
        id=row["id"],
        number=row["number"],
        category=row["category"],
        state=row["state"],
        taken_at=iso(row["taken"]),
        called_at=iso(row["called"]),
        waited_minutes=max(0, int((until - began) // 60)),
        priority=row["priority"],
        booked_at=row["booked_at"],
        booking=row["booking"],
        calls=row["calls"],
        window=row["window"],
        note=row["note"],
        ahead=ahead,
        came_from=row["came_from"],
    )


def waiting(call: Call, window: int, limit: int = 20) -> list[sqlite3.Row]:
    """The numbers that this window may call, in calling order."""
    query = f"SELECT * FROM tickets WHERE {MINE} ORDER BY {ORDER} LIMIT {limit:d}"  # noqa: S608  constants
    return call.db.execute(query, _scope(call, window)).fetchall()


def count_by_window(call: Call) -> dict[int, int]:
    """How many each window may call."""
    rows = call.db.execute(
        "SELECT serves.no, count(*) FROM serves JOIN tickets USING (hall, category) WHERE hall = ? AND day = ? "
        "AND state = 'waiting' AND (only_window = 0 OR only_window = serves.no) GROUP BY serves.no",
        (call.hall, call.day),
    ).fetchall()
    return {row[0]: row[1] for row in rows}


def count_waiting(call: Call, window: int) -> int:
    """How many this window may call."""
    return int(call.db.execute(f"SELECT count(*) FROM tickets WHERE {MINE}", _scope(call, window)).fetchone()[0])  # noqa: S608


def _begin(call: Call, fence: int, close: str) -> int:
    """Check the fence, free the window, and make the next fence."""
    window = call.own_window()
    _check_fence(call, window, fence)
    present = _at(call, window)
    if present is not None:
        if close not in (c.TicketState.DONE, c.TicketState.MISSED):
            raise Refused(409, "window_busy", present["number"])
        call.db.execute("UPDATE tickets SET state = ?, since = ? WHERE id = ?", (close, call.seconds, present["id"]))
    call.db.execute(
        "UPDATE windows SET fence = fence + 1, paused = 0, reason = '', back_at = '', since = ? "
        "WHERE hall = ? AND no = ?",
        (call.seconds, call.hall, window),
    )
    return window


def _called(call: Call, window: int, row: sqlite3.Row) -> c.Called:
    publish(call, "called", window=window, number=row["number"], calls=row["calls"])
    return _answer(call, window, row)


def _leave(call: Call, state: c.TicketState, *allowed: c.TicketState, note: str = "") -> c.Called:
    window, row = _present(call, *allowed)
    call.db.execute(
        "UPDATE tickets SET state = ?, since = ?, note = CASE WHEN ? = '' THEN note ELSE ? END WHERE id = ?",
        (state, call.seconds, note, note, row["id"]),
    )
    publish(call, "queue", window=window, category=row["category"], number=row["number"], state=state)
    return _answer(call, window, None)


def _present(call: Call, *allowed: c.TicketState) -> tuple[int, sqlite3.Row]:
    window = call.own_window()
    _check_fence(call, window, call.body.fence)
    row = _at(call, window)
    if row is None or row["state"] not in allowed:
        raise Refused(409, "no_number", row["state"] if row else "")
    return window, row


def _check_fence(call: Call, window: int, fence: int) -> None:
    row = call.db.execute("SELECT fence FROM windows WHERE hall = ? AND no = ?", (call.hall, window)).fetchone()
    if row is None:
        raise Refused(404, "no_such_window", str(window))
    if row["fence"] != fence:
        raise Refused(409, "stale_call", f"the window's fence is {row['fence']}")


def _at(call: Call, window: int) -> sqlite3.Row | None:
    row: sqlite3.Row | None = call.db.execute(
        "SELECT * FROM tickets WHERE hall = ? AND day = ? AND window = ? AND state IN ('called', 'serving')",
        (call.hall, call.day, window),
    ).fetchone()
    return row


def _numbered(call: Call, number: str) -> sqlite3.Row:
    row: sqlite3.Row | None = call.db.execute(
        "SELECT * FROM tickets WHERE hall = ? AND day = ? AND number = ?", (call.hall, call.day, number)
    ).fetchone()
    if row is None:
        raise Refused(404, "no_such_number", number)
    return row


def _answer(call: Call, window: int, row: sqlite3.Row | None) -> c.Called:
    fence = call.db.execute("SELECT fence FROM windows WHERE hall = ? AND no = ?", (call.hall, window)).fetchone()
    return c.Called(
        fence=fence["fence"],
        waiting=count_waiting(call, window),
        ticket=ticket(call, row) if row is not None else None,
        booking=bookings.summary(call, row["booking"]) if row is not None and row["booking"] else None,
    )


def _ahead(call: Call, row: sqlite3.Row) -> int:
    scope = {"hall": call.hall, "day": call.day, "category": row["category"], "now": call.seconds}
    rows = call.db.execute(AHEAD, scope).fetchall()
    return [other["id"] for other in rows].index(row["id"])


def _scope(call: Call, window: int) -> dict[str, object]:
    return {"hall": call.hall, "day": call.day, "window": window, "now": call.seconds}
