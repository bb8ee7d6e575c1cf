"""What the demo profile begins with: the accounts, the people and the morning that the design's pictures show.

Everything comes from ``resources/demo``. Days and appointments are moved to the present, because a booking counts
only around its time: the pictures were taken at 10:35, and whatever lay *n* minutes before that lies *n* minutes
before ``now``.
"""

import json
import tomllib
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import msgspec

from window_client.central import contract as c
from window_client.central.service import accounts, cases, documents, numbers, tickets
from window_client.central.service.call import Call, publish
from window_client.domain.form import Origin, Value
from window_client.domain.identifiers import make_case_no
from window_client.domain.people import IdentitySource, Person

RESOURCES = Path(__file__).resolve().parents[3] / "resources"
DEMO = RESOURCES / "demo"

PICTURE_DAY = date(2025, 11, 4)
"""The day of the design's pictures: days shortly before it are moved along with today."""

WINDOW = 12
CLERK = "1203"

WAITING = {
    "A": ((36, 9, ""), (37, 8, "senior"), (38, 8, ""), (39, 6, ""), (40, 4, ""), (41, 2, "")),
    "C": ((18, 9, ""), (19, 6, ""), (20, 2, ""), (21, 1, "")),
    "E": ((21, 3, ""), (22, 2, ""), (23, 2, ""), (24, 1, ""), (25, 0, "")),
}
"""Category: (number, minutes waited, priority), the queue of picture 01a."""

MOVED_HERE = ("E021", 30)
"""A number that came over from another queue and kept its place: it stands before those who wait longer here."""

LAST_SERIAL = 3000
"""Serials up to here count as used before the demo begins."""


def seed_demo(call: Call, *, with_tickets: bool = True) -> None:
    """Fill an empty database; does nothing when there are accounts already."""
    if call.db.execute("SELECT 1 FROM accounts").fetchone():
        return
    _accounts(call)
    data = tomllib.loads((DEMO / "shared-data.toml").read_text("utf-8"))
    for visit in data["visits"]:
        for person in data["applicants"]:
            _answered(person, visit)
    bookings = _people(call, data["applicants"])
    _notices(call)
    if with_tickets:
        _queue(call, bookings)
        _morning(call)
    publish(call, "queue")


def slots(now: datetime) -> tuple[datetime, datetime]:
    """The two appointments of the picture: 10:30 and 10:45 at 10:35, and as far from any other time."""
    first = now - timedelta(minutes=5)
    first = first.replace(minute=first.minute // 5 * 5, second=0, microsecond=0)
    return first, first + timedelta(minutes=15)


def _accounts(call: Call) -> None:
    secrets = tomllib.loads((DEMO / "accounts.toml").read_text("utf-8"))
    people = documents.staff(call.documents) + secrets.get("devices", [])
    for person in people:
        clerk = c.Clerk(
            person["account"],
            person["name"],
            person.get("name_en", ""),
            tuple(person["roles"]),
            person.get("department"),
        )
        password = secrets["passwords"].get(clerk.account, secrets["passwords"]["others"])
        accounts.add_account(call.db, clerk, tuple(person.get("windows", ())), password)


def _people(call: Call, applicants: list[dict[str, Any]]) -> list[str]:
    """Shared data, certificates and history; returns the ids of the bookings for today."""
    bookings = []
    for person in applicants:
        number = person.get("id_no") or person["uscc"]
        call.db.execute(
            "INSERT INTO people VALUES (?, ?, ?, ?, ?)",
            (
                number,
                person["name"],
                person["kind"],
                json.dumps(person.get("shared", {}), ensure_ascii=False),
                json.dumps(person.get("certificates", []), ensure_ascii=False),
            ),
        )
        for earlier in person.get("earlier", []):
            if earlier["kind"] == "online":
                bookings.append(_booking(call, number, person["name"], earlier))
            elif _recent(earlier["on"]):
                _running_case(call, number, person["name"], earlier)
            else:
                call.db.execute(
                    "INSERT INTO earlier VALUES (?, ?, ?, ?, ?, ?)",
                    (
                        _id(earlier["case_no"]),
                        number,
                        earlier["item"],
                        earlier["on"],
                        earlier["case_no"],
                        json.dumps(earlier["fields"], ensure_ascii=False),
                    ),
                )
    return bookings


def _answered(person: dict[str, Any], visit: dict[str, Any]) -> None:
    """Give the online applications the answers of the visit that takes them in: they were asked there as well."""
    if visit.get("applicant") != person.get("id_no"):
        return
    for earlier in person.get("earlier", []):
        if earlier["kind"] == "online" and earlier["item"] == visit.get("item"):
            earlier["answers"] = {key: [value] for key, value in visit["answers"].items()}


def _booking(call: Call, number: str, name: str, earlier: dict[str, Any], appointment: str = "") -> str:
    booking = _id(f"{number}:{earlier['item']}:{appointment}")
    call.db.execute(
        "INSERT INTO bookings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')",
        (
            booking,
            call.hall,
            call.day,
            appointment or f"{slots(call.now)[0]:%H:%M}",
            earlier["item"],
            number,
            name,
            json.dumps(earlier.get("fields", {}), ensure_ascii=False),
            json.dumps(earlier.get("uploaded", [])),
            json.dumps(earlier.get("answers", {})),
            _moved(call, earlier["on"]).isoformat(),
        ),
    )
    return booking


def _running_case(call: Call, number: str, name: str, earlier: dict[str, Any]) -> None:
    """A case of the last days: still running, promised for today."""
    day = _moved(call, earlier["on"])
    case_no = make_case_no(c.AREA, day, int(earlier["case_no"][14:21]))
    fields = {key: Value(str(value), Origin.TYPED) for key, value in earlier["fields"].items()}
    promised = call.now.replace(hour=17, minute=0, second=0, microsecond=0)
    _case(
        call,
        (number, name),
        earlier["item"],
        case_no,
        state="REVIEW",
        at=datetime.combine(day, call.now.timetz()),
        values=fields,
        promised=promised.isoformat(),
    )


def _case(
    call: Call,
    who: tuple[str, str],
    item_id: str,
    case_no: str,
    *,
    state: str,
    at: datetime,
    values: dict[str, Value] | None = None,
    promised: str = "",
    rows: tuple[c.SentRow, ...] = (),
    note: str = "",
    ticket: str = "",
    pickup: tuple[int, str] = (0, ""),
) -> None:
    item = call.documents.items[item_id]
    enterprise = who[0].startswith("9")
    case = c.Submission(
        case_id=_id(case_no),
        case_no=case_no,
        visit_id=_id(f"visit:{case_no}"),
        window=WINDOW,
        clerk=CLERK,
        item_id=item_id,
        item_version=item.version,
        catalogue_version=call.documents.catalogue.meta.catalog_version,
        accepted_at=at.isoformat(timespec="seconds"),
        applicant_kind="enterprise" if enterprise else "person",
        applicant=None if enterprise else Person(who[1], who[0], IdentitySource.CARD),
        enterprise={"name": who[1], "uscc": who[0]} if enterprise else {},
        values=values or {},
        rows=rows,
        ticket=ticket,
        promised_by=promised,
        check_code=case_no[-6:],
    )
    then = replace(call, now=at, digest=_id(f"digest:{case_no}"))
    answer = c.CaseReceived(
        case.case_id, case_no, numbers.national(then, item.task_code), state, at.isoformat(timespec="seconds")
    )
    cases.store(then, case, answer, item_name=item.name, note=note, pickup=pickup)


def _notices(call: Call) -> None:
    this_morning = call.now.replace(hour=8, minute=30, second=0, microsecond=0)
    yesterday = call.now.replace(hour=16, minute=10, second=0, microsecond=0) - timedelta(days=1)
    for at, text, text_en, item in (
        (
            min(this_morning, call.now),
            "个体工商户设立登记：不再要求提交名称预先核准通知书，材料清单已更新。",
            "Self-employed registration: the name pre-approval notice is no longer required; the list is updated.",
            "SC-MKT-001",
        ),
        (
            yesterday,
            "不动产取证改在 3 号出件窗口，请告知申请人。",
            "Real-estate certificates are now handed out at pick-up window 3; please tell applicants.",
            "",
        ),
    ):
        call.db.execute("INSERT INTO notices VALUES (?, ?, ?, ?, ?)", (_id(text), at.timestamp(), text, text_en, item))


def _queue(call: Call, bookings: list[str]) -> None:
    first, second = slots(call.now)
    other = _booking(call, "510799198309170048", "陈静", {"item": "SC-MKT-003", "on": "2025-11-03"}, f"{second:%H:%M}")
    booked = {"C018": (bookings[0], first), "C019": (other, second)}
    for category, waiting in WAITING.items():
        for no, minutes, priority in waiting:
            number = f"{category}{no:03d}"
            booking, slot = booked.get(number, ("", None))
            taken = call.seconds - minutes * 60 - 1
            tickets.add(
                call,
                number,
                category,
                taken=taken,
                place=call.seconds - MOVED_HERE[1] * 60 if number == MOVED_HERE[0] else taken,
                priority=priority,
                booking=booking,
                booked_at=f"{slot:%H:%M}" if slot else "",
                slot=slot.timestamp() if slot else 0.0,
            )
        last = waiting[-1][0]
        call.db.execute("INSERT INTO counters VALUES (?, ?, ?)", (call.hall, f"ticket:{call.day}:{category}", last))
    _held(call)


def _held(call: Call) -> None:
    booking = _booking(call, "510799199302140051", "赵磊", {"item": "SC-MKT-001", "on": "2025-11-01"}, "09:30")
    row = tickets.add(call, "C012", "C", taken=call.seconds - 3600, booking=booking)
    call.db.execute(
        "UPDATE tickets SET state = 'held', window = ?, calls = 1, called = ?, since = ?, note = ? WHERE id = ?",
        (WINDOW, call.seconds - 2400, call.seconds - 14 * 60 - 1, "回家取租赁合同", row["id"]),
    )


def _morning(call: Call) -> None:
    """What lies behind the window at 10:35: 23 visits of 8:40 on average, three deferrals, two corrections."""
    for no in range(23):
        ended = call.now - timedelta(minutes=5 + 5 * no)
        started = ended - timedelta(seconds=520 + (no % 5 - 2) * 30 + (90 if no == 22 else 0))
        report = c.VisitReport(
            visit_id=_id(f"visit:{no}"),
            window=WINDOW,
            clerk=CLERK,
            started_at=started.isoformat(),
            ended_at=ended.isoformat(),
            outcome="filed",
        )
        call.db.execute(
            "INSERT INTO visits VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?)",
            (
                report.visit_id,
                call.hall,
                WINDOW,
                CLERK,
                call.day,
                report.outcome,
                (ended - started).total_seconds(),
                msgspec.json.encode(report),
            ),
        )
    before = call.now - timedelta(days=1)
    evening = call.now.replace(hour=17, minute=0, second=0, microsecond=0).isoformat()
    zhang, shili = ("51079919870211005X", "张伟"), ("91510799MA9T00026D", "绵阳示例餐饮有限公司")
    for serial, who, ticket in ((2001, zhang, "C004"), (2002, shili, "C006")):
        _case(
            call,
            who,
            "SC-MKT-003",
            _number(before, serial),
            state="CORRECTION",
            at=before,
            promised=evening,
            ticket=ticket,
        )
    zhou = ("510799199103160025", "周洋")
    for days, material in ((2, "场所平面图"), (3, "租赁合同"), (5, "设备清单")):
        due = (call.now.date() + timedelta(days=days)).isoformat()
        _case(
            call,
            zhou,
            "SC-MKT-003",
            _number(before, 2010 + days),
            state="ACCEPTED",
            at=before,
            rows=(c.SentRow("SC-MKT-003-M05", way="deferred", due=due),),
            note=material,
            ticket=f"C{30 + days:03d}",
        )
    earlier = call.now - timedelta(days=9)
    li_ming = ("510799198806120017", "李明")
    _case(
        call,
        li_ming,
        "SC-POL-001",
        _number(earlier, 1207),
        state="READY",
        at=earlier,
        pickup=(3, "B-12"),
        ticket="E011",
    )
    call.db.execute("INSERT INTO counters VALUES (?, ?, ?)", (c.AREA, f"serial:{call.day}", LAST_SERIAL))


def _number(at: datetime, serial: int) -> str:
    return make_case_no(c.AREA, at.date(), serial)


def _recent(on: str) -> bool:
    return timedelta(0) <= PICTURE_DAY - date.fromisoformat(on) <= timedelta(days=30)


def _moved(call: Call, on: str) -> date:
    return call.now.date() - (PICTURE_DAY - date.fromisoformat(on))


def _id(name: str) -> str:
    """The same name gives the same id, so that two demos are alike."""
    return str(uuid5(NAMESPACE_URL, f"demo:{name}"))
