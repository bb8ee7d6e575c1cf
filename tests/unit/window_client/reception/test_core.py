import msgspec
import pytest

from tests.desk import Bench
from window_client.central.client import Rejected, Unavailable
from window_client.domain.visit import Event, NotAllowed, State, Step


def test_what_belongs_together_is_shown_once_and_whole(bench: Bench) -> None:
    core = bench.desk._core
    bench.states.clear()

    with core.together():
        core.set(busy="calling")
        with core.together():
            core.set(window_title="a title")
        core.set(busy="")

    assert [(state.busy, state.window_title) for state in bench.states] == [("", "a title")]


def test_where_nothing_changed_nothing_is_shown(bench: Bench) -> None:
    bench.states.clear()

    with bench.desk._core.together():
        pass

    assert bench.states == []


def test_the_table_decides_what_may_happen(bench: Bench) -> None:
    core = bench.desk._core

    assert core.allowed(Event.CALL)
    assert not core.allowed(Event.SUBMIT)
    with pytest.raises(NotAllowed):
        core.go(Event.SUBMIT)
    assert core.state.visit is State.IDLE


def test_the_draft_moves_with_the_visit(bench: Bench) -> None:
    bench.call()

    bench.desk._core.go(Event.ARRIVE)

    assert bench.draft.state is State.SERVING


def test_there_is_no_draft_while_nobody_is_here(bench: Bench) -> None:
    with pytest.raises(RuntimeError, match="no visit is open"):
        _ = bench.desk._core.draft


def test_what_is_kept_is_on_disk_before_it_is_shown(bench: Bench) -> None:
    bench.call()
    core = bench.desk._core
    on_disk: list[str] = []
    core.show = lambda _: on_disk.append(bench.on_disk().item_id)

    assert core.keep(msgspec.structs.replace(bench.draft, item_id="SC-MKT-001"))

    assert on_disk == ["SC-MKT-001"]
    assert bench.state.saved_at == bench.now


def test_what_cannot_be_kept_is_not_shown(bench: Bench) -> None:
    bench.call()
    core = bench.desk._core

    with bench.held_by_another():
        assert not core.keep(msgspec.structs.replace(bench.draft, item_id="SC-MKT-001"))

    assert bench.draft.item_id == ""
    assert bench.said == "store.occupied"


def test_every_word_to_the_clerk_is_a_new_one(bench: Bench) -> None:
    core = bench.desk._core

    core.say("draft.saved")
    first = core.state.say
    core.say("draft.saved", n="2")

    assert first is not None
    assert core.state.say is not None
    assert core.state.say.seq == first.seq + 1
    assert core.state.say.args == {"n": "2"}


@pytest.mark.parametrize(
    ("error", "code"), [(Rejected("too_soon"), "central.too_soon"), (Unavailable("x"), "central.unavailable")]
)
def test_what_the_centre_did_not_do_is_told(bench: Bench, error: Exception, code: str) -> None:
    bench.desk._core.tell_unanswered(error)

    assert bench.said == code


def test_a_bug_is_no_answer_of_the_centre(bench: Bench) -> None:
    with pytest.raises(ZeroDivisionError):
        bench.desk._core.tell_unanswered(ZeroDivisionError())


def test_a_refresh_shows_what_follows_from_the_draft_and_writes_nothing(bench: Bench) -> None:
    bench.up_to(Step.FORM)
    saved = bench.on_disk().saved_at
    bench.pass_time(60)

    bench.desk._core.refresh()

    assert bench.on_disk().saved_at == saved
    assert bench.state.form is not None
