import threading
import time

import pytest

from window_client.dispatch import ManualDispatcher
from window_client.lane import Lane


def drain(gate: ManualDispatcher, done: threading.Event) -> None:
    assert done.wait(10)
    while not gate.run():
        time.sleep(0.001)


def test_work_runs_in_the_lane_and_its_answer_on_the_caller() -> None:
    gate = ManualDispatcher()
    lane = Lane("test-lane", gate, expected=(ValueError,))
    names: list[str] = []
    done = threading.Event()

    def work() -> str:
        done.set()
        return threading.current_thread().name

    lane.run(work, done=names.append, failed=lambda _: None)
    drain(gate, done)
    lane.close(5)

    assert names == ["test-lane"]


def test_a_lane_that_is_closed_in_a_hurry_ends_the_running_call_and_drops_the_others() -> None:
    lane = Lane("test-lane", ManualDispatcher(), expected=(ValueError,), gives_way=True)
    began, go_on = threading.Event(), threading.Event()
    ran: list[int] = []

    def first() -> None:
        began.set()
        go_on.wait(10)
        ran.append(1)

    lane.run(first, done=lambda _: None, failed=lambda _: None)
    lane.run(lambda: ran.append(2), done=lambda _: None, failed=lambda _: None)
    assert began.wait(10)
    threading.Timer(0.1, go_on.set).start()
    lane.close(10, drop=True)

    assert ran == [1]


def test_an_expected_error_is_an_answer() -> None:
    gate = ManualDispatcher()
    lane = Lane("test-lane", gate, expected=(ValueError,))
    errors: list[Exception] = []
    done = threading.Event()

    def work() -> None:
        done.set()
        raise ValueError("no")

    lane.run(work, done=lambda _: None, failed=errors.append)
    drain(gate, done)
    lane.close(5)

    assert [type(error) for error in errors] == [ValueError]


def test_a_bug_is_raised_where_the_calls_run_and_the_lane_lives_on() -> None:
    gate = ManualDispatcher()
    lane = Lane("test-lane", gate, expected=(ValueError,))
    first, second = threading.Event(), threading.Event()
    answers: list[int] = []

    def bug() -> None:
        first.set()
        raise ZeroDivisionError

    lane.run(bug, done=lambda _: None, failed=lambda _: None)
    assert first.wait(10)
    with pytest.raises(ZeroDivisionError):
        drain(gate, first)

    def work() -> int:
        second.set()
        return 7

    lane.run(work, done=answers.append, failed=lambda _: None)
    drain(gate, second)
    lane.close(5)
    assert answers == [7]
