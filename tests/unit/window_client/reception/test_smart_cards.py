"""A social security card may be put in while F9 waits for an identity card."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.contracts import SmartCardRecord
from drivers.errors import DeviceError, Fault
from tests.desk import CARD, LIMING, Bench
from ui.reception.identity.cards_model import person_card
from ui.reception.texts import say_words
from window_client.domain.people import SOCIAL_CARD, IdentitySource
from window_client.domain.visit import State
from window_client.reception.state import Reading


def social(**fields: str) -> SmartCardRecord:
    return SmartCardRecord(bytes.fromhex("3b6d00"), application="社会保障卡", fields=fields)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with Bench(tmp_path, chips=True) as made:
        made.call()
        made.until(lambda: made.devices.state_of("smart_card") == "ready", "the reader of chips")
        made.desk.read_card()
        made.until(lambda: made.devices.state_of("smart_card") == "busy", "waiting for a chip")
        yield made


def test_name_and_number_of_a_social_security_card_fill_like_typed_ones_and_say_where_they_came_from(
    bench: Bench,
) -> None:
    bench.chips.put_in(social(name="李示例", id_no=LIMING, card_no="Z1234567X"))
    bench.until(lambda: bench.state.identity.reading is Reading.TYPED, "taken")

    person = bench.draft.applicant
    assert person is not None
    assert (person.name, person.id_no, person.source, person.medium) == (
        "李示例",
        LIMING,
        IdentitySource.TYPED,
        SOCIAL_CARD,
    )
    assert person.birth == "1988-06-12", "its number says it"
    card = person_card(person, (), bench.state.identity, bench.now, None)
    assert card.confirmed == "社保卡读出，请人工核对证件原件"
    assert card.confirmed_tone == "warn"
    bench.until(lambda: bench.reader.given_up, "nobody waits for the identity card any more")


def test_the_identity_card_goes_first_where_it_comes_first(bench: Bench) -> None:
    bench.reader.lay(CARD)
    bench.until(lambda: bench.state.identity.reading is Reading.READ, "read")
    bench.until(lambda: bench.chips.given_up, "nobody waits for a chip any more")
    bench.chips.put_in(social(name="王示例", id_no=LIMING))
    bench.settle()
    assert bench.draft.applicant is not None
    assert bench.draft.applicant.name == CARD.name


@pytest.mark.parametrize("code", ["card_locked", "card_unknown", "garbled"])
def test_a_card_that_cannot_be_read_is_told_and_the_identity_card_is_waited_for_on(bench: Bench, code: str) -> None:
    bench.chips.put_in(DeviceError("chips", Fault.REFUSED, code))
    said = "not_read" if code == "garbled" else code
    bench.until(lambda: bench.said == f"smart_card.{said}", "told")
    assert bench.state.say is not None
    assert "身份证" in say_words(bench.state.say)
    assert bench.state.identity.reading is Reading.WAITING
    bench.reader.lay(CARD)
    bench.until(lambda: bench.state.identity.reading is Reading.READ, "read all the same")


def test_a_card_without_name_is_told(bench: Bench) -> None:
    bench.chips.put_in(social(card_no="Z1234567X"))
    bench.until(lambda: bench.said == "smart_card.no_name", "told")
    assert bench.draft.applicant is None


def test_a_number_that_is_none_is_refused_as_if_it_was_typed(bench: Bench) -> None:
    bench.chips.put_in(social(name="李示例", id_no="510799198806120018"))
    bench.until(lambda: bench.state.identity.reading is Reading.FAILED, "refused")
    assert bench.draft.applicant is None


def test_a_card_of_a_visit_that_is_over_fills_nothing(bench: Bench) -> None:
    bench.desk.no_show()
    bench.until(lambda: bench.state.visit is State.IDLE, "over")
    bench.until(lambda: bench.chips.given_up, "the reader is free")
    bench.chips.put_in(social(name="李示例", id_no=LIMING))
    bench.call()
    bench.settle()
    assert bench.draft.applicant is None


def test_a_window_without_such_a_reader_reads_identity_cards_as_ever(tmp_path: Path) -> None:
    with Bench(tmp_path) as made:
        made.call()
        made.desk.read_card()
        made.reader.lay(CARD)
        made.until(lambda: made.state.identity.reading is Reading.READ, "read")
