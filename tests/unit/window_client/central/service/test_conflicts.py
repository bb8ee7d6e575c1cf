import msgspec
import pytest

from tests.unit.window_client.central.service.samples import LI_MING, Hall, case, number
from window_client.central import contract as c
from window_client.central.service import cases, conflicts, news, numbers, tickets, visits
from window_client.domain.form import Origin, Value


@pytest.fixture
def leased(hall: Hall) -> Hall:
    hall.run(numbers.lease, c.LeaseNumbers(12, hall.now.date().isoformat(), 10))
    return hall


def submit(hall: Hall, **changes: object) -> c.Submission:
    submission = case(number(hall.now, 1), hall.now, **changes)
    digest = str(hash(msgspec.json.encode(submission)))
    hall.run(cases.submit, submission, digest=digest, case_id=submission.case_id)
    return submission


def found(hall: Hall) -> list[tuple[str, str, str, str]]:
    listed = hall.run(conflicts.listed)
    return [(row.kind, row.target, row.ours, row.theirs) for one in listed.cases for row in one.conflicts]


def know(hall: Hall, shared: dict[str, object], *certificates: c.Certificate) -> None:
    """What shared data and the certificate library know about the sample's applicant."""
    row = (LI_MING.id_no, LI_MING.name, "person", msgspec.json.encode(shared), msgspec.json.encode(certificates))
    hall.db.execute("INSERT INTO people VALUES (?, ?, ?, ?, ?)", row)


def fitting(hall: Hall) -> dict[str, object]:
    """Changes after which the sample case fits everything."""
    return {"item_version": hall.documents.items["SC-MKT-001"].version, "rows": (c.SentRow("SC-MKT-001-M01"),)}


def test_a_case_that_fits_has_no_conflict_and_tells_nobody(leased: Hall) -> None:
    submit(leased, **fitting(leased))

    assert found(leased) == []
    assert not any(kind == "conflict" for kind, _ in leased.events())
    assert not any(item.kind == "conflict" for item in leased.run(news.today).open)


def test_another_version_of_the_item_is_told_through_the_feed_and_stands_among_the_open_items(leased: Hall) -> None:
    version = leased.documents.items["SC-MKT-001"].version
    submission = submit(leased, **fitting(leased) | {"item_version": version + 1})

    assert found(leased) == [("item", "SC-MKT-001", str(version + 1), str(version))]
    told = [msgspec.json.decode(data) for kind, data in leased.events() if kind == "conflict"]
    assert told == [{"case_id": submission.case_id, "case_no": submission.case_no, "count": 1}]
    line = next(item for item in leased.run(news.today).open if item.kind == "conflict")
    assert (line.count, line.number, line.name) == (1, submission.case_no, "李*")

    leased.run(conflicts.seen, case_id=submission.case_id)

    assert found(leased) == []
    assert not any(item.kind == "conflict" for item in leased.run(news.today).open)
    assert len(leased.run(cases.detail, case_id=submission.case_id).checks) == 1


def test_a_number_that_another_window_served_meanwhile_is_a_conflict_and_stays_there(leased: Hall) -> None:
    ticket = leased.run(tickets.take, c.TakeTicket("C"), roles=("device",))
    fence = leased.run(tickets.call_number, c.CallNumber(0, ticket.number), window=11).fence
    leased.run(tickets.finish, c.Fenced(fence), window=11)
    submit(leased, **fitting(leased) | {"ticket": ticket.number})

    assert found(leased) == [("ticket", ticket.number, "12", "11")]


def test_a_typed_number_that_nobody_called_is_done_with_the_visits_report(leased: Hall) -> None:
    ticket = leased.run(tickets.take, c.TakeTicket("C"), roles=("device",))
    at = leased.now.isoformat()
    report = c.VisitReport(
        visit_id="v-1", window=12, clerk="1203", started_at=at, ended_at=at, outcome="filed", ticket=ticket.number
    )
    submit(leased, **fitting(leased) | {"ticket": ticket.number})
    leased.run(visits.report, report)

    assert found(leased) == []
    row = leased.db.execute("SELECT state, window FROM tickets WHERE id = ?", (ticket.id,)).fetchone()
    assert (row["state"], row["window"]) == ("done", 12)


def test_a_certificate_that_is_gone_and_one_that_has_expired_are_conflicts(leased: Hall) -> None:
    first = c.Certificate("id_card", "51079900001", "市公安局", valid_to="2026-01-01")
    know(leased, {}, first)
    used = c.SentRow("SC-MKT-001-M02", way="ecert", ecert_type=first.type, ecert_number=first.number)
    gone = c.SentRow("SC-MKT-001-M03", way="ecert", ecert_type=first.type, ecert_number="another")
    submit(leased, **fitting(leased) | {"rows": (used, gone)})

    assert found(leased) == [
        ("ecert", "SC-MKT-001-M02", first.number, "2026-01-01"),
        ("ecert", "SC-MKT-001-M03", "another", ""),
    ]


def test_a_deferral_of_somebody_whose_credit_went_bad_is_a_conflict(leased: Hall) -> None:
    deferred = c.SentRow("SC-MKT-001-M06", way="deferred", due="2026-11-25")
    know(leased, {"credit": {"status": "bad"}})
    submit(leased, **fitting(leased) | {"rows": (deferred,)})

    assert found(leased) == [("deferral", "SC-MKT-001-M06", "2026-11-25", "credit_bad")]


def test_shared_data_are_compared_only_where_the_window_could_not_ask(leased: Hall) -> None:
    """The status was left to the centre, the group was typed and shared data know another."""
    know(leased, {"social_security": {"kind": "resident", "status": "paying"}})
    submission = submit(
        leased,
        item_id="SC-HRSS-001",
        item_version=leased.documents.items["SC-HRSS-001"].version,
        form_id="SC-HRSS-001",
        rows=(),
        values={"person_kind": Value("employee", Origin.TYPED)},
        to_verify=("insurance_status",),
        looked_up=False,
    )

    checks = leased.run(cases.detail, case_id=submission.case_id).checks
    assert [(row.kind, row.target) for row in checks] == [("verified", "insurance_status"), ("field", "person_kind")]
    assert [row[0] for row in found(leased)] == ["field"]


def test_what_the_form_covers_is_covered_in_a_conflict_too(leased: Hall) -> None:
    know(leased, {"social_security": {"phone": "13900001234"}})
    submit(
        leased,
        item_id="SC-HRSS-001",
        item_version=leased.documents.items["SC-HRSS-001"].version,
        form_id="SC-HRSS-001",
        rows=(),
        values={"phone": Value("13800005678", Origin.TYPED)},
        looked_up=False,
    )

    assert found(leased) == [("field", "phone", "138****5678", "139****1234")]


def test_where_the_window_had_asked_itself_nothing_is_compared(leased: Hall) -> None:
    submit(leased, **fitting(leased) | {"values": {"phone": Value("13900000000", Origin.TYPED)}})

    assert found(leased) == []


def test_another_window_does_not_see_them(leased: Hall) -> None:
    version = leased.documents.items["SC-MKT-001"].version
    submit(leased, **fitting(leased) | {"item_version": version + 1})

    assert leased.run(conflicts.listed, window=11).cases == ()
