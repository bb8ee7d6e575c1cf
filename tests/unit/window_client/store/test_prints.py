import pytest

from tests.unit.window_client.store.samples import KEY, accepted, case_no
from window_client.store.prints import OPEN, TRANSITIONS, PrintJob, PrintNotAllowed, PrintState
from window_client.store.store import Store

S = PrintState


@pytest.fixture
def job(store: Store) -> PrintJob:
    store.cases.accept(accepted(1))
    return store.prints.open_jobs()[0]


def force(store: Store, job: PrintJob, state: PrintState) -> None:
    store._db.execute("UPDATE prints SET state = ? WHERE id = ?", (state, job.id))


def test_receipt_is_begun_once(store: Store, job: PrintJob) -> None:
    assert store.prints.begin(job).state is S.SENDING

    with pytest.raises(PrintNotAllowed):
        store.prints.begin(job)


def test_progress_is_noted_and_starts_anew_with_the_next_attempt(store: Store, job: PrintJob) -> None:
    store.prints.begin(job)
    store.prints.progress(job, 3, 2)
    assert [(j.blocks_sent, j.confirmed) for j in store.prints.open_jobs()] == [(3, 2)]

    store.prints.finish(job, S.FAILED_BEFORE)
    again = store.prints.begin(job)

    assert (again.id, again.copy, again.blocks_sent, again.confirmed) == (job.id, 0, 0, 0)


def test_progress_of_a_job_that_is_not_being_sent_is_refused(store: Store, job: PrintJob) -> None:
    with pytest.raises(PrintNotAllowed):
        store.prints.progress(job, 1, 0)


def test_printed_receipt_is_no_open_job(store: Store, job: PrintJob) -> None:
    store.prints.begin(job)
    store.prints.finish(job, S.SENT)
    assert store.prints.finish(job, S.CONFIRMED).state is S.CONFIRMED
    assert store.prints.finish(job, S.CONFIRMED).state is S.CONFIRMED

    assert store.prints.open_jobs() == []


@pytest.mark.parametrize("state", PrintState)
@pytest.mark.parametrize("result", PrintState)
def test_every_pair_is_either_in_the_table_or_refused(
    store: Store, job: PrintJob, state: PrintState, result: PrintState
) -> None:
    force(store, job, state)
    if result in TRANSITIONS[state] or result is state:
        assert store.prints.finish(job, result).state is result
    else:
        with pytest.raises(PrintNotAllowed):
            store.prints.finish(job, result)


@pytest.mark.parametrize("state", PrintState)
def test_a_job_is_begun_only_where_nothing_can_be_on_paper(store: Store, job: PrintJob, state: PrintState) -> None:
    force(store, job, state)
    if state in {S.WAITING, S.FAILED_BEFORE}:
        assert store.prints.begin(job).state is S.SENDING
    else:
        with pytest.raises(PrintNotAllowed):
            store.prints.begin(job)


@pytest.mark.parametrize("state", PrintState)
def test_open_jobs_are_those_that_need_somebody(store: Store, job: PrintJob, state: PrintState) -> None:
    force(store, job, state)

    assert bool(store.prints.open_jobs()) is (state in OPEN)


def test_after_a_start_a_job_that_was_being_sent_is_unknown(store: Store, job: PrintJob) -> None:
    store.prints.begin(job)
    store.close()

    again = Store.open(store._folder, KEY)

    try:
        assert [j.state for j in again.prints.open_jobs()] == [S.UNKNOWN]
        with pytest.raises(PrintNotAllowed):
            again.prints.begin(job)
    finally:
        again.close()


def test_copies_are_numbered_and_are_jobs_of_their_own(store: Store, job: PrintJob) -> None:
    force(store, job, S.CONFIRMED)

    first = store.prints.new_copy(case_no(1))
    force(store, first, S.CONFIRMED)
    second = store.prints.new_copy(case_no(1))

    assert [(j.copy, j.document) for j in (first, second)] == [(1, job.document), (2, job.document)]
    assert len({job.id, first.id, second.id}) == 3
    assert [j.copy for j in store.prints.of_case(case_no(1))] == [0, 1, 2]


@pytest.mark.parametrize("state", [S.WAITING, S.FAILED_BEFORE])
def test_copy_of_a_receipt_that_never_came_out_is_the_original(store: Store, job: PrintJob, state: PrintState) -> None:
    force(store, job, state)

    assert store.prints.new_copy(case_no(1)).id == job.id


def test_copy_in_place_of_a_doubtful_one_closes_that(store: Store, job: PrintJob) -> None:
    force(store, job, S.UNKNOWN)

    copy = store.prints.new_copy(case_no(1))

    assert copy.copy == 1
    assert [j.id for j in store.prints.open_jobs()] == [copy.id]


def test_no_copy_while_the_receipt_is_being_sent(store: Store, job: PrintJob) -> None:
    store.prints.begin(job)

    with pytest.raises(PrintNotAllowed):
        store.prints.new_copy(case_no(1))


def test_copy_for_an_unknown_case_and_step_of_an_unknown_job_are_bugs(store: Store, job: PrintJob) -> None:
    with pytest.raises(KeyError):
        store.prints.new_copy(case_no(2))
    with pytest.raises(KeyError):
        store.prints.begin(PrintJob("nobody", "", 0, b"", S.WAITING))
