import hashlib

import msgspec
import pytest

from tests.unit.window_client.central.service.samples import Hall, case, number
from window_client.central import contract as c
from window_client.central.service import cases, numbers, people
from window_client.central.service.refusal import Refused


@pytest.fixture
def leased(hall: Hall) -> Hall:
    hall.run(numbers.lease, c.LeaseNumbers(12, hall.now.date().isoformat(), 10))
    return hall


def submit(hall: Hall, submission: c.Submission, **more: object) -> c.CaseReceived:
    digest = str(hash(msgspec.json.encode(submission)))
    return hall.run(cases.submit, submission, digest=digest, case_id=submission.case_id, **more)


def refusal(hall: Hall, submission: c.Submission, **more: object) -> str:
    with pytest.raises(Refused) as caught:
        submit(hall, submission, **more)
    return caught.value.code


def test_a_case_arrives_and_gets_its_national_number(leased: Hall) -> None:
    receipt = submit(leased, case(number(leased.now, 1), leased.now))

    assert receipt.state == "ACCEPTED"
    assert len(receipt.national_no) == 43


def test_the_same_case_again_gets_the_same_answer_and_stands_there_once(leased: Hall) -> None:
    submission = case(number(leased.now, 1), leased.now)
    first = submit(leased, submission)
    leased.later(minutes=5)

    assert submit(leased, submission) == first
    assert leased.run(cases.listed).total == 1


def test_another_content_under_the_same_identity_is_refused(leased: Hall) -> None:
    submission = case(number(leased.now, 1), leased.now)
    submit(leased, submission)

    assert refusal(leased, case(number(leased.now, 1), leased.now, clerk="1304")) == "case_differs"


def test_a_number_belongs_to_one_case(leased: Hall) -> None:
    submit(leased, case(number(leased.now, 1), leased.now))

    assert refusal(leased, case(number(leased.now, 1), leased.now, case_id="another")) == "case_no_taken"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"item_id": "SC-NONE-001"}, "no_such_item"),
        ({"case_no": "1" * 22}, "bad_case_no"),
        ({"window": 13}, "not_your_window"),
    ],
)
def test_a_wrong_case_is_refused_and_leaves_nothing(leased: Hall, changes: dict[str, object], code: str) -> None:
    assert refusal(leased, case(number(leased.now, 1), leased.now, **changes)) == code
    assert leased.run(cases.listed).total == 0


def test_the_address_and_the_case_must_agree(leased: Hall) -> None:
    submission = case(number(leased.now, 1), leased.now)
    with pytest.raises(Refused) as caught:
        leased.run(cases.submit, submission, case_id="other")

    assert caught.value.code == "case_id_differs"


def test_the_public_needs_the_query_code_and_learns_little(leased: Hall) -> None:
    receipt = submit(leased, case(number(leased.now, 1), leased.now))

    progress = leased.run(cases.progress, case_no=receipt.case_no, query={"check": "7k2m9p"})

    assert progress.state == "ACCEPTED"
    assert "李" not in msgspec.json.encode(progress).decode()
    for check in ("", "000000"):
        with pytest.raises(Refused) as caught:
            leased.run(cases.progress, case_no=receipt.case_no, query={"check": check})
        assert caught.value.code == "no_such_case"


def test_a_clerk_sees_the_own_window_and_a_supervisor_all(leased: Hall) -> None:
    submit(leased, case(number(leased.now, 1), leased.now))

    assert leased.run(cases.listed, window=13).total == 0
    assert leased.run(cases.listed, window=12).total == 1
    assert leased.run(cases.listed, window=0, roles=("supervisor",)).total == 1
    assert leased.run(cases.listed, window=0, roles=("supervisor",), query={"state": "READY"}).total == 0


def test_lists_mask_the_name_and_count_pages(leased: Hall) -> None:
    submit(leased, case(number(leased.now, 1), leased.now))
    leased.db.execute("INSERT INTO pages VALUES (?, 3, 0)", ("a" * 64,))

    summary = leased.run(cases.listed).cases[0]

    assert (summary.applicant, summary.pages, summary.pages_received, summary.deferred) == ("李*", 1, 1, 1)


def test_the_whole_case_is_for_its_window_and_for_readers(leased: Hall) -> None:
    submission = case(number(leased.now, 1), leased.now)
    submit(leased, submission)

    assert leased.run(cases.detail, case_id=submission.case_id).submission == submission
    assert leased.run(cases.detail, case_id=submission.case_id, window=0, roles=("reviewer",)).submission
    for window, code in ((13, "not_your_window"),):
        with pytest.raises(Refused) as caught:
            leased.run(cases.detail, case_id=submission.case_id, window=window)
        assert caught.value.code == code
    with pytest.raises(Refused):
        leased.run(cases.detail, case_id="none")


def test_a_booking_that_was_taken_in_is_not_offered_again(morning: Hall) -> None:
    block = morning.run(numbers.lease, c.LeaseNumbers(12, morning.now.date().isoformat(), 10))
    booking = morning.run(people.look_up, c.PersonLookup("510799198806120017")).earlier[0]
    submit(morning, case(number(morning.now, block.first), morning.now, took_in=booking.id))

    after = morning.run(people.look_up, c.PersonLookup("510799198806120017"))
    assert all(one.kind != "online" for one in after.earlier)
    assert after.earlier[0].fields == {"capital": "50000.00"}


def test_an_enterprise_is_found_again_by_its_code(leased: Hall) -> None:
    enterprise = {"uscc": "91510799MA9T00026D", "name": "绵阳示例餐饮有限公司"}
    submission = case(number(leased.now, 1), leased.now, applicant_kind="enterprise", enterprise=enterprise)
    submit(leased, submission)

    assert leased.run(people.look_up, c.PersonLookup("91510799MA9T00026D")).related[0].kind == "running"


def test_the_event_of_a_case_names_nobody_and_carries_both_clocks(leased: Hall) -> None:
    submission = case(number(leased.now, 1), leased.now)
    submit(leased, submission)

    row = leased.db.execute("SELECT * FROM events WHERE kind = 'case'").fetchone()
    assert "李明" not in row["data"]
    assert row["happened_at"] == submission.accepted_at


@pytest.mark.parametrize(("shown", "taken"), [("what was read", True), ("something else", False), ("", True)])
def test_a_signature_must_be_of_the_document_that_is_sent_with_it(leased: Hall, shown: str, taken: bool) -> None:
    digest = hashlib.sha256(b"what was read").hexdigest()
    signature = c.SentSignature(digest, language="en", shown=shown)
    submission = msgspec.structs.replace(case(number(leased.now, 1), leased.now), signature=signature)

    if taken:
        assert submit(leased, submission).state == "ACCEPTED"
    else:
        assert refusal(leased, submission) == "signature_differs"
        assert leased.run(cases.listed).total == 0
