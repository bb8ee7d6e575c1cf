"""Online applications with an appointment."""

import json
import sqlite3
from datetime import time

from window_client.central import contract as c
from window_client.central.service.call import Call
from window_client.central.service.refusal import Refused
from window_client.domain.catalogue import guide
from window_client.domain.privacy import mask_name


def find(call: Call, booking: str) -> sqlite3.Row:
    """A booking of today by its id."""
    row: sqlite3.Row | None = call.db.execute(
        "SELECT * FROM bookings WHERE hall = ? AND id = ? AND day = ?", (call.hall, booking, call.day)
    ).fetchone()
    if row is None:
        raise Refused(404, "no_such_booking", booking)
    return row


def moment(call: Call, appointment: str) -> float:
    """Today at HH:MM, in seconds since the epoch."""
    at = time.fromisoformat(appointment)
    return call.now.astimezone().replace(hour=at.hour, minute=at.minute, second=0, microsecond=0).timestamp()


def summary(call: Call, booking: str) -> c.BookingSummary | None:
    """What the idle page may tell about a booking."""
    row = call.db.execute("SELECT * FROM bookings WHERE id = ?", (booking,)).fetchone()
    if row is None:
        return None
    item = call.documents.items.get(row["item"])
    answers = {key: tuple(values) for key, values in json.loads(row["answers"]).items()}
    usual = {category.code: category.usual_minutes for category in call.documents.catalogue.queue_categories}
    return c.BookingSummary(
        id=row["id"],
        item_id=row["item"],
        item_name=item.name if item else row["item"],
        item_name_en=item.name_en if item else "",
        applicant=mask_name(row["name"]),
        appointment=row["appointment"],
        prefilled=len(json.loads(row["fields"])),
        uploaded=len(json.loads(row["uploaded"])),
        materials=len(guide(item, answers).materials) if item else 0,
        usual_minutes=usual.get(item.queue_category, 0) if item else 0,
        agent="agent" in answers.get("who", ()),
    )
