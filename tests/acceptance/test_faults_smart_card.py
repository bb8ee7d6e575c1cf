"""Chip cards in trouble in step 1: what the clerk reads, and that the identity card or typing takes over.

The product's driver, a PC/SC service that we did not write, and a virtual card of ours.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.contracts import DeviceConfig
from drivers.emulators import smart_card as emulated
from drivers.emulators.process import EmulatorProcess
from tests.desk import CARD, Bench
from tests.drivers.pcsc_peer import PcscService, pcsc_service
from tests.fault_matrix import AT_DESK, GONE, WORKS, in_both
from ui.reception.status.model import status_bar
from ui.reception.texts import say_words
from window_client.domain.people import SOCIAL_CARD
from window_client.domain.visit import State
from window_client.reception.state import Reading

TABLE = AT_DESK["smart_card"]
NAME = "测试甲"


@pytest.fixture(scope="module")
def service() -> Iterator[PcscService]:
    with pcsc_service() as running:
        yield running


@pytest.fixture
def card(service: PcscService, monkeypatch: pytest.MonkeyPatch) -> Iterator[EmulatorProcess]:
    monkeypatch.setenv("PCSCLITE_CSOCK_NAME", service.socket)
    with EmulatorProcess("smart_card", "--vpcd", service.vpcd) as running:
        yield running


@pytest.fixture
def bench(tmp_path: Path, card: EmulatorProcess) -> Iterator[Bench]:
    config = DeviceConfig("chips", "smart_card", "pcsc", "pcsc://Virtual", emulated=True)
    with Bench(tmp_path / "store", real=[config]) as made:
        yield made


def reads(bench: Bench) -> None:
    """F9, and the reader waits for the chip that lies in it."""
    bench.call()
    bench.until(lambda: bench.devices.state_of("smart_card") in {"ready", "busy"}, "the reader is there")
    bench.desk.read_card()


def test_every_switch_of_the_emulator_is_in_the_table() -> None:
    assert TABLE.keys() - {GONE} == emulated.FAULTS


@pytest.mark.parametrize("fault", [fault for fault in TABLE if fault != GONE])
def test_a_chip_in_trouble_is_told_and_the_identity_card_is_read_instead(
    bench: Bench, card: EmulatorProcess, fault: str
) -> None:
    card.set_fault(fault, times=1 if fault == "removed" else None)
    reads(bench)
    if fault == "removed":
        bench.until(lambda: card.state()["card"] is False, "taken out in the middle")
        card.put("/card", {})
    if TABLE[fault] == WORKS:
        bench.until(lambda: bench.state.identity.reading is Reading.TYPED, "read all the same")
        assert bench.draft.applicant is not None
        assert (bench.draft.applicant.name, bench.draft.applicant.medium) == (NAME, SOCIAL_CARD)
        return
    bench.until(lambda: bench.said == f"smart_card.{TABLE[fault]}", f"told {TABLE[fault]}")
    assert bench.state.say is not None
    assert "身份证" in say_words(bench.state.say)
    in_both(f"desk.toast.smart_card.{TABLE[fault]}")
    assert bench.state.identity.reading is Reading.WAITING, "the identity card is waited for on"

    bench.reader.lay(CARD)
    bench.until(lambda: bench.state.identity.reading is Reading.READ, "the identity card is read")
    assert bench.state.visit is State.SERVING
    card.set_fault(None)


def test_a_card_that_is_not_in_the_reader_is_waited_for_and_nothing_is_told(
    bench: Bench, card: EmulatorProcess
) -> None:
    card.delete("/card")
    reads(bench)
    bench.reader.lay(CARD)
    bench.until(lambda: bench.state.identity.reading is Reading.READ, "the identity card is read")
    assert bench.said == ""


def test_a_service_that_ends_is_said_and_the_visit_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pcsc_service() as running:
        monkeypatch.setenv("PCSCLITE_CSOCK_NAME", running.socket)
        config = DeviceConfig("chips", "smart_card", "pcsc", "pcsc://Virtual", emulated=True)
        with EmulatorProcess("smart_card", "--vpcd", running.vpcd), Bench(tmp_path / "store", real=[config]) as bench:
            running.kill()
            bench.until(lambda: bench.devices.state_of("smart_card") == "offline", "gone")
            bench.settle()
            pill = next(row for row in status_bar(bench.state, bench.now).pills if row.id == "chips")
            assert (pill.reason, pill.key) == ("没有找到", "Alt+D")
            bench.call()
            bench.identify()
            assert bench.state.visit is State.SERVING
