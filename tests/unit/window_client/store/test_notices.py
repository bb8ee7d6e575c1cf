import pytest

from tests.unit.window_client.store.samples import accepted, case_no
from window_client.store.notices import NoticeJob, identity
from window_client.store.prints import PrintNotAllowed, PrintState
from window_client.store.store import Store

S = PrintState


@pytest.fixture
def number(store: Store) -> str:
    store.cases.accept(accepted(1))
    return case_no(1)


def test_nobody_has_a_notice_before_somebody_wants_one(store: Store, number: str) -> None:
    assert store.notices.latest(number) is None

    job = store.notices.begin(number)

    assert (job.copy, job.state) == (0, S.SENDING)
    assert store.notices.latest(number) == job


def test_one_that_is_being_sent_or_in_doubt_is_not_begun_again(store: Store, number: str) -> None:
    job = store.notices.begin(number)
    with pytest.raises(PrintNotAllowed):
        store.notices.begin(number)

    store.notices.finish(job, S.UNKNOWN)
    with pytest.raises(PrintNotAllowed):
        store.notices.begin(number)


def test_what_never_left_is_the_same_job_and_what_is_on_paper_gets_a_copy(store: Store, number: str) -> None:
    job = store.notices.begin(number)
    store.notices.finish(job, S.FAILED_BEFORE)
    again = store.notices.begin(number)
    store.notices.finish(again, S.CONFIRMED)
    copy = store.notices.begin(number)

    assert (again.id, again.copy) == (job.id, 0)
    assert copy.copy == 1
    assert copy.id != job.id
    with pytest.raises(PrintNotAllowed):
        store.notices.finish(again, S.CONFIRMED)


def test_a_copy_stands_in_the_place_of_one_that_the_clerk_did_not_find(store: Store, number: str) -> None:
    job = store.notices.finish(store.notices.begin(number), S.UNKNOWN)

    assert store.notices.finish(job, S.REPLACED).state is S.REPLACED
    assert store.notices.begin(number).copy == 1


def test_a_way_that_leads_nowhere_is_refused(store: Store, number: str) -> None:
    job = store.notices.finish(store.notices.begin(number), S.CONFIRMED)

    assert store.notices.finish(job, S.CONFIRMED) == job
    with pytest.raises(PrintNotAllowed):
        store.notices.finish(job, S.FAILED_BEFORE)
    with pytest.raises(PrintNotAllowed):
        store.notices.finish(NoticeJob("other", number, 0, S.SENDING), S.CONFIRMED)


def test_after_a_start_what_was_being_sent_is_unknown(store: Store, number: str) -> None:
    store.notices.begin(number)

    assert store.notices.recover() == 1
    assert store.notices.recover() == 0
    latest = store.notices.latest(number)
    assert latest is not None
    assert latest.state is S.UNKNOWN


def test_the_identity_is_the_same_for_ever_and_tells_nobody_which_case_it_is() -> None:
    assert identity("510799202611250000178", 0) == identity("510799202611250000178", 0)
    assert identity("510799202611250000178", 0) != identity("510799202611250000178", 1)
    assert "5107" not in identity("510799202611250000178", 0)
