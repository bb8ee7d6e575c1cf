from datetime import timedelta
from pathlib import Path

import pytest

from tests.desk import NOW, Bench
from window_client.domain.visit import State, Step
from window_client.reception.pausing import KEPT


def test_a_pause_has_a_reason_and_a_time_of_return_and_the_hall_is_told(bench: Bench) -> None:
    bench.desk.pause("rest", 15)
    assert bench.state.visit is State.PAUSED
    assert bench.state.pause is not None
    assert (bench.state.pause.reason, bench.state.pause.told) == ("rest", False)
    assert bench.state.pause.back_at == NOW + timedelta(minutes=15)
    bench.settle()

    assert bench.state.pause.told
    back = (NOW + timedelta(minutes=15)).isoformat()
    assert bench.centre.of("status") == [{"paused": True, "reason": "rest", "back_at": back}]
    bench.until(lambda: bench.display.shown[-1:] == [("----", "BACK 10:15")], "the display says so")


def test_opening_again_tells_the_hall(bench: Bench) -> None:
    bench.desk.pause("meal", 0)
    bench.settle()
    assert bench.state.pause is not None
    assert bench.state.pause.back_at is None
    bench.desk.unpause()
    bench.settle()

    assert bench.state.visit is State.IDLE
    assert bench.state.pause is None
    assert [body["paused"] for body in bench.centre.of("status")] == [True, False]
    assert bench.store.cache.get(KEPT) is None


def test_changing_a_pause_keeps_when_it_began(bench: Bench) -> None:
    bench.desk.pause("rest", 10)
    bench.settle()
    bench.pass_time(240)
    bench.desk.pause("meeting", 30)
    bench.settle()

    assert bench.state.pause is not None
    assert bench.state.pause.since == NOW
    assert bench.state.pause.back_at == NOW + timedelta(minutes=34)
    assert [body["reason"] for body in bench.centre.of("status")] == ["rest", "meeting"]


def test_nothing_is_called_while_paused(bench: Bench) -> None:
    bench.desk.pause("rest", 10)
    bench.settle()
    bench.desk.call_next()
    bench.desk.serve_without_ticket()
    bench.settle()

    assert bench.centre.of("call") == []
    assert bench.state.visit is State.PAUSED


def test_a_pause_survives_a_restart(tmp_path: Path) -> None:
    with Bench(tmp_path) as bench:
        bench.desk.pause("meeting", 30)
        bench.settle()
    with Bench(tmp_path) as again:
        assert again.state.visit is State.PAUSED
        assert again.state.pause is not None
        assert again.state.pause.back_at == NOW + timedelta(minutes=30)
        again.desk.unpause()
        again.settle()
        assert again.state.visit.value == "idle"


def test_without_the_line_the_window_pauses_and_the_hall_is_told_later(bench: Bench) -> None:
    bench.centre.down = True
    bench.desk.pause("rest", 10)
    bench.settle()
    assert bench.state.visit is State.PAUSED
    assert bench.state.pause is not None
    assert not bench.state.pause.told

    bench.centre.down = False
    bench.desk.queue_changed()
    bench.settle()
    assert [body["paused"] for body in bench.centre.of("status")] == [True, True]
    assert bench.state.pause.told


def test_what_was_opened_without_the_line_is_told_later_also_after_a_restart(tmp_path: Path) -> None:
    with Bench(tmp_path) as bench:
        bench.desk.pause("rest", 10)
        bench.settle()
        bench.centre.down = True
        bench.desk.unpause()
        bench.settle()
    with Bench(tmp_path) as again:
        centre = again.centre
        centre._queue = lambda _: centre.picture(paused=not centre.of("status"))  # type: ignore[method-assign]
        again.desk.queue_changed()
        again.until(lambda: again.centre.of("status"), "told")
        again.settle()
        assert again.state.visit is State.IDLE
        assert again.centre.of("status")[-1]["paused"] is False


def test_what_a_steward_paused_is_shown_as_paused(bench: Bench) -> None:
    bench.centre.answers["queue"] = bench.centre.picture(paused=True)
    bench.desk.queue_changed()
    bench.settle()

    assert bench.state.visit is State.PAUSED
    assert bench.centre.of("status") == []


def test_a_pause_that_the_centre_lost_is_told_again(bench: Bench) -> None:
    bench.desk.pause("rest", 10)
    bench.settle()
    bench.desk.queue_changed()
    bench.settle()

    assert len(bench.centre.of("status")) >= 2
    assert bench.state.visit is State.PAUSED


def test_a_change_while_the_first_word_is_on_its_way_is_told_after_it(bench: Bench) -> None:
    bench.desk.pause("rest", 10)
    bench.desk.pause("meal", 60)
    bench.settle()

    assert bench.centre.of("status")[-1]["reason"] == "meal"
    assert bench.state.pause is not None
    assert bench.state.pause.told


def test_an_accepted_visit_ends_with_the_pause(bench: Bench) -> None:
    bench.up_to(Step.SUBMIT)
    bench.submit()
    bench.desk.pause("rest", 10)
    bench.settle()

    assert bench.state.visit is State.PAUSED
    assert bench.store.drafts.open_drafts() == []


@pytest.mark.parametrize("step", [Step.IDENTITY, Step.FORM])
def test_a_visit_is_not_paused_over(bench: Bench, step: Step) -> None:
    bench.up_to(step)
    before = bench.state.visit
    bench.desk.pause("rest", 10)

    assert bench.state.visit is before
    assert bench.state.pause is None


def test_a_pause_that_cannot_be_kept_still_pauses(bench: Bench) -> None:
    with bench.held_by_another():
        bench.desk.pause("rest", 10)
    assert bench.state.visit is State.PAUSED
    bench.settle()


def test_a_kept_pause_that_cannot_be_read_is_let_go(tmp_path: Path) -> None:
    with Bench(tmp_path) as bench:
        bench.store.cache.put(KEPT, b"not json")
    with Bench(tmp_path) as again:
        assert again.state.visit is State.IDLE
