import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from drivers.errors import DeviceError, Fault
from tests.desk import Bench
from ui.reception.result.model import result
from ui.words import words
from window_client.central import contract
from window_client.domain.rating import Grade
from window_client.domain.visit import State, Step
from window_client.reception.state import ApplicantPage, TriedState

MakeBench = Callable[..., Bench]


@pytest.fixture
def rating(tmp_path: Path) -> Iterator[MakeBench]:
    """A desk with a pad, where a case was just accepted; ``screen`` says whether the applicant has one."""
    benches: list[Bench] = []

    def make(*, screen: bool = False, turns: bool = False, **options: bool) -> Bench:
        bench = Bench(tmp_path / str(len(benches)), pad=dict(options))
        benches.append(bench)
        bench.__enter__()
        bench.desk.second_screen_changed(there=screen, turns=turns)
        bench.up_to(Step.SUBMIT)
        bench.submit()
        assert bench.state.visit is State.RATING
        return bench

    yield make
    for bench in benches:
        bench.__exit__(None, None, None)


def rated(bench: Bench) -> contract.Rating | None:
    """The rating as it waits in the outbox."""
    found = [row for row in bench.store.outbox.due(now=bench.now) if row.kind == "rating"]
    if not found:
        return None
    message = msgspec.json.decode(found[0].body, type=contract.RatingMessage)
    return msgspec.json.decode(message.rating, type=contract.Rating)


def asks(bench: Bench, times: int = 1) -> None:
    bench.until(lambda: bench.pad.asked == times, "the pad asks")


def over(bench: Bench) -> None:
    bench.until(lambda: bench.state.applicant.page is ApplicantPage.THANKS, "thanks")


@pytest.mark.parametrize(("key", "grade"), [(5, Grade.VERY_SATISFIED), (3, Grade.FAIRLY_SATISFIED)])
def test_a_key_of_the_pad_is_the_rating_and_the_visit_ends(rating: MakeBench, key: int, grade: Grade) -> None:
    bench = rating()
    asks(bench)
    bench.pad.press(key)
    over(bench)

    kept = rated(bench)
    assert kept is not None
    assert (kept.grade, kept.details, kept.window) == (grade, (), 12)
    bench.pass_time(5)
    bench.until(lambda: bench.state.visit is State.IDLE, "idle")


def test_a_bad_grade_without_a_screen_is_kept_at_once_without_a_reason(rating: MakeBench) -> None:
    bench = rating()
    asks(bench)
    bench.pad.press(1)
    over(bench)

    kept = rated(bench)
    assert kept is not None
    assert (kept.grade, kept.details) == (Grade.VERY_DISSATISFIED, ("other",))


def test_where_the_applicant_has_a_screen_the_pad_stays_dark(rating: MakeBench) -> None:
    bench = rating(screen=True)
    assert bench.state.applicant.on_pad is False
    bench.desk.applicant_rates("SATISFIED")
    over(bench)

    assert bench.pad.asked == 0


def test_a_turned_screen_of_the_clerk_is_none_of_the_applicant(rating: MakeBench) -> None:
    bench = rating(screen=True, turns=True)
    asks(bench)

    assert bench.state.applicant.on_pad


def test_by_setting_both_ask_and_the_first_answer_counts(rating: MakeBench) -> None:
    bench = rating(screen=True, beside_screen=True)
    asks(bench)
    bench.desk.applicant_rates("SATISFIED")
    over(bench)
    bench.until(lambda: bench.pad.called_off, "the pad is called off")
    bench.pad.press(1)
    bench.settle()

    kept = rated(bench)
    assert kept is not None
    assert kept.grade is Grade.SATISFIED


def test_a_bad_grade_beside_a_screen_asks_why_there(rating: MakeBench) -> None:
    bench = rating(screen=True, beside_screen=True)
    asks(bench)
    bench.pad.press(2)
    bench.until(lambda: bench.state.applicant.page is ApplicantPage.REASONS, "why")
    assert (bench.state.applicant.on_pad, rated(bench)) == (False, None)
    bench.desk.applicant_gives_reasons(["slow"])
    over(bench)

    kept = rated(bench)
    assert kept is not None
    assert (kept.grade, kept.details) == (Grade.DISSATISFIED, ("slow",))


@pytest.mark.parametrize(
    "trouble",
    [
        DeviceError("pad", Fault.TIMEOUT, "no_rating"),
        DeviceError("pad", Fault.ABSENT),
        DeviceError("pad", Fault.GARBLED),
        DeviceError("pad", Fault.REFUSED),
    ],
    ids=lambda error: error.code,
)
def test_without_a_key_or_without_the_pad_the_visit_ends_unrated(rating: MakeBench, trouble: DeviceError) -> None:
    bench = rating()
    asks(bench)
    bench.pad.press(trouble)
    over(bench)

    assert rated(bench) is None
    bench.pass_time(5)
    bench.until(lambda: bench.state.visit is State.IDLE, "idle")


def test_a_pad_that_goes_leaves_the_screen_asking(rating: MakeBench) -> None:
    bench = rating(screen=True, beside_screen=True)
    asks(bench)
    bench.pad.press(DeviceError("pad", Fault.ABSENT))
    bench.until(lambda: not bench.state.applicant.on_pad, "the pad has gone")

    assert bench.state.applicant.page is ApplicantPage.RATE
    bench.desk.applicant_rates("VERY_SATISFIED")
    over(bench)
    assert rated(bench) is not None


def test_a_key_after_the_visit_counts_for_nobody(rating: MakeBench) -> None:
    bench = rating()
    asks(bench)
    bench.desk.call_next()
    bench.settle()
    bench.until(lambda: bench.pad.called_off, "the pad is called off")
    bench.pad.press(1)
    bench.settle()

    assert rated(bench) is None
    assert bench.state.visit is State.CALLING


def test_after_a_minute_it_is_over_whatever_the_pad_does(rating: MakeBench) -> None:
    bench = rating()
    asks(bench)
    bench.pass_time(61)
    over(bench)

    bench.until(lambda: bench.pad.called_off, "the pad is called off")
    assert rated(bench) is None


def test_the_clerk_reads_where_it_is_asked_and_never_what_was_said(
    rating: MakeBench, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    bench = rating()
    asks(bench)
    shown = result(bench.state)
    assert shown is not None
    assert (shown.rating_shown, shown.rating_hint) == (True, words("desk.rating.hint_pad"))
    bench.pad.press(2)
    over(bench)
    bench.pass_time(5)
    bench.settle()

    told = " ".join(repr(state) for state in bench.states) + caplog.text
    assert Grade.DISSATISFIED.value not in told
    assert rated(bench) is not None


def test_trying_the_pad_keeps_no_grade(tmp_path: Path) -> None:
    with Bench(tmp_path / "store", pad={}) as bench:
        bench.desk.test_device("pad")
        asks(bench)
        bench.pad.press(1)
        bench.until(lambda: bench.state.tried is not None and bench.state.tried.state is TriedState.DONE, "tried")

        assert bench.state.tried is not None
        assert bench.state.tried.facts == {}
        assert bench.outbox() == []
