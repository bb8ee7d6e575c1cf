from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from tests.desk import LIMING, Bench, sheet
from window_client.central.client import Rejected, Unavailable
from window_client.domain.visit import State, Step
from window_client.reception.locking import TICK, WARNING, blank
from window_client.reception.state import ApplicantPage, Reading, ReceptionState


def journal(bench: Bench) -> list[tuple[str, str]]:
    return [(row.actor, row.action) for row in reversed(bench.store.journal.entries())]


def everything(state: ReceptionState) -> str:
    """All of a state as text, to look for what must not be in it."""
    return repr(state)


@pytest.fixture
def serving(bench: Bench) -> Bench:
    bench.up_to(Step.FORM)
    bench.desk.set_field("scope", "小吃服务")
    return bench


def test_while_locked_the_screens_are_told_nothing_personal(serving: Bench) -> None:
    serving.desk.lock()
    shown = serving.states[-1]

    assert shown.lock is not None
    assert (shown.lock.why, shown.lock.visit_open) == ("key", True)
    assert shown.applicant.page is ApplicantPage.BLANK
    text = everything(shown)
    for secret in ("李明", "李*", LIMING, "小吃服务", "C018", "示例路"):
        assert secret not in text
    assert shown.hall_name
    assert shown.clerk is not None


def test_everything_told_while_locked_is_blank_too(serving: Bench) -> None:
    serving.desk.lock()
    count = len(serving.states)
    serving.desk.devices_changed()
    serving.desk.queue_changed()
    serving.desk.outbox_changed()
    serving.settle()

    assert len(serving.states) > count
    assert all("李明" not in everything(state) for state in serving.states[count:])
    assert all(state.draft is None for state in serving.states[count:])


def test_the_password_brings_the_same_place_back(serving: Bench) -> None:
    before = serving.draft
    serving.desk.lock()
    serving.desk.unlock("1203", "demo")
    assert serving.state.lock is not None
    assert serving.state.lock.checking
    serving.settle()

    assert serving.state.lock is None
    assert serving.states[-1].draft == before
    assert serving.state.open_step is Step.FORM
    assert serving.door.came == [("1203", True)]
    assert journal(serving)[-2:] == [("1203", "lock"), ("1203", "unlock")]
    assert serving.store.journal.verify().ok


def test_a_wrong_password_leaves_it_locked_and_says_how_many_are_left(serving: Bench) -> None:
    serving.desk.lock()
    serving.desk.unlock("1203", "wrong")
    serving.settle()

    lock = serving.state.lock
    assert lock is not None
    assert (lock.problem, lock.problem_args, lock.checking) == ("wrong_password", {"detail": "4"}, False)


@pytest.mark.parametrize(("account", "password"), [("", "demo"), ("1203", "")])
def test_nothing_typed_asks_nobody(serving: Bench, account: str, password: str) -> None:
    serving.desk.lock()
    serving.desk.unlock(account, password)
    serving.settle()

    assert serving.state.lock is not None
    assert serving.state.lock.problem == "empty"
    assert serving.door.came == []


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (Unavailable("no line", no_line=True), "unavailable"),
        (Rejected("locked", "2026-11-24T10:15:00+08:00", 403), "locked"),
        (ValueError("no_keyring"), "no_keyring"),
    ],
)
def test_why_nobody_was_let_in_is_said(serving: Bench, error: Exception, problem: str) -> None:
    serving.desk.lock()
    serving.door.refuse = error
    serving.desk.unlock("1203", "demo")
    serving.settle()

    assert serving.state.lock is not None
    assert serving.state.lock.problem == problem


def test_another_clerk_takes_the_open_visit_over_and_the_journal_has_it(serving: Bench) -> None:
    visit = serving.draft.visit_id
    serving.desk.lock()
    serving.desk.unlock("1305", "demo")
    serving.settle()

    assert serving.state.clerk is not None
    assert serving.state.clerk.name == "赵敏"
    assert serving.draft.visit_id == visit
    assert serving.draft.clerk == "1305"
    assert serving.on_disk().clerk == "1305"
    assert serving.said == "lock.taken_over"
    entry = next(row for row in serving.store.journal.entries() if row.action == "take_over")
    assert (entry.actor, entry.subject) == ("1305", visit)
    assert "1203" in entry.detail


def test_a_take_over_that_is_not_recorded_does_not_happen(serving: Bench) -> None:
    serving.desk.lock()
    serving.desk.unlock("1305", "demo")
    with serving.held_by_another():
        serving.until(
            lambda: serving.state.lock is not None and serving.state.lock.problem.startswith("store_"), "refused"
        )

    assert serving.state.clerk is not None
    assert serving.state.clerk.account == "1203"
    serving.settle()


def test_without_the_network_this_machine_may_let_the_clerk_in_and_sending_still_waits(serving: Bench) -> None:
    serving.desk.tell_signed_out()
    serving.desk.lock()
    serving.door.online = False
    serving.desk.unlock("1203", "demo")
    serving.settle()

    assert serving.state.lock is None
    assert serving.state.signed_out
    assert serving.door.came == [("1203", False)]


def test_a_lock_lets_nothing_be_lost(tmp_path: Path) -> None:
    with Bench(tmp_path) as bench:
        bench.up_to(Step.FORM)
        bench.desk.set_field("scope", "小吃服务")
        bench.desk.lock()
        bench.desk.set_field("capital", "50000.00")  # an editor that was left by the lock itself
    with Bench(tmp_path) as again:
        assert again.state.lock is None
        again.desk.go_on(yes=True)
        assert again.draft.values["scope"].text == "小吃服务"
        assert again.draft.values["capital"].text == "50000.00"


def test_feeding_goes_on_while_locked(bench: Bench) -> None:
    bench.up_to(Step.MATERIALS)
    bench.desk.choose_row("SC-MKT-001-M01")
    bench.scanner.feeder = [sheet(1), sheet(2)]
    bench.desk.feed()
    bench.desk.lock()
    bench.until(lambda: bench.pages("M01") == 2, "both pages")
    bench.settle()

    assert bench.state.lock is not None
    assert len(bench.on_disk().checklist.rows) >= 1


def test_a_card_laid_down_on_a_locked_window_is_not_read(bench: Bench) -> None:
    bench.call()
    bench.desk.read_card()
    bench.until(lambda: bench.devices.state_of("id_card") == "busy", "reading")
    bench.desk.lock()
    bench.until(lambda: bench.reader.given_up, "reading stopped")
    bench.settle()

    assert bench.state.visit is State.CALLING
    assert bench.draft.applicant is None


def test_a_full_number_that_was_shown_is_hidden_again(serving: Bench) -> None:
    serving.desk.reveal_id()
    assert serving.state.identity.revealed_until is not None
    serving.desk.lock()

    assert serving.state.identity.revealed_until is None


# ---- idle


def test_nobody_at_the_window_is_warned_and_then_locked(bench: Bench) -> None:
    bench.pass_time(300 - WARNING - TICK)
    assert bench.state.locks_at is None
    bench.pass_time(TICK)
    assert bench.state.locks_at is not None
    assert (bench.state.locks_at - bench.now).total_seconds() <= WARNING + TICK
    assert bench.state.lock is None
    bench.pass_time(WARNING)

    assert bench.state.lock is not None
    assert bench.state.lock.why == "idle"
    assert bench.state.locks_at is None


def test_a_key_begins_the_count_anew_and_takes_the_warning_away(bench: Bench) -> None:
    bench.pass_time(290)
    assert bench.state.locks_at is not None
    bench.desk.touched()
    assert bench.state.locks_at is None
    bench.pass_time(270)
    assert bench.state.lock is None


def test_a_touch_without_a_warning_shows_nothing(bench: Bench) -> None:
    count = len(bench.states)
    for _ in range(100):
        bench.desk.touched()

    assert len(bench.states) == count


def test_while_the_applicant_reads_the_idle_lock_waits_three_times_as_long(bench: Bench) -> None:
    bench.up_to(Step.CONFIRM)
    assert bench.state.applicant.page is ApplicantPage.CHECK
    bench.pass_time(600)
    assert bench.state.lock is None
    bench.pass_time(300)
    assert bench.state.lock is not None


def test_a_locked_window_is_not_locked_again(bench: Bench) -> None:
    bench.desk.lock()
    first = bench.state.lock
    bench.desk.lock()
    bench.pass_time(900)

    assert bench.state.lock == first


def test_zero_minutes_never_lock(tmp_path: Path) -> None:
    with Bench(tmp_path) as bench:
        core = bench.desk._core
        core.deps = replace(core.deps, settings=replace(core.deps.settings, lock_after_minutes=0))
        bench.desk._locking._ticking = False
        bench.desk._locking.begin()
        assert not bench.desk._locking._ticking


# ---- the session


def test_a_session_that_runs_out_asks_an_idle_window_at_once(bench: Bench) -> None:
    bench.desk.tell_signed_out()

    assert bench.state.lock is not None
    assert bench.state.lock.why == "signed_out"
    bench.desk.unlock("1203", "demo")
    bench.settle()
    assert bench.state.lock is None
    assert not bench.state.signed_out


def test_while_somebody_is_served_work_goes_on_and_the_question_comes_after(serving: Bench) -> None:
    serving.desk.tell_signed_out()
    assert serving.state.lock is None
    assert serving.state.signed_out
    serving.desk.set_field("capital", "50000.00")
    serving.desk.end_unfiled("gave_up")
    serving.settle()

    assert serving.state.lock is not None
    assert serving.state.lock.why == "signed_out"


def test_a_question_that_is_answered_with_401_is_noticed_and_one_refused_otherwise_is_not(bench: Bench) -> None:
    core = bench.desk._core
    core.ignore(Rejected("stale_call", status=409))
    assert not bench.state.signed_out
    core.tell_unanswered(Rejected("not_signed_in", status=401))

    assert bench.state.signed_out
    assert bench.said == "central.not_signed_in"


def test_blank_keeps_hall_window_machines_and_line(serving: Bench) -> None:
    state = serving.state
    shown = blank(state)

    assert (shown.hall_name, shown.window_no, shown.devices, shown.network) == (
        state.hall_name,
        state.window_no,
        state.devices,
        state.network,
    )
    assert shown.visit is State.IDLE
    assert shown.outbox.rows == ()
    assert shown.today.drafts == ()
    assert msgspec.json.encode(shown.say) == b"null"


def test_after_the_lock_no_screen_asks_for_a_card_that_nobody_waits_for(bench: Bench) -> None:
    bench.call()
    bench.desk.read_card()
    before = bench.state.identity.reading
    assert before is Reading.WAITING
    bench.until(lambda: bench.devices.state_of("id_card") == "busy", "reading")
    bench.desk.lock()
    bench.until(lambda: bench.reader.given_up, "the reader is left alone")
    bench.desk.unlock("1203", "demo")
    bench.settle()

    assert bench.state.lock is None
    assert bench.state.identity.reading is Reading.NONE
