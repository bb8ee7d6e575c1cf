"""The chip card driver against a PC/SC service that we did not write, with a virtual card of ours in its reader."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Event

import pytest

from drivers import catalogue
from drivers.contracts import DeviceConfig, SmartCardRecord
from drivers.emulators.process import EmulatorProcess
from drivers.errors import DeviceError, DeviceState, Fault
from drivers.smart_card.pcsc import PcscReader
from tests.drivers.pcsc_peer import PcscService, pcsc_service

NOBODY = Event()
PATIENCE = 20.0
PERSON = {
    "id_no": "510799199001010018",
    "name": "测试甲",
    "sex": "男",
    "nation_code": "01",
    "birthplace_code": "510799",
    "birth": "1990-01-01",
}
CARD = {
    "card_id": "510700D15600000500112233",
    "card_kind": "2",
    "standard": "2.00",
    "issuer": "910000023683",
    "issued_on": "2021-05-06",
    "valid_to": "2031-05-06",
    "card_no": "A00000017",
}
ATR = "3b6d00008031806 5b08301020383009000".replace(" ", "")


@pytest.fixture(scope="module")
def service() -> Iterator[PcscService]:
    with pcsc_service() as running:
        yield running


@pytest.fixture(autouse=True)
def _at_our_service(service: PcscService, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PCSCLITE_CSOCK_NAME", service.socket)


@pytest.fixture
def card(service: PcscService) -> Iterator[EmulatorProcess]:
    with EmulatorProcess("smart_card", "--vpcd", service.vpcd) as running:
        yield running


def reader_of(**options: str | float) -> PcscReader:
    reader = catalogue.create(DeviceConfig("chip", "smart_card", "pcsc", "pcsc://Virtual", options=dict(options)))
    assert isinstance(reader, PcscReader)
    return reader


@pytest.fixture
def reader() -> Iterator[PcscReader]:
    reader = reader_of()
    reader.open()
    yield reader
    reader.close()


def failure(reader: PcscReader, wait: float = PATIENCE) -> DeviceError:
    with pytest.raises(DeviceError) as caught:
        reader.read_card(wait=wait, cancel=NOBODY)
    assert PERSON["id_no"] not in str(caught.value)
    assert PERSON["name"] not in str(caught.value)
    return caught.value


def until(condition: Callable[[], bool]) -> None:
    give_up_at = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < give_up_at
        time.sleep(0.05)


def test_a_card_is_read_by_the_shipped_script(reader: PcscReader, card: EmulatorProcess) -> None:
    record = reader.read_card(wait=PATIENCE, cancel=NOBODY)

    assert record == SmartCardRecord(bytes.fromhex(ATR), b"", "社会保障卡", {**CARD, **PERSON})


def test_a_card_that_is_put_in_while_we_wait_is_read(reader: PcscReader, service: PcscService) -> None:
    with EmulatorProcess("smart_card", "--vpcd", service.vpcd, "--empty") as card:
        records: list[SmartCardRecord] = []
        waiting = threading.Thread(target=lambda: records.append(reader.read_card(wait=60, cancel=NOBODY)))
        waiting.start()
        card.put("/card", {"name": "测试乙"})
        waiting.join(60)
        assert [record.fields["name"] for record in records] == ["测试乙"]

        until(lambda: reader.health().facts["card"] == "present")
        card.delete("/card")
        until(lambda: reader.health().facts["card"] == "none")
        assert failure(reader, wait=0.2).code == "no_card"


def test_without_a_script_atr_and_number_are_all_that_is_told(card: EmulatorProcess) -> None:
    reader = reader_of(script="none")
    reader.open()
    record = reader.read_card(wait=PATIENCE, cancel=NOBODY)
    reader.close()

    assert (record.atr.hex(), record.application, record.fields) == (ATR, "", {})


@pytest.mark.parametrize(
    ("fault", "code"),
    [("locked", "card_locked"), ("unknown_card", "card_unknown"), ("wrong_answer", "card_unknown")],
)
def test_what_a_card_refuses_is_told_by_its_code(
    reader: PcscReader, card: EmulatorProcess, fault: str, code: str
) -> None:
    card.set_fault(fault)
    until(lambda: card.state()["connected"] is True)
    trouble = failure(reader)

    assert (trouble.fault, trouble.code) == (Fault.REFUSED, code)
    card.set_fault(None)
    card.put("/card", {})
    until(lambda: can_be_read(reader))


def can_be_read(reader: PcscReader) -> bool:
    try:
        return reader.read_card(wait=PATIENCE, cancel=NOBODY).fields["name"] == PERSON["name"]
    except DeviceError:
        return False


@pytest.mark.parametrize("fault", ["partial_answer", "garbled"])
def test_cut_off_answers_are_asked_for_again_and_then_told(
    reader: PcscReader, card: EmulatorProcess, fault: str
) -> None:
    card.set_fault(fault)
    assert failure(reader).code in {"garbled", "card_moved"}

    card.set_fault(fault, times=1)
    until(lambda: can_be_read(reader))


def test_a_card_that_is_taken_out_in_the_middle_is_waited_for(reader: PcscReader, card: EmulatorProcess) -> None:
    until(lambda: reader.health().facts["card"] == "present")
    card.set_fault("removed", times=1)
    records: list[SmartCardRecord] = []
    reading = threading.Thread(target=lambda: records.append(reader.read_card(wait=60, cancel=NOBODY)))
    reading.start()
    until(lambda: card.state()["card"] is False)
    card.put("/card", {})
    reading.join(60)

    assert [record.fields["name"] for record in records] == [PERSON["name"]]


def test_a_card_that_is_taken_out_and_stays_out_is_told(reader: PcscReader, card: EmulatorProcess) -> None:
    until(lambda: reader.health().facts["card"] == "present")
    card.set_fault("removed", times=1)

    assert failure(reader, wait=4.0).code == "card_moved"


def test_a_slow_card_is_waited_for(card: EmulatorProcess) -> None:
    card.set_fault("slow")
    reader = reader_of(reply_within=10.0)
    reader.open()
    record = reader.read_card(wait=PATIENCE, cancel=NOBODY)
    reader.close()

    assert record.fields["name"] == PERSON["name"]


def test_a_silent_card_ends_the_helper_and_the_next_card_is_read(card: EmulatorProcess) -> None:
    reader = reader_of(reply_within=1.0)
    reader.open()
    until(lambda: reader.health().facts["card"] == "present")
    card.set_fault("silent")
    trouble = failure(reader)
    assert (trouble.fault, trouble.code) == (Fault.TIMEOUT, "timeout")
    assert reader.health().state is DeviceState.OFFLINE

    card.set_fault(None)
    reader.open()
    until(lambda: can_be_read(reader))
    reader.close()


def test_cancelling_ends_the_wait_for_a_card(reader: PcscReader) -> None:
    cancel = Event()
    troubles: list[DeviceError] = []

    def wait() -> None:
        with pytest.raises(DeviceError) as caught:
            reader.read_card(wait=600, cancel=cancel)
        troubles.append(caught.value)

    waiting = threading.Thread(target=wait)
    waiting.start()
    NOBODY.wait(0.3)
    cancel.set()
    waiting.join(30)

    assert [trouble.fault for trouble in troubles] == [Fault.CANCELLED]


def test_a_reader_of_another_name_is_absent() -> None:
    reader = catalogue.create(DeviceConfig("chip", "smart_card", "pcsc", "pcsc://ACS%20ACR39U"))
    with pytest.raises(DeviceError) as caught:
        reader.open()

    assert caught.value.fault is Fault.ABSENT


def test_without_a_service_the_reader_is_absent(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PCSCLITE_CSOCK_NAME", str(tmp_path / "none"))
    reader = reader_of()
    with pytest.raises(DeviceError) as caught:
        reader.open()

    assert caught.value.fault is Fault.ABSENT


def test_a_service_that_ends_and_comes_back_is_found_again(monkeypatch: pytest.MonkeyPatch) -> None:
    with ExitStack() as stack:
        first = stack.enter_context(pcsc_service())
        monkeypatch.setenv("PCSCLITE_CSOCK_NAME", first.socket)
        reader = reader_of()
        reader.open()
        stack.callback(reader.close)
        assert reader.health().state is DeviceState.READY

        first.kill()
        assert (reader.health().state, reader.health().code) == (DeviceState.OFFLINE, "absent")

        second = stack.enter_context(pcsc_service())
        os.environ["PCSCLITE_CSOCK_NAME"] = second.socket
        reader.open()
        assert reader.health().state is DeviceState.READY
