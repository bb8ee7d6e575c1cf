"""Every route of the contract as one table: the service answers from it and the OpenAPI document is made from it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from window_client.central import contract as c
from window_client.central.service import accounts, cases, conflicts, news, numbers, people, picture, tickets, visits
from window_client.central.service.call import Call

ANYONE: frozenset[str] = frozenset()
"""Whoever is signed in."""

DESK = frozenset({"clerk", "pickup", "steward", "supervisor", "administrator"})
LIST = DESK | {"reviewer", "auditor"}
NUMBERS = frozenset({"device", "steward", "supervisor", "administrator", "clerk"})


class Way(Enum):
    """How an operation is run."""

    READ = auto()  # on the reading connection, no key
    WRITE = auto()  # in the writer, with an idempotency key
    SPECIAL = auto()  # has its own function in ``app``


@dataclass(frozen=True, slots=True)
class Route:
    """One route. ``roles`` None: open to everybody; ``codes``: what it refuses with beside the general ones."""

    method: str
    path: str
    summary: str
    answer: type | None
    operation: Callable[[Call], Any] | None = None
    body: type | None = None
    roles: frozenset[str] | None = ANYONE
    way: Way = Way.READ
    codes: tuple[str, ...] = ()
    query: tuple[str, ...] = ()


def _read(path: str, operation: Callable[[Call], Any], answer: type, summary: str, **more: Any) -> Route:
    return Route("GET", path, summary, answer, operation, **more)


def _write(
    method: str, path: str, operation: Callable[[Call], Any], body: type | None, answer: type, summary: str, **more: Any
) -> Route:
    return Route(method, path, summary, answer, operation, body, way=Way.WRITE, **more)


def _special(method: str, path: str, answer: type | None, summary: str, **more: Any) -> Route:
    return Route(method, path, summary, answer, way=Way.SPECIAL, **more)


def _window(action: str, operation: Callable[[Call], Any], body: type, summary: str, *codes: str) -> Route:
    path = "/v1/windows/{window}/" + action
    return _write(
        "POST", path, operation, body, c.Called, summary, roles=DESK, codes=("stale_call", "not_your_window", *codes)
    )


ROUTES: tuple[Route, ...] = (
    _special(
        "POST", "/v1/sessions", c.Session, "Sign in", body=c.SignIn, roles=None, codes=("wrong_password", "locked")
    ),
    _read("/v1/session", accounts.session, c.Session, "Who is signed in"),
    _write("DELETE", "/v1/session", accounts.sign_out, None, c.Done, "Sign out"),
    _read("/v1/health", news.health, c.Health, "A sign of life, and the clock", roles=None),
    _special("GET", "/v1/catalogue", None, "The catalogue, with ETag", roles=None),
    _special("GET", "/v1/forms", None, "All forms, with ETag", roles=None),
    _write(
        "POST",
        "/v1/tickets",
        tickets.take,
        c.TakeTicket,
        c.Ticket,
        "Take a number",
        roles=NUMBERS,
        codes=("no_such_category", "no_such_booking"),
    ),
    _write(
        "POST",
        "/v1/tickets/{number}/return",
        tickets.bring_back,
        None,
        c.Ticket,
        "Queue again after a missed call",
        roles=NUMBERS,
        codes=("no_such_number", "not_missed"),
    ),
    _read("/v1/queue", picture.queue, c.QueuePicture, "The queue as a window sees it", query=("window",)),
    _read("/v1/hall", picture.hall, c.HallPicture, "The whole hall, nothing personal"),
    _window("call", tickets.call_next, c.CallNext, "Call the next number", "queue_empty", "window_busy"),
    _window(
        "call-number",
        tickets.call_number,
        c.CallNumber,
        "Call a chosen number",
        "no_such_number",
        "number_taken",
        "window_busy",
    ),
    _window("recall", tickets.recall, c.Fenced, "Announce again", "no_number", "too_soon", "no_more_recalls"),
    _window("no-show", tickets.no_show, c.Fenced, "Nobody came", "no_number"),
    _window("arrive", tickets.arrive, c.Fenced, "The person is at the window", "no_number"),
    _window("finish", tickets.finish, c.Fenced, "The person leaves", "no_number"),
    _window("hold", tickets.hold, c.Fenced, "Set the number aside", "no_number"),
    _window("transfer", tickets.transfer, c.Transfer, "Send the number elsewhere", "no_number", "nobody_serves"),
    _window("walk-in", tickets.walk_in, c.WalkIn, "Serve without a call", "number_taken", "window_busy"),
    _write(
        "PUT",
        "/v1/windows/{window}/status",
        tickets.set_status,
        c.WindowStatus,
        c.Called,
        "Pause or open the window",
        roles=DESK,
    ),
    _read("/v1/windows/{window}/today", news.today, c.WindowToday, "The window's day", roles=DESK),
    _read(
        "/v1/windows/{window}/morning",
        news.morning,
        c.Morning,
        "What awaits a window today, in numbers",
        roles=None,
    ),
    _read(
        "/v1/windows/{window}/conflicts",
        conflicts.listed,
        c.ConflictList,
        "Cases that were accepted without the centre and do not fit what it knows",
        roles=DESK,
        codes=("not_your_window",),
    ),
    _write(
        "POST",
        "/v1/windows/{window}/conflicts/{case_id}/seen",
        conflicts.seen,
        None,
        c.Done,
        "Somebody has looked at a case's conflicts",
        roles=DESK,
        codes=("not_your_window",),
    ),
    _read("/v1/notices", news.notices, c.NoticeList, "What clerks must know today"),
    _write(
        "POST",
        "/v1/number-blocks",
        numbers.lease,
        c.LeaseNumbers,
        c.NumberBlock,
        "Lease serials of case numbers",
        roles=DESK,
        codes=("bad_count", "bad_day", "no_serials_left"),
    ),
    Route(
        "POST",
        "/v1/lookups/person",
        "What is known about a person or enterprise",
        c.PersonRecord,
        people.look_up,
        c.PersonLookup,
        roles=DESK,
    ),
    Route(
        "POST",
        "/v1/lookups/organisation",
        "What the business register says about an organisation",
        c.OrganisationRecord,
        people.look_up_organisation,
        c.OrganisationLookup,
        roles=DESK,
    ),
    _write(
        "POST",
        "/v1/ecerts/use",
        people.use_certificate,
        c.UseECert,
        c.UsedECert,
        "Use an e-certificate for a case",
        roles=DESK,
        codes=("no_certificate", "certificate_expired"),
    ),
    _read(
        "/v1/cases",
        cases.listed,
        c.CaseList,
        "Cases, newest first",
        roles=LIST,
        query=("window", "state", "case_no", "limit"),
    ),
    _read(
        "/v1/cases/by-number/{case_no}",
        cases.progress,
        c.Progress,
        "Progress for the public, with the query code",
        roles=None,
        query=("check",),
        codes=("no_such_case",),
    ),
    _read(
        "/v1/cases/{case_id}",
        cases.detail,
        c.CaseDetail,
        "A whole case",
        roles=LIST,
        codes=("no_such_case", "not_your_window"),
    ),
    _write(
        "PUT",
        "/v1/cases/{case_id}",
        cases.submit,
        c.Submission,
        c.CaseReceived,
        "Hand in a case",
        roles=DESK,
        codes=(
            "case_differs",
            "case_no_taken",
            "bad_case_no",
            "not_leased",
            "no_such_item",
            "not_your_window",
            "signature_differs",
        ),
    ),
    _special("HEAD", "/v1/pages/{digest}", None, "How much of a page is here (Upload-Offset)", roles=DESK),
    _special(
        "PATCH",
        "/v1/pages/{digest}",
        c.PageStored,
        "Continue a page",
        roles=DESK,
        codes=("wrong_offset", "wrong_digest", "bad_range", "page_too_large"),
    ),
    _write(
        "PUT",
        "/v1/ratings/{visit_id}",
        visits.rate,
        c.Rating,
        c.Done,
        "Rate a visit, once",
        roles=DESK | {"device"},
        codes=("already_rated", "detail_missing"),
    ),
    _write("POST", "/v1/visits", visits.report, c.VisitReport, c.Done, "The facts of a visit that ended", roles=DESK),
    _special("GET", "/v1/events", c.Event, "The event stream after event `after`", query=("after",)),
)
