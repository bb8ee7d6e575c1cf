"""What a window accepted on its own word, checked against what the hall knows once the case is here.

A case is taken whatever is found: the acceptance is final for the applicant. What does not fit is kept beside it,
told through the feed, and stands among the window's open items until somebody there has looked at it:

* ``ticket``: its number was typed while the service was away, and another window had it meanwhile;
* ``item``: the item has another version than the one that the window worked with;
* ``ecert``: an e-certificate that stands for a paper is no longer valid, or no longer there;
* ``deferral``: a paper was deferred that may not be (any longer);
* ``field``: shared data say something else than what was filled in without them.

Fields that were left for later (联网后核验) are looked up here and kept with the case as ``verified``.
"""

import json
import sqlite3
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

import msgspec

from window_client.central import contract as c
from window_client.central.service.call import Call, publish
from window_client.domain.catalogue import Item
from window_client.domain.form import Field, FormDefinition, Origin, Value
from window_client.domain.form_rules import prefill, visible_fields
from window_client.domain.material import may_defer
from window_client.domain.privacy import mask_by_type, mask_name

VERIFIED = "verified"
"""The kind of a check that found nothing wrong and brought a value."""


def examine(call: Call, case: c.Submission, item: Item) -> None:
    """Check a case that has just been stored, keep what was found, and tell the window about conflicts."""
    person = _person(call, case)
    found = [
        *_ticket(call, case),
        *_item(case, item),
        *_certificates(call, case, item, person),
        *_deferrals(call, case, item, person),
        *_fields(call, case, person),
    ]
    call.db.executemany(
        "INSERT INTO case_checks (case_id, hall, window, kind, target, label, label_en, ours, theirs) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (case.case_id, call.hall, case.window, row.kind, row.target, row.label, row.label_en, row.ours, row.theirs)
            for row in found
        ],
    )
    conflicts = sum(row.kind != VERIFIED for row in found)
    if conflicts:
        row = call.db.execute("SELECT case_no FROM cases WHERE case_id = ?", (case.case_id,)).fetchone()
        publish(call, "conflict", window=case.window, case_id=case.case_id, case_no=row["case_no"], count=conflicts)


def listed(call: Call) -> c.ConflictList:
    """The window's cases with conflicts that nobody has looked at yet, oldest first."""
    window = call.own_window()
    rows = call.db.execute(
        "SELECT cases.case_id, case_no, item_name, name, accepted_at FROM cases WHERE hall = ? AND window = ? "
        "AND EXISTS (SELECT 1 FROM case_checks AS k WHERE k.case_id = cases.case_id AND k.seen = 0 "
        "AND k.kind <> 'verified') ORDER BY received LIMIT 50",
        (call.hall, window),
    ).fetchall()
    return c.ConflictList(
        tuple(
            c.CaseConflicts(
                row["case_id"],
                row["case_no"],
                row["item_name"],
                mask_name(row["name"]),
                row["accepted_at"],
                tuple(_of(call.db, row["case_id"], "seen = 0 AND kind <> 'verified'")),
            )
            for row in rows
        )
    )


def seen(call: Call) -> c.Done:
    """Somebody at the window has looked at the conflicts of a case; they stay with it, and out of the open items."""
    window = call.own_window()
    call.db.execute(
        "UPDATE case_checks SET seen = 1 WHERE case_id = ? AND hall = ? AND window = ?",
        (call.path["case_id"], call.hall, window),
    )
    return c.Done()


def checks(db: sqlite3.Connection, case_id: str) -> tuple[c.Conflict, ...]:
    """Everything that was found for a case."""
    return tuple(_of(db, case_id, "1"))


def open_item(call: Call, window: int) -> c.OpenItem:
    """The line of 我的未完事项."""
    rows = call.db.execute(
        "SELECT DISTINCT cases.case_id, case_no, item_name, item, name, received FROM cases "
        "JOIN case_checks AS k USING (case_id) "
        "WHERE k.hall = ? AND k.window = ? AND k.seen = 0 AND k.kind <> 'verified' ORDER BY received",
        (call.hall, window),
    ).fetchall()
    if not rows:
        return c.OpenItem("conflict", 0)
    first = rows[0]
    item = call.documents.items.get(first["item"])
    return c.OpenItem(
        kind="conflict",
        count=len(rows),
        number=first["case_no"],
        name=mask_name(first["name"]),
        item_name=first["item_name"],
        item_name_en=item.name_en if item else "",
        case_id=first["case_id"],
    )


def _of(db: sqlite3.Connection, case_id: str, which: str) -> Iterator[c.Conflict]:
    question = f"SELECT * FROM case_checks WHERE case_id = ? AND {which} ORDER BY rowid"  # noqa: S608  constants
    for row in db.execute(question, (case_id,)).fetchall():
        yield c.Conflict(row["kind"], row["target"], row["label"], row["label_en"], row["ours"], row["theirs"])


# ---- the checks


def _ticket(call: Call, case: c.Submission) -> Iterator[c.Conflict]:
    if not case.ticket or case.ticket_id:
        return
    row = call.db.execute(
        "SELECT state, window FROM tickets WHERE hall = ? AND day = ? AND number = ?",
        (call.hall, case.accepted_at[:10], case.ticket),
    ).fetchone()
    if row is not None and row["window"] not in (0, case.window):
        yield c.Conflict("ticket", case.ticket, ours=str(case.window), theirs=str(row["window"]))


def _item(case: c.Submission, item: Item) -> Iterator[c.Conflict]:
    if case.item_version and case.item_version != item.version:
        yield c.Conflict(
            "item", item.id, item.name, item.name_en, ours=str(case.item_version), theirs=str(item.version)
        )


def _certificates(call: Call, case: c.Submission, item: Item, person: sqlite3.Row | None) -> Iterator[c.Conflict]:
    used = [row for row in case.rows if row.way == "ecert"]
    held = _held(person)
    if used and case.agent is not None:
        agent = "SELECT * FROM people WHERE id_no = ?"
        held += _held(call.db.execute(agent, (case.agent.id_no,)).fetchone())
    names = _material_names(item)
    for row in used:
        found = next((one for one in held if one.type == row.ecert_type and one.number == row.ecert_number), None)
        if found is None or (found.valid_to != "长期" and found.valid_to < call.day):
            zh, en = names.get(row.material_id, ("", ""))
            theirs = found.valid_to if found else ""
            yield c.Conflict("ecert", row.material_id, zh, en, ours=row.ecert_number, theirs=theirs)


def _deferrals(call: Call, case: c.Submission, item: Item, person: sqlite3.Row | None) -> Iterator[c.Conflict]:
    deferred = [row for row in case.rows if row.way == "deferred"]
    if not deferred:
        return
    status = json.loads(person["shared"]).get("credit", {}).get("status", "unknown") if person else "unknown"
    credit: Literal["good", "bad", "unknown"] = "good" if status == "good" else "bad" if status == "bad" else "unknown"
    materials = {material.id: material for material in item.materials}
    names = _material_names(item)
    for row in deferred:
        material = materials.get(row.material_id)
        why = "not_deferrable"
        if material is not None:
            may, reason = may_defer(item, material, credit=credit, today=call.now.date())
            if may:
                continue
            why = str(reason)
        zh, en = names.get(row.material_id, ("", ""))
        yield c.Conflict("deferral", row.material_id, zh, en, ours=row.due, theirs=why)


def _fields(call: Call, case: c.Submission, person: sqlite3.Row | None) -> Iterator[c.Conflict]:
    """Shared data against what was filled in without them; nothing to check where the window could ask."""
    if case.looked_up:
        return
    form = _forms(call.documents.forms_body).get(case.form_id)
    if form is None or person is None:
        return
    sources = {
        f"shared.{dataset}.{name}": value
        for dataset, fields in json.loads(person["shared"]).items()
        for name, value in fields.items()
    }
    known = prefill(form, sources, answers=case.answers, online=True, keep={})
    values: dict[str, Value] = dict(case.values)
    for field in visible_fields(form, case.answers, values):
        theirs = known.get(field.id)
        if theirs is None or theirs.origin is not Origin.SHARED:
            continue
        if any(source.startswith(("card.", "agent.")) for source in field.sources):
            continue  # whoever came showed a card: it stands over shared data
        ours = values.get(field.id)
        if ours is None or not ours.text:
            kind = VERIFIED if field.id in case.to_verify else ""
        else:
            kind = "field" if ours.text != theirs.text else ""
        if kind:
            yield c.Conflict(
                kind,
                field.id,
                field.label.zh,
                field.label.en,
                ours=_shown(field, ours.text if ours else ""),
                theirs=_shown(field, theirs.text),
            )


def _shown(field: Field, text: str) -> str:
    """A value as an open item may show it: the choice in words, and covered where the form covers it."""
    choices = {choice.value: choice.zh for choice in field.choices}
    if field.privacy == "sensitive" and not choices:
        return mask_by_type(field.type, text)
    return choices.get(text, text)


# ---- what they are checked against


def _person(call: Call, case: c.Submission) -> sqlite3.Row | None:
    """Whoever applies, as shared data know him; an organisation by its code."""
    number = case.enterprise.get("uscc", "") if case.enterprise else case.applicant.id_no if case.applicant else ""
    row: sqlite3.Row | None = call.db.execute("SELECT * FROM people WHERE id_no = ?", (number,)).fetchone()
    return row


def _held(person: sqlite3.Row | None) -> tuple[c.Certificate, ...]:
    return msgspec.json.decode(person["certificates"], type=tuple[c.Certificate, ...]) if person else ()


def _material_names(item: Item) -> dict[str, tuple[str, str]]:
    return {row.id: (row.short_name or row.name, row.short_name_en or row.name_en) for row in item.materials}


@lru_cache(maxsize=4)
def _forms(body: bytes) -> dict[str, FormDefinition]:
    """The forms as they are served, by their id."""
    forms = msgspec.json.decode(body, type=dict[str, list[FormDefinition]])["forms"]
    return {form.id: form for form in forms}
