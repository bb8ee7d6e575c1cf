import msgspec
import pytest

from tests.unit.window_client.central.service.samples import Hall
from window_client.central import contract as c
from window_client.central.service import news, tickets, visits
from window_client.central.service.refusal import Refused

VISIT = c.VisitReport(
    visit_id="v1",
    window=12,
    clerk="1203",
    started_at="2026-11-24T10:00:00+00:00",
    ended_at="2026-11-24T10:08:40+00:00",
    outcome="filed",
)
AT = "2026-11-24T10:09:00+08:00"


def rate(hall: Hall, rating: c.Rating, visit_id: str = "v1") -> c.Done:
    return hall.run(visits.rate, rating, visit_id=visit_id)


def test_a_visit_is_told_once_however_often_it_is_told(hall: Hall) -> None:
    hall.run(visits.report, VISIT)
    hall.run(visits.report, VISIT)

    row = hall.db.execute("SELECT count(*), sum(seconds) FROM visits").fetchone()
    assert tuple(row) == (1, 520.0)


def test_a_broken_time_is_refused(hall: Hall) -> None:
    import msgspec

    with pytest.raises(Refused):
        hall.run(visits.report, msgspec.structs.replace(VISIT, ended_at="soon"))


def test_the_report_ends_a_number_whose_end_was_not_told(hall: Hall) -> None:
    import msgspec

    hall.run(tickets.take, c.TakeTicket("A"))
    called = hall.run(tickets.call_next, c.CallNext(0))
    assert called.ticket
    hall.run(visits.report, msgspec.structs.replace(VISIT, ticket_id=called.ticket.id))

    assert hall.db.execute("SELECT state FROM tickets").fetchone()[0] == "done"


def test_a_second_rating_is_refused_and_the_same_one_repeated_is_not(hall: Hall) -> None:
    good = c.Rating(c.Grade.SATISFIED, AT)
    rate(hall, good)

    assert rate(hall, good).ok
    with pytest.raises(Refused) as caught:
        rate(hall, c.Rating(c.Grade.VERY_SATISFIED, AT))
    assert (caught.value.status, caught.value.code) == (409, "already_rated")


def test_a_bad_grade_needs_a_reason(hall: Hall) -> None:
    with pytest.raises(Refused) as caught:
        rate(hall, c.Rating(c.Grade.DISSATISFIED, AT, words="  "))
    assert caught.value.code == "detail_missing"

    assert rate(hall, c.Rating(c.Grade.DISSATISFIED, AT, details=("slow",))).ok


def test_a_rating_is_in_no_event_and_no_figure(hall: Hall) -> None:
    before = hall.events()
    rate(hall, c.Rating(c.Grade.VERY_DISSATISFIED, AT, words="太慢"))

    assert hall.events() == before
    assert hall.run(news.today).served == 0


def test_a_number_is_not_done_while_the_same_person_is_served_on(hall: Hall) -> None:
    hall.run(tickets.take, c.TakeTicket("A"))
    called = hall.run(tickets.call_next, c.CallNext(0))
    assert called.ticket
    first = msgspec.structs.replace(VISIT, ticket_id=called.ticket.id, more=True)
    last = msgspec.structs.replace(VISIT, visit_id="v2", ticket_id=called.ticket.id)

    hall.run(visits.report, first)
    between = hall.db.execute("SELECT state FROM tickets").fetchone()[0]
    hall.run(visits.report, last)

    assert between == "called"
    assert hall.db.execute("SELECT state FROM tickets").fetchone()[0] == "done"
