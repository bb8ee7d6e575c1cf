from threading import Thread, current_thread, main_thread

from pytestqt.qtbot import QtBot

from ui.dispatch import QtDispatcher


def test_calls_run_on_the_main_thread_in_their_order(qtbot: QtBot) -> None:
    gate, seen = QtDispatcher(), []

    def work() -> None:
        for number in range(5):
            gate.post(lambda n=number: seen.append((n, current_thread() is main_thread())))  # type: ignore[misc]

    thread = Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [], "nothing runs before the main thread turns to it"
    qtbot.waitUntil(lambda: len(seen) == 5)
    assert seen == [(n, True) for n in range(5)]


def test_a_call_posted_on_the_main_thread_waits_its_turn(qtbot: QtBot) -> None:
    gate, seen = QtDispatcher(), []
    gate.post(lambda: seen.append("later"))
    seen.append("now")
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen == ["now", "later"]


def test_after_closing_nothing_runs_though_the_loop_goes_on(qtbot: QtBot) -> None:
    gate, other, seen = QtDispatcher(), QtDispatcher(), []
    gate.post(lambda: seen.append("posted before"))
    gate.later(0.0, lambda: seen.append("timer"))
    gate.close()
    gate.post(lambda: seen.append("posted after"))
    other.later(0.05, lambda: seen.append("another's"))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == ["another's"]
