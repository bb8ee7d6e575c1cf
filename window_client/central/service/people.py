"""What is known about a person or enterprise: shared data, e-certificates, earlier applications, running cases."""

import json
import sqlite3
from uuid import uuid4

import msgspec

from window_client.central import contract as c
from window_client.central.service.call import Call, iso
from window_client.central.service.refusal import Refused
from window_client.domain.organisations import FACTS, Organisation

CLOSED = ("CLOSED", "NOT_ACCEPTED", "WITHDRAWN", "NO_SHOW", "TERMINATED", "VOID", "DELETED", "CANCELLED", "DELIVERED")


def look_up(call: Call) -> c.PersonRecord:
    """Everything that the identity page and the form may use."""
    asked: c.PersonLookup = call.body
    person = call.db.execute("SELECT * FROM people WHERE id_no = ?", (asked.id_no,)).fetchone()
    booked = call.db.execute(
        "SELECT * FROM bookings WHERE hall = ? AND id_no = ? AND day >= ? AND taken_in = '' ORDER BY day, appointment",
        (call.hall, asked.id_no, call.day),
    ).fetchall()
    cases = call.db.execute(
        "SELECT * FROM cases WHERE id_no = ? ORDER BY received DESC LIMIT 50", (asked.id_no,)
    ).fetchall()
    history = call.db.execute("SELECT * FROM earlier WHERE id_no = ? ORDER BY day DESC", (asked.id_no,)).fetchall()
    online = [_online(row) for row in booked if asked.item_id in ("", row["item"])]
    filed = [_filed(row) for row in cases] + [_earlier(row) for row in history]
    return c.PersonRecord(
        found=person is not None,
        shared=json.loads(person["shared"]) if person else {},
        certificates=msgspec.json.decode(person["certificates"], type=tuple[c.Certificate, ...]) if person else (),
        earlier=tuple(online + sorted(filed, key=lambda one: one.on, reverse=True)),
        related=tuple(
            [_booking(call, row) for row in booked]
            + [_running(call, row) for row in cases if row["state"] not in (*CLOSED, "READY")]
            + [_ready(call, row) for row in cases if row["state"] == "READY"]
        ),
    )


def look_up_organisation(call: Call) -> c.OrganisationRecord:
    """The register's entry of a code; a self-employed business stands with its person."""
    asked: c.OrganisationLookup = call.body
    row = call.db.execute(
        "SELECT shared FROM people WHERE id_no = :code AND kind = 'enterprise' "
        "UNION ALL SELECT shared FROM people WHERE json_extract(shared, '$.business_licence.uscc') = :code LIMIT 1",
        {"code": asked.code},
    ).fetchone()
    entry = json.loads(row["shared"]).get("business_licence") if row else None
    if not entry:
        return c.OrganisationRecord(found=False)
    facts = {name: str(entry.get(name, "")) for name in FACTS}
    return c.OrganisationRecord(True, Organisation(**facts, checked_at=iso(call.seconds)))


def use_certificate(call: Call) -> c.UsedECert:
    """Record that a certificate stands for a paper of a case."""
    asked: c.UseECert = call.body
    row = call.db.execute("SELECT certificates FROM people WHERE id_no = ?", (asked.id_no,)).fetchone()
    held = msgspec.json.decode(row["certificates"], type=tuple[c.Certificate, ...]) if row else ()
    found = next((one for one in held if one.type == asked.type), None)
    if found is None:
        raise Refused(404, "no_certificate", asked.type)
    if found.valid_to != "长期" and found.valid_to < call.day:
        raise Refused(409, "certificate_expired", found.valid_to)
    response_id = str(uuid4())
    call.db.execute(
        "INSERT INTO ecert_uses VALUES (?, ?, ?, ?, ?, ?)",
        (response_id, asked.id_no, asked.type, asked.case_id, call.signed_in.clerk.account, call.seconds),
    )
    return c.UsedECert(response_id, found.type, found.number, found.issuer, found.valid_to)


def _online(row: sqlite3.Row) -> c.Earlier:
    return c.Earlier(
        kind="online",
        id=row["id"],
        item_id=row["item"],
        on=row["made_on"],
        appointment=row["appointment"],
        uploaded=tuple(json.loads(row["uploaded"])),
        answers={key: tuple(values) for key, values in json.loads(row["answers"]).items()},
        fields=json.loads(row["fields"]),
    )


def _earlier(row: sqlite3.Row) -> c.Earlier:
    return c.Earlier("case", row["id"], row["item"], row["day"], row["case_no"], fields=json.loads(row["fields"]))


def _filed(row: sqlite3.Row) -> c.Earlier:
    case = msgspec.json.decode(row["body"], type=c.Submission)
    fields = {name: value.text for name, value in case.values.items() if value.text}
    return c.Earlier("case", row["case_id"], row["item"], row["accepted_at"][:10], row["case_no"], fields=fields)


def _booking(call: Call, row: sqlite3.Row) -> c.Related:
    name, name_en = _item(call, row["item"])
    return c.Related(
        kind="booking",
        id=row["id"],
        item_id=row["item"],
        item_name=name,
        item_name_en=name_en,
        appointment=row["appointment"],
        prefilled=len(json.loads(row["fields"])),
    )


def _running(call: Call, row: sqlite3.Row) -> c.Related:
    name, name_en = _item(call, row["item"])
    return c.Related(
        kind="running",
        id=row["case_id"],
        item_id=row["item"],
        item_name=name,
        item_name_en=name_en,
        case_no=row["case_no"],
        state=row["state"],
        accepted_on=row["accepted_at"][:10] or iso(row["received"])[:10],
        promised_by=row["promised_by"],
    )


def _ready(call: Call, row: sqlite3.Row) -> c.Related:
    name, name_en = _item(call, row["item"])
    return c.Related(
        kind="ready",
        id=row["case_id"],
        item_id=row["item"],
        item_name=name,
        item_name_en=name_en,
        case_no=row["case_no"],
        state=row["state"],
        window=row["pickup_window"],
        shelf=row["shelf"],
    )


def _item(call: Call, item_id: str) -> tuple[str, str]:
    item = call.documents.items.get(item_id)
    return (item.name, item.name_en) if item else (item_id, "")
