"""Cases that windows hand in: taken exactly once, kept as they came, and shown in lists.

The window makes the case's identity. The same case again, under whatever key, gets the answer that it got first;
the same identity with another content, or another case with the same number, is refused and changes nothing.
"""

import hashlib
import hmac
import sqlite3

import msgspec

from window_client.central import contract as c
from window_client.central.service import conflicts, numbers
from window_client.central.service.call import WIDE_ROLES, Call, iso, publish
from window_client.central.service.refusal import Refused
from window_client.domain.privacy import mask_name

READERS = WIDE_ROLES | {"reviewer", "pickup", "auditor"}
"""Roles that may look at cases of other windows."""

COLUMNS = (
    "case_id, hall, case_no, provisional, national_no, item, item_name, state, id_no, name, window, clerk, "
    "accepted_at, "
    "received, promised_by, check_code, deferred, due, note, ticket, pickup_window, shelf, digest, body, answer"
)


def submit(call: Call) -> c.CaseReceived:
    """Take a case."""
    case: c.Submission = call.body
    if case.case_id != call.path["case_id"]:
        raise Refused(422, "case_id_differs")
    who = call.signed_in
    if who.window != case.window and not WIDE_ROLES & set(who.clerk.roles):
        raise Refused(403, "not_your_window", str(case.window))
    known = call.db.execute("SELECT digest, answer FROM cases WHERE case_id = ?", (case.case_id,)).fetchone()
    if known is not None:
        if known["digest"] != call.digest:
            raise Refused(409, "case_differs", case.case_no)
        return msgspec.json.decode(known["answer"], type=c.CaseReceived)
    item = call.documents.items.get(case.item_id)
    if item is None:
        raise Refused(422, "no_such_item", case.item_id)
    same = "SELECT 1 FROM cases WHERE case_no = :no OR provisional = :no"
    if case.case_no and call.db.execute(same, {"no": case.case_no}).fetchone():
        raise Refused(409, "case_no_taken", case.case_no)
    if not _signed_what_was_shown(case.signature):
        raise Refused(422, "signature_differs", case.case_no)
    case_no, provisional = numbers.check(call, case)
    answer = c.CaseReceived(
        case_id=case.case_id,
        case_no=case_no,
        national_no=numbers.national(call, item.task_code),
        state="ACCEPTED",
        received_at=iso(call.seconds),
    )
    store(call, case, answer, item_name=item.name, provisional=provisional)
    conflicts.examine(call, case, item)
    if case.took_in:
        call.db.execute("UPDATE bookings SET taken_in = ? WHERE id = ?", (case.case_id, case.took_in))
    publish(
        call,
        "case",
        window=case.window,
        happened_at=case.accepted_at,
        case_id=case.case_id,
        case_no=case_no,
        state=answer.state,
    )
    return answer


def _signed_what_was_shown(signature: c.SentSignature | None) -> bool:
    """Whether the signature's digest is that of the document sent with it; a signature without one is taken."""
    if signature is None or not signature.shown:
        return True
    return hmac.compare_digest(hashlib.sha256(signature.shown.encode()).hexdigest(), signature.digest)


def store(
    call: Call,
    case: c.Submission,
    answer: c.CaseReceived,
    *,
    item_name: str,
    provisional: str = "",
    received: float = 0.0,
    note: str = "",
    pickup: tuple[int, str] = (0, ""),
) -> None:
    """Write the rows of a case."""
    deferred = [row for row in case.rows if row.way == "deferred"]
    number, name = _whose(case)
    values = (
        case.case_id,
        call.hall,
        answer.case_no,
        provisional,
        answer.national_no,
        case.item_id,
        item_name,
        answer.state,
        number,
        name,
        case.window,
        case.clerk,
        case.accepted_at,
        received or call.seconds,
        case.promised_by,
        case.check_code,
        len(deferred),
        min((row.due for row in deferred), default=""),
        note,
        case.ticket,
        *pickup,
        call.digest,
        msgspec.json.encode(case),
        msgspec.json.encode(answer),
    )
    marks = ", ".join("?" * len(values))
    call.db.execute(f"INSERT INTO cases ({COLUMNS}) VALUES ({marks})", values)  # noqa: S608  constants
    call.db.executemany(
        "INSERT OR IGNORE INTO case_pages VALUES (?, ?, ?, ?)",
        [(case.case_id, page.digest, row.material_id, page.size) for row in case.rows for page in row.pages],
    )


def progress(call: Call) -> c.Progress:
    """What the public may know; a wrong query code looks like a number that does not exist."""
    row = call.db.execute(
        "SELECT * FROM cases WHERE case_no = :no OR provisional = :no", {"no": call.path["case_no"]}
    ).fetchone()
    given = call.query.get("check", "").upper().encode()
    if row is None or not row["check_code"] or not hmac.compare_digest(row["check_code"].upper().encode(), given):
        raise Refused(404, "no_such_case")
    item = call.documents.items.get(row["item"])
    return c.Progress(
        case_no=row["case_no"],
        item_name=row["item_name"],
        item_name_en=item.name_en if item else "",
        state=row["state"],
        accepted_on=row["accepted_at"][:10],
        promised_by=row["promised_by"],
    )


def listed(call: Call) -> c.CaseList:
    """Cases, newest first. A clerk without a wider role sees those of the own window."""
    who = call.signed_in
    window = call.number("window")
    if not READERS & set(who.clerk.roles):
        window = who.window
    conditions, values = ["hall = :hall"], {"hall": call.hall, "window": window}
    if window or not READERS & set(who.clerk.roles):
        conditions.append("window = :window")
    for name in ("state", "case_no"):
        if call.query.get(name):
            conditions.append(f"{name} = :{name}")
            values[name] = call.query[name]
    where = " AND ".join(conditions)
    total = call.db.execute(f"SELECT count(*) FROM cases WHERE {where}", values).fetchone()[0]  # noqa: S608  constants
    limit = min(call.number("limit", 50), 500)
    query = f"SELECT * FROM cases WHERE {where} ORDER BY received DESC LIMIT {limit:d}"  # noqa: S608  constants
    return c.CaseList(total, tuple(_summary(call, row) for row in call.db.execute(query, values).fetchall()))


def detail(call: Call) -> c.CaseDetail:
    """A whole case, for its own window and for those who may read all."""
    row = call.db.execute(
        "SELECT * FROM cases WHERE case_id = ? AND hall = ?", (call.path["case_id"], call.hall)
    ).fetchone()
    if row is None:
        raise Refused(404, "no_such_case")
    who = call.signed_in
    if row["window"] != who.window and not READERS & set(who.clerk.roles):
        raise Refused(403, "not_your_window", str(row["window"]))
    submission = msgspec.json.decode(row["body"], type=c.Submission)
    return c.CaseDetail(_summary(call, row), submission, conflicts.checks(call.db, row["case_id"]))


def _summary(call: Call, row: sqlite3.Row) -> c.CaseSummary:
    pages = call.db.execute(
        "SELECT count(*) AS wanted, count(pages.digest) AS here FROM case_pages LEFT JOIN pages USING (digest) "
        "WHERE case_id = ?",
        (row["case_id"],),
    ).fetchone()
    return c.CaseSummary(
        case_id=row["case_id"],
        case_no=row["case_no"],
        national_no=row["national_no"],
        item_id=row["item"],
        item_name=row["item_name"],
        state=row["state"],
        applicant=mask_name(row["name"]),
        window=row["window"],
        clerk=row["clerk"],
        accepted_at=row["accepted_at"],
        received_at=iso(row["received"]),
        promised_by=row["promised_by"],
        deferred=row["deferred"],
        pages=pages["wanted"],
        pages_received=pages["here"],
    )


def _whose(case: c.Submission) -> tuple[str, str]:
    """Number and name by which the applicant's earlier cases are found again."""
    if case.enterprise:
        return case.enterprise.get("uscc", ""), case.enterprise.get("name", "")
    return (case.applicant.id_no, case.applicant.name) if case.applicant else ("", "")
