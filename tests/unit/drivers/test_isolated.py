"""Helper processes: answers, items, and every way in which native code can misbehave."""

import threading
from collections.abc import Iterator

import pytest

from drivers.errors import DeviceError, Fault
from drivers.isolated import Isolated


@pytest.fixture
def helper() -> Iterator[Isolated]:
    isolated = Isolated("reader", "tests.drivers.odd_helper")
    yield isolated
    isolated.stop()


def test_an_answer_comes_back_whatever_the_library_prints(helper: Isolated) -> None:
    assert helper.ask("chatter", {"say": "字"}, wait=20) == "字"


def test_items_come_one_by_one(helper: Isolated) -> None:
    assert list(helper.stream("count", {"to": 4}, wait=20)) == [0, 1, 2, 3]


def test_what_the_driver_says_comes_back_with_its_code(helper: Isolated) -> None:
    with pytest.raises(DeviceError) as caught:
        helper.ask("refuse", wait=20)
    assert (caught.value.fault, caught.value.code, caught.value.detail) == (Fault.ATTENTION, "jam", "rollers")
    assert caught.value.device == "reader"


def test_a_helper_that_hangs_is_killed_and_the_next_question_has_a_new_one(helper: Isolated) -> None:
    assert helper.ask("chatter", {"say": 1}, wait=20) == 1
    first = helper.pid
    with pytest.raises(DeviceError) as caught:
        helper.ask("hang", wait=0.3)
    assert caught.value.fault is Fault.TIMEOUT
    assert not helper.is_alive
    assert helper.ask("chatter", {"say": 2}, wait=20) == 2
    assert helper.pid != first


def test_a_helper_that_crashes_is_an_absent_device_and_comes_back(helper: Isolated) -> None:
    with pytest.raises(DeviceError) as caught:
        helper.ask("crash", wait=20)
    assert caught.value.fault is Fault.ABSENT
    assert helper.ask("chatter", {"say": 2}, wait=20) == 2


def test_calling_off_keeps_a_helper_that_listens(helper: Isolated) -> None:
    cancel = threading.Event()
    stream = helper.stream("count", {"to": 10_000, "every": 0.01}, wait=20, cancel=cancel)
    assert next(stream) == 0
    pid = helper.pid
    cancel.set()
    with pytest.raises(DeviceError) as caught:
        list(stream)
    assert caught.value.fault is Fault.CANCELLED
    assert helper.ask("chatter", {"say": 3}, wait=20) == 3
    assert helper.pid == pid


def test_calling_off_kills_a_helper_that_does_not_listen(helper: Isolated) -> None:
    cancel = threading.Event()
    threading.Timer(0.3, cancel.set).start()
    with pytest.raises(DeviceError) as caught:
        helper.ask("hang", wait=30, cancel=cancel)
    assert caught.value.fault is Fault.CANCELLED
    assert not helper.is_alive


def test_leaving_a_stream_early_calls_it_off(helper: Isolated) -> None:
    stream = helper.stream("count", {"to": 10_000, "every": 0.01}, wait=20)
    assert next(stream) == 0
    stream.close()  # type: ignore[attr-defined]
    assert helper.ask("chatter", {"say": 5}, wait=20) == 5


def test_a_bug_in_native_code_does_not_tell_what_it_held(helper: Isolated) -> None:
    with pytest.raises(DeviceError) as caught:
        helper.ask("trip", wait=20)
    assert caught.value.fault is Fault.GARBLED
    assert caught.value.detail == "KeyError"


def test_a_helper_that_cannot_start_says_so() -> None:
    with pytest.raises(DeviceError) as caught:
        Isolated("reader", "x", python=("/nonexistent/python",)).ask("count", wait=1)
    assert caught.value.code == "unsupported"


def test_it_ends_with_whoever_asked(helper: Isolated) -> None:
    helper.ask("chatter", {"say": 1}, wait=20)
    helper.stop()
    assert not helper.is_alive
    assert helper.pid == 0
