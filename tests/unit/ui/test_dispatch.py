from threading import Event, Thread, current_thread, main_thread

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from ui.dispatch import QtDispatcher, beside, waited_for


def test_calls_run_on_the_main_thread_in_their_order(qtbot: QtBot) -> None:
    gate, seen = QtDispatcher(), []

    def work() -> None:
        for number in range(5):
            gate.post(lambda n=number: seen.append((n, current_thread() is main_thread())))  # type: ignore[misc]

    thread = Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [], "nothing runs before the main thread turns to it"
    qtbot.waitUntil(lambda: len(seen) == 5, timeout=20_000)
    assert seen == [(n, True) for n in range(5)]


def test_a_call_posted_on_the_main_thread_waits_its_turn(qtbot: QtBot) -> None:
    gate, seen = QtDispatcher(), []
    gate.post(lambda: seen.append("later"))
    seen.append("now")
    qtbot.waitUntil(lambda: len(seen) == 2, timeout=20_000)
    assert seen == ["now", "later"]


def test_after_closing_nothing_runs_though_the_loop_goes_on(qtbot: QtBot) -> None:
    gate, other, seen = QtDispatcher(), QtDispatcher(), []
    gate.post(lambda: seen.append("posted before"))
    gate.later(0.0, lambda: seen.append("timer"))
    gate.close()
    gate.post(lambda: seen.append("posted after"))
    other.later(0.05, lambda: seen.append("another's"))
    qtbot.waitUntil(lambda: bool(seen), timeout=20_000)
    assert seen == ["another's"]


def test_calling_off_is_safe_before_and_after_it_fired(qtbot: QtBot) -> None:
    gate, seen = QtDispatcher(), []
    off_late = gate.later(0.0, lambda: seen.append("fired"))
    off_early = gate.later(0.01, lambda: seen.append("called off"))
    off_early()
    off_early()
    gate.later(0.05, lambda: seen.append("end"))
    qtbot.waitUntil(lambda: "end" in seen, timeout=20_000)
    off_late()
    assert seen == ["fired", "end"]


def test_a_gate_whose_last_holder_is_a_thread_is_no_danger(qtbot: QtBot) -> None:
    """As QObject of its own it was destroyed in that thread."""
    begun, seen = Event(), []

    def work(gate: QtDispatcher) -> None:
        begun.wait(10)
        gate.post(lambda: seen.append(1))

    threads = [Thread(target=work, args=(QtDispatcher(),)) for _ in range(50)]
    for thread in threads:
        thread.start()
    begun.set()
    qtbot.waitUntil(lambda: len(seen) == 50, timeout=20_000)
    for thread in threads:
        thread.join()


class Asker(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.answers: list[tuple[str, bool]] = []

    def answered(self, name: str) -> None:
        self.answers.append((name, current_thread() is main_thread()))


def test_work_beside_is_answered_on_the_qt_thread(qtbot: QtBot) -> None:
    asker, worked_in = Asker(), []

    def work() -> str:
        worked_in.append(current_thread().name)
        return "page"

    beside(work, asker.answered, name="pictures")
    qtbot.waitUntil(lambda: bool(asker.answers), timeout=20_000)
    assert (worked_in, asker.answers) == (["pictures"], [("page", True)])


def test_nobody_is_answered_who_is_gone(qtbot: QtBot) -> None:
    """The thread does not hold the asker: it dies here, and the answer finds nobody."""
    go, left, gate = Event(), Asker(), QtDispatcher()
    seen: list[str] = []

    def work() -> str:
        go.wait(10)
        return "late"

    beside(work, left.answered, name="pictures")
    delete(left)
    go.set()
    qtbot.waitUntil(lambda: not waited_for(), timeout=20_000)
    gate.post(lambda: seen.append("on"))
    qtbot.waitUntil(lambda: seen == ["on"], timeout=20_000)
    assert left.answers == []
