"""What is told at the end of a visit: its facts, and the applicant's rating."""

from datetime import datetime

import msgspec

from window_client.central import contract as c
from window_client.central.service import tickets
from window_client.central.service.call import Call
from window_client.central.service.refusal import Refused
from window_client.domain.rating import BAD


def report(call: Call) -> c.Done:
    """Record a visit. A second report of the same visit changes nothing."""
    visit: c.VisitReport = call.body
    if call.db.execute("SELECT 1 FROM visits WHERE visit_id = ?", (visit.visit_id,)).fetchone():
        return c.Done()
    seconds = (_moment(visit.ended_at) - _moment(visit.started_at)).total_seconds()
    call.db.execute(
        "INSERT INTO visits VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            visit.visit_id,
            call.hall,
            visit.window,
            visit.clerk,
            _moment(visit.ended_at).date().isoformat(),
            visit.outcome,
            max(0.0, seconds),
            visit.deferred,
            msgspec.json.encode(visit),
        ),
    )
    if visit.ticket_id and not visit.more:
        tickets.close_after_visit(call, visit.window, visit.ticket_id, visit.outcome)
    elif visit.ticket and not visit.more:
        tickets.close_typed(call, visit.window, visit.ticket, visit.started_at[:10], visit.outcome)
    return c.Done()


def rate(call: Call) -> c.Done:
    """Keep a rating. It goes into no feed, no list and no log; a visit is rated once."""
    rating: c.Rating = call.body
    visit_id = call.path["visit_id"]
    if rating.grade in BAD and not rating.details and not rating.words.strip():
        raise Refused(422, "detail_missing")
    kept = call.db.execute("SELECT body FROM ratings WHERE visit_id = ?", (visit_id,)).fetchone()
    body = msgspec.json.encode(rating)
    if kept is not None:
        if kept["body"] == body:
            return c.Done()  # the same once more, under another key
        raise Refused(409, "already_rated")
    call.db.execute("INSERT INTO ratings VALUES (?, ?, ?, ?)", (visit_id, call.hall, call.seconds, body))
    return c.Done()


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise Refused(422, "bad_time", text) from None
