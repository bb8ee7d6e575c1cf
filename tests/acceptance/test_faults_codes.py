"""The code scanner at the whole counter: what it reads does its work, each fault is told, and the visit goes on."""

from collections.abc import Iterator

import pytest

from tests.counter import Counter
from ui.reception.texts import say_words
from ui.reception.viewer.device_model import device as device_face
from window_client.domain.visit import State


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    """An idle window with a code scanner; every test leaves it idle and the scanner well."""
    with Counter(tmp_path_factory.mktemp("codes"), kinds=("codes",)) as made:
        made.sign_in()
        made.devices_ready("codes")
        yield made


def scan(counter: Counter, text: str) -> None:
    counter.world.emulators["codes"].put("/code", {"text": text})


def listening(counter: Counter) -> None:
    counter.until(lambda _: counter.device("codes").state == "busy", "somebody asks the scanner")


def next_number(counter: Counter) -> str:
    counter.until(lambda s: s.queue.next, "somebody waits")
    return counter.state.queue.next[0].number


def called_by_code(counter: Counter) -> None:
    """A ticket that is scanned now is called; then the window is idle again."""
    number = next_number(counter)
    listening(counter)
    scan(counter, f"https://hall.example/ticket/{number}")
    counter.until(lambda s: s.draft is not None and s.draft.ticket.number == number, f"{number} called")
    counter.desk.no_show()
    counter.until(lambda s: s.visit is State.IDLE, "idle again")


def said_bad(counter: Counter, code: str, after: int) -> str:
    counter.until(lambda s: s.say is not None and s.say.seq > after and s.say.code == code, code)
    assert counter.state.say is not None
    assert counter.state.say.bad
    return say_words(counter.state.say)


def seq(counter: Counter) -> int:
    return counter.state.say.seq if counter.state.say else 0


def test_a_ticket_is_called_by_its_code(counter: Counter) -> None:
    called_by_code(counter)


@pytest.mark.parametrize(("fault", "code"), [("garbled", "codes.garbled"), ("partial", "codes.garbled"),
                                             ("wrong", "codes.unknown")])  # fmt: skip
def test_a_damaged_or_a_wrong_code_is_told_and_changes_nothing(counter: Counter, fault: str, code: str) -> None:
    listening(counter)
    before = seq(counter)
    counter.desk._codes._told_at = None  # as if nothing was damaged a moment ago
    counter.world.emulators["codes"].set_fault(fault, times=1)
    scan(counter, next_number(counter))
    assert "没有改动" in said_bad(counter, code, before)
    assert counter.state.visit is State.IDLE
    called_by_code(counter)


def test_a_silent_scanner_does_nothing_and_its_next_code_counts(counter: Counter) -> None:
    listening(counter)
    before = seq(counter)
    counter.world.emulators["codes"].set_fault("silent", times=1)
    scan(counter, next_number(counter))
    counter.settle()
    assert (counter.state.visit, seq(counter)) == (State.IDLE, before)
    called_by_code(counter)


def test_a_slow_scanner_is_waited_for(counter: Counter) -> None:
    counter.world.emulators["codes"].set_fault("slow", times=1)
    called_by_code(counter)


def test_a_scanner_that_is_pulled_out_is_told_with_steps_and_works_after_it_is_back(counter: Counter) -> None:
    counter.world.unplug("codes")
    counter.pill("codes", "offline", "absent")
    face = device_face(counter.state)
    assert face.steps
    assert "手工输入" in face.note
    counter.desk.call_number(next_number(counter))
    counter.until(lambda s: s.visit is State.CALLING, "typed numbers are called as ever")
    counter.desk.no_show()
    counter.until(lambda s: s.visit is State.IDLE, "idle again")

    counter.world.plug("codes")
    counter.pill("codes", "ready")
    called_by_code(counter)
