"""The card reader and the number display fail; the visit goes on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.counter import Counter
from ui.reception.identity.model import identity
from ui.reception.status.model import status_bar
from ui.words import words
from window_client.demo import LIMING
from window_client.domain.visit import State, Step
from window_client.reception.state import Reading

OTHER = "510799199001010018"
FAULTS = {
    "silent": "timeout",
    "garbled": "garbled",
    "wrong_answer": "garbled",
    "partial_answer": "garbled",
    "card_moved": "card_moved",
    "not_genuine": "card_not_genuine",
    "unknown_card": "card_unknown",
    "sam_fault": "sam_self_test",
}


@pytest.fixture(scope="module")
def calling(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    """A window that has called a number and waits for its card; every test but the last leaves it so."""
    with Counter(tmp_path_factory.mktemp("reader"), kinds=("id_card",)) as counter:
        counter.sign_in()
        counter.devices_ready("id_card")
        counter.call()
        yield counter


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    with Counter(tmp_path, kinds=("id_card", "display")) as made:
        made.sign_in()
        made.devices_ready("id_card", "display")
        yield made


@pytest.mark.parametrize("fault", FAULTS)
def test_a_reader_that_fails_says_why_and_what_to_do(calling: Counter, fault: str) -> None:
    reader = calling.world.emulators["id_card"]
    reader.put("/card", {"id_no": LIMING})
    reader.set_fault(fault)

    calling.desk.read_card()
    calling.until(lambda s: s.identity.reading is Reading.FAILED, "refused")

    reader.set_fault(None)
    reader.delete("/card")
    assert calling.state.identity.code == FAULTS[fault]
    assert calling.state.visit is State.CALLING
    assert calling.state.draft is not None
    assert calling.state.draft.applicant is None
    seen = identity(calling.state, calling.app.clock()).waiting
    assert seen is not None
    assert seen.level == "bad"
    assert "F9" in seen.text or "手工录入" in seen.text
    assert calling.state.say is None or not calling.state.say.bad


def test_a_typed_number_with_a_wrong_digit_is_not_taken(calling: Counter) -> None:
    calling.desk.type_identity("李示例", LIMING[:-1] + ("0" if LIMING[-1] != "0" else "1"))

    assert calling.state.identity.reading is Reading.FAILED
    assert calling.state.identity.code == "bad_check_digit"
    assert calling.state.visit is State.CALLING


def test_a_reader_that_is_healed_reads_the_card_that_lies_there(calling: Counter) -> None:
    reader = calling.world.emulators["id_card"]
    reader.set_fault("garbled")
    reader.put("/card", {"id_no": OTHER})
    calling.desk.read_card()
    calling.until(lambda s: s.identity.reading is Reading.FAILED, "garbled")

    reader.set_fault(None)
    calling.desk.read_card()

    calling.until(lambda s: s.identity.reading is Reading.READ, "read")
    assert calling.state.visit is State.SERVING
    reader.delete("/card")


def test_a_reader_unplugged_in_the_middle_is_typed_round_and_comes_back(counter: Counter) -> None:
    counter.call()
    counter.desk.read_card()
    counter.pill("id_card", "busy")

    counter.world.unplug("id_card")
    counter.until(lambda s: s.identity.reading is Reading.FAILED, "the reader is gone")

    assert counter.state.identity.code == "absent"
    counter.pill("id_card", "offline", "absent")
    pill = next(row for row in status_bar(counter.state, counter.app.clock()).pills if row.id == "reader")
    assert (pill.level, pill.reason) == ("warn", words("desk.code.absent"))
    counter.desk.type_identity("李示例", LIMING)
    counter.until(lambda s: s.visit is State.SERVING, "typed")
    assert counter.state.identity.reading is Reading.TYPED
    counter.until(lambda s: s.identity.lookup == "done", "looked up")
    counter.desk.next_step()
    assert counter.state.open_step is Step.ITEM

    counter.world.plug("id_card")
    counter.pill("id_card", "ready")
    counter.desk.open_step(Step.IDENTITY)
    counter.identify()


def test_the_display_goes_and_shows_the_present_number_when_it_is_back(counter: Counter) -> None:
    counter.world.unplug("display")
    counter.pill("display", "offline", "absent")

    counter.call()
    number = counter.state.ticket.number if counter.state.ticket else ""
    assert number

    display = counter.world.plug("display")
    counter.pill("display", "ready")
    counter.wait(lambda: number in str(display.state()["upper"]), "the number is shown")


def test_a_display_that_stalls_holds_nothing_up(counter: Counter) -> None:
    display = counter.world.emulators["display"]
    display.set_fault("stalled")

    counter.call()
    counter.desk.type_identity("李示例", LIMING)
    counter.until(lambda s: s.visit is State.SERVING, "served")

    display.set_fault(None)
    counter.wait(
        lambda: counter.state.ticket and counter.state.ticket.number in str(display.state()["upper"]), "it catches up"
    )
