"""The reader's driver against the emulator: programs of their own, a pty and a TCP port, every fault."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread

import pytest

from drivers import catalogue
from drivers.contracts import CardRecord, DeviceConfig
from drivers.emulators.process import EmulatorProcess
from drivers.errors import DeviceError, DeviceState, Fault
from drivers.id_card.driver import SerialIdCardReader

Emulate = Callable[..., EmulatorProcess]
LI_MING = "510799198806120017"
CARD = {
    "name": "测试甲",
    "sex": "男",
    "nation": "羌",
    "birth": "1990-01-01",
    "address": "四川省绵阳市测试区一号",
    "id_no": "510799199001010018",
    "issuer": "绵阳市公安局测试分局",
    "valid_from": "2020-03-02",
    "valid_to": "长期",
}
NOBODY = Event()


def reader_at(url: str, **options: str | float | bool) -> SerialIdCardReader:
    config = DeviceConfig(
        "reader",
        "id_card",
        "sam_v_serial",
        url,
        emulated=True,
        options={"poll_every": 0.05, "reply_within": 1.0, **options},
    )
    reader = catalogue.create(config)
    assert isinstance(reader, SerialIdCardReader)
    return reader


@pytest.fixture(params=["pty", "tcp"])
def emulator(request: pytest.FixtureRequest, emulate: Emulate, tmp_path: Path) -> EmulatorProcess:
    if request.param == "tcp":
        return emulate("id_card", "--tcp", "--seed", "1")
    return emulate("id_card", "--link", str(tmp_path / "reader"), "--seed", "1")


@pytest.fixture
def reader(emulator: EmulatorProcess) -> Iterator[SerialIdCardReader]:
    reader = reader_at(emulator.url)
    reader.open()
    yield reader
    reader.close()


def failure(reader: SerialIdCardReader, *, wait: float = 0.3, cancel: Event = NOBODY) -> DeviceError:
    with pytest.raises(DeviceError) as caught:
        reader.read_card(wait=wait, cancel=cancel)
    assert LI_MING not in str(caught.value)
    return caught.value


def test_a_card_that_is_laid_down_is_read(reader: SerialIdCardReader, emulator: EmulatorProcess) -> None:
    emulator.put("/card", {"person": CARD})
    record = reader.read_card(wait=5, cancel=NOBODY)

    assert {name: getattr(record, name) for name in CARD} == CARD
    assert record.photo.startswith(b"WLf\0")
    assert len(record.photo) == 1024


def test_a_card_laid_while_the_reader_waits_is_read(reader: SerialIdCardReader, emulator: EmulatorProcess) -> None:
    records: list[CardRecord] = []
    waiting = Thread(target=lambda: records.append(reader.read_card(wait=30, cancel=NOBODY)))
    waiting.start()
    while not emulator.state()["asked"]:
        NOBODY.wait(0.01)
    emulator.put("/card", {"id_no": LI_MING})
    waiting.join(30)

    assert [record.name for record in records] == ["李明"]


def test_a_card_laid_early_is_neither_asked_for_nor_taken(
    reader: SerialIdCardReader, emulator: EmulatorProcess
) -> None:
    emulator.put("/card", {"id_no": LI_MING})
    assert reader.health().state is DeviceState.READY
    emulator.put("/card", {"person": CARD})

    assert emulator.state()["reads"] == 0
    assert reader.read_card(wait=5, cancel=NOBODY).name == CARD["name"]


def test_cards_are_read_one_after_another(reader: SerialIdCardReader, emulator: EmulatorProcess) -> None:
    names = []
    for number in range(5):
        emulator.put("/card", {"person": {**CARD, "name": f"测试{number}"}})
        names.append(reader.read_card(wait=5, cancel=NOBODY).name)

    assert names == [f"测试{number}" for number in range(5)]


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("hkmt_residence", {"nation": "", "permit_no": "H12345678", "times_issued": "01", "valid_to": "2025-03-02"}),
        (
            "permanent_2023",
            {"nation": "", "address": "", "issuer": "", "english_name": "TESTING, EXAMPLE", "nationality": "CAN"},
        ),
        (
            "permanent_2017",
            {"nation": "", "address": "", "issuer": "1100", "english_name": "TESTING", "id_no": "CAN110081080310"},
        ),
    ],
)
def test_every_kind_of_card_crosses_the_wire(
    reader: SerialIdCardReader, emulator: EmulatorProcess, kind: str, fields: dict[str, str]
) -> None:
    emulator.put("/card", {"person": {**CARD, **fields, "kind": kind}})
    record = reader.read_card(wait=5, cancel=NOBODY)

    assert record.kind == kind
    assert {name: getattr(record, name) for name in fields} == fields


@pytest.mark.parametrize("fault", ["noise", "latch", "early_timeout_frame"])
def test_harmless_faults_do_not_keep_a_card_from_being_read(
    reader: SerialIdCardReader, emulator: EmulatorProcess, fault: str
) -> None:
    emulator.set_fault(fault)
    emulator.put("/card", {"id_no": LI_MING})

    assert reader.read_card(wait=5, cancel=NOBODY).id_no == LI_MING


def test_a_slow_line_is_waited_for(emulator: EmulatorProcess) -> None:
    emulator.set_fault("slow")
    emulator.put("/card", {"id_no": LI_MING})
    reader = reader_at(emulator.url, reply_within=20.0)
    reader.open()

    assert reader.read_card(wait=5, cancel=NOBODY).id_no == LI_MING
    reader.close()


@pytest.mark.parametrize("fault", ["silent", "garbled", "wrong_answer", "partial_answer", "card_moved", "not_genuine"])
def test_a_fault_that_passes_is_got_over(reader: SerialIdCardReader, emulator: EmulatorProcess, fault: str) -> None:
    emulator.put("/card", {"id_no": LI_MING})
    emulator.set_fault(fault, times=2)

    assert reader.read_card(wait=10, cancel=NOBODY).id_no == LI_MING
    assert emulator.state()["fault"] is None


def test_a_card_in_doubt_stays_in_doubt_whichever_refusal_comes_last(
    reader: SerialIdCardReader, emulator: EmulatorProcess
) -> None:
    emulator.put("/card", {"id_no": LI_MING})
    emulator.set_fault("not_genuine")
    codes = {failure(reader).code for _ in range(2)}
    emulator.set_fault("not_genuine", times=1)  # shifts whether 31 or 32 comes first
    reader.read_card(wait=10, cancel=NOBODY)
    emulator.set_fault("not_genuine")
    codes |= {failure(reader).code for _ in range(2)}

    assert codes == {"card_not_genuine"}


@pytest.mark.parametrize(
    ("name", "fault", "code"),
    [
        ("silent", Fault.TIMEOUT, "timeout"),
        ("garbled", Fault.GARBLED, "garbled"),
        ("wrong_answer", Fault.GARBLED, "garbled"),
        ("partial_answer", Fault.GARBLED, "garbled"),
        ("card_moved", Fault.REFUSED, "card_moved"),
        ("truncated", Fault.REFUSED, "card_moved"),
        ("not_genuine", Fault.REFUSED, "card_not_genuine"),
        ("unknown_card", Fault.REFUSED, "card_unknown"),
        ("sam_fault", Fault.ATTENTION, "sam_self_test"),
    ],
)
def test_a_fault_that_stays_is_told_by_its_code(
    reader: SerialIdCardReader, emulator: EmulatorProcess, name: str, fault: Fault, code: str
) -> None:
    emulator.put("/card", {"id_no": LI_MING})
    emulator.set_fault(name)

    trouble = failure(reader)

    assert (trouble.fault, trouble.code) == (fault, code)


def test_after_a_truncated_read_the_card_laid_again_is_read_whole(
    reader: SerialIdCardReader, emulator: EmulatorProcess
) -> None:
    emulator.put("/card", {"id_no": LI_MING})
    emulator.set_fault("truncated", times=1)
    failure(reader)
    emulator.put("/card", {"id_no": LI_MING})

    assert reader.read_card(wait=5, cancel=NOBODY).name == "李明"


@pytest.mark.parametrize("fault", [None, "early_timeout_frame"])
def test_without_a_card_the_wait_ends(reader: SerialIdCardReader, emulator: EmulatorProcess, fault: str | None) -> None:
    emulator.set_fault(fault)
    trouble = failure(reader, wait=0.2)

    assert (trouble.fault, trouble.code) == (Fault.TIMEOUT, "no_card")


def test_a_latching_module_wants_the_card_lifted(reader: SerialIdCardReader, emulator: EmulatorProcess) -> None:
    emulator.set_fault("latch")
    emulator.put("/card", {"id_no": LI_MING})
    reader.read_card(wait=5, cancel=NOBODY)

    assert failure(reader, wait=0.2).code == "no_card"

    emulator.delete("/card")
    emulator.put("/card", {"id_no": LI_MING})
    assert reader.read_card(wait=5, cancel=NOBODY).id_no == LI_MING


@pytest.mark.parametrize("fault", [None, "silent"])
def test_cancelling_ends_the_wait(reader: SerialIdCardReader, emulator: EmulatorProcess, fault: str | None) -> None:
    emulator.set_fault(fault)
    cancel = Event()
    troubles: list[DeviceError] = []
    asked = emulator.state()["asked"]
    waiting = Thread(target=lambda: troubles.append(failure(reader, wait=600, cancel=cancel)))
    waiting.start()
    while emulator.state()["asked"] == asked:
        NOBODY.wait(0.01)
    cancel.set()
    waiting.join(30)

    assert [trouble.fault for trouble in troubles] == [Fault.CANCELLED]
    emulator.set_fault(None)
    emulator.put("/card", {"id_no": LI_MING})
    assert reader.read_card(wait=5, cancel=NOBODY).id_no == LI_MING


@pytest.mark.parametrize("transport", ["pty", "tcp"])
def test_unplugged_in_the_middle_of_a_read_and_back(emulate: Emulate, tmp_path: Path, transport: str) -> None:
    port = free_port()
    arguments = ["--link", str(tmp_path / "reader")] if transport == "pty" else ["--port", str(port)]
    emulator = emulate("id_card", *arguments, "--card", LI_MING, "--fault", "truncated")
    reader = reader_at(emulator.url, reply_within=30.0)
    reader.open()
    troubles: list[DeviceError] = []
    reading = Thread(target=lambda: troubles.append(failure(reader, wait=60)))
    reading.start()
    while not emulator.state()["reads"]:  # half its answer comes, the rest never
        NOBODY.wait(0.01)
    emulator.kill()
    reading.join(30)

    assert [trouble.fault for trouble in troubles] == [Fault.ABSENT]
    assert reader.health().state is DeviceState.OFFLINE
    with pytest.raises(DeviceError) as still_out:
        reader.open()
    assert still_out.value.fault is Fault.ABSENT

    emulate("id_card", *arguments, "--card", LI_MING)
    reader.open()
    assert reader.read_card(wait=5, cancel=NOBODY).id_no == LI_MING
    reader.close()


def test_unplugged_between_two_reads_is_absence(reader: SerialIdCardReader, emulator: EmulatorProcess) -> None:
    emulator.kill()

    assert (reader.health().state, reader.health().code) == (DeviceState.OFFLINE, "absent")
    assert failure(reader).fault is Fault.ABSENT


def test_a_port_that_another_program_holds_is_occupied(emulate: Emulate) -> None:
    emulator = emulate("id_card")
    first, second = reader_at(emulator.url), reader_at(emulator.url)
    first.open()
    with pytest.raises(DeviceError) as caught:
        second.open()
    first.close()

    assert caught.value.fault is Fault.OCCUPIED
    second.open()
    second.close()


def test_the_speed_of_the_module_is_found(emulate: Emulate) -> None:
    emulator = emulate("id_card", "--baud", "19200", "--card", LI_MING)
    reader = reader_at(emulator.url.replace("baud=19200", "baud=115200"), baud="auto", reply_within=0.5)
    reader.open()

    assert reader.health().facts["baud"] == "19200"
    assert reader.read_card(wait=5, cancel=NOBODY).id_no == LI_MING
    reader.close()


def test_at_a_wrong_speed_the_module_is_silent(emulate: Emulate) -> None:
    emulator = emulate("id_card", "--baud", "19200")
    reader = reader_at(emulator.url.replace("baud=19200", "baud=9600"), reply_within=0.1)
    with pytest.raises(DeviceError) as caught:
        reader.open()

    assert caught.value.fault is Fault.TIMEOUT


def test_a_broken_module_is_told_when_it_is_opened(emulate: Emulate) -> None:
    reader = reader_at(emulate("id_card", "--fault", "sam_fault").url)
    with pytest.raises(DeviceError) as caught:
        reader.open()

    assert (caught.value.fault, caught.value.code) == (Fault.ATTENTION, "sam_self_test")


@pytest.mark.parametrize("read", ["30 01", "30 10"])
def test_both_read_commands_and_the_appended_address(emulate: Emulate, read: str) -> None:
    emulator = emulate("id_card")
    emulator.put("/card", {"person": {**CARD, "appended_address": "四川省绵阳市测试区五号"}})
    reader = reader_at(emulator.url, read=read, appended_address=True)
    reader.open()
    record = reader.read_card(wait=5, cancel=NOBODY)
    reader.close()

    assert (record.name, record.appended_address) == (CARD["name"], "四川省绵阳市测试区五号")


@pytest.mark.parametrize(
    "card",
    [
        {"id_no": "510799199001010000"},
        {"person": {"name": "测试甲"}},
        {"person": {**CARD, "height": "2"}},
        {"person": {**CARD, "name": "长" * 16}},
    ],
)
def test_a_card_that_cannot_be_is_not_laid(emulator: EmulatorProcess, card: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="422"):
        emulator.put("/card", card)

    assert emulator.state()["card"] is None


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
