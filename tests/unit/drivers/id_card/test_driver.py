"""The reader's driver on an emulated module in the same process; over real ports see tests/drivers."""

from collections.abc import Callable
from dataclasses import replace
from threading import Event

import pytest

from drivers.contracts import CardKind, CardRecord, DeviceConfig
from drivers.emulators.id_card import Module
from drivers.errors import CODES, DeviceError, DeviceState, Fault
from drivers.id_card import frames, text
from drivers.id_card.driver import SerialIdCardReader

PERSON = CardRecord(
    kind=CardKind.RESIDENT,
    name="测试甲",
    sex="男",
    nation="汉",
    birth="1990-01-01",
    address="四川省绵阳市测试区一号",
    id_no="510799199001010018",
    issuer="绵阳市公安局测试分局",
    valid_from="2020-03-02",
    valid_to="2040-03-02",
)
NOBODY = Event()


class ModulePort:
    """A port with the module at its far end. ``before`` sees each command first and may answer it."""

    def __init__(self, module: Module, before: Callable[[bytes], bytes | None] = lambda _command: None) -> None:
        self._module = module
        self._before = before
        self._arrived = bytearray()
        self.commands: list[bytes] = []
        self.closed = 0

    def write(self, data: bytes) -> None:
        command = data[frames.HEAD : -1]
        self.commands.append(command)
        answer = self._before(command)
        if answer is None:
            self._module.take(data, self._arrived.extend)
        else:
            self._arrived += answer

    def read(self, timeout: float) -> bytes:
        if not self._arrived:
            NOBODY.wait(timeout)
        data = bytes(self._arrived)
        self._arrived.clear()
        return data

    def flush_input(self) -> None:
        self._arrived.clear()

    def close(self) -> None:
        self.closed += 1


class Bench:
    """A reader and the module it talks to."""

    def __init__(self, before: Callable[[bytes], bytes | None] = lambda _command: None, **options: str | bool) -> None:
        self.module = Module()
        self.port = ModulePort(self.module, before)
        self.opened: list[tuple[str, int]] = []
        config = DeviceConfig(
            "reader",
            "id_card",
            "sam_v_serial",
            "serial:///dev/reader?baud=115200",
            options={"poll_every": 0.01, "reply_within": 0.05, **options},
        )
        self.reader = SerialIdCardReader(config, open_port=self._open)

    def _open(self, _device: str, url: str, baud: int) -> ModulePort:
        self.opened.append((url, baud))
        return self.port

    def read(self, *, wait: float = 0.0, cancel: Event = NOBODY) -> CardRecord:
        return self.reader.read_card(wait=wait, cancel=cancel)

    def failure(self, *, wait: float = 0.0, cancel: Event = NOBODY) -> DeviceError:
        with pytest.raises(DeviceError) as caught:
            self.read(wait=wait, cancel=cancel)
        assert caught.value.code in CODES
        return caught.value


@pytest.fixture
def bench() -> Bench:
    bench = Bench()
    bench.reader.open()
    bench.module.lay(PERSON)
    bench.port.commands.clear()
    return bench


def answer(status: int, data: bytes = b"") -> bytes:
    return frames.encode(frames.answer(status, data))


def test_a_card_is_found_selected_and_read(bench: Bench) -> None:
    record = bench.read()

    assert replace(record, photo=b"") == PERSON
    assert len(record.photo) == 1024
    assert bench.port.commands == [frames.FIND, frames.SELECT, frames.READ, frames.READ_APPENDED_ADDRESS]


def test_nothing_is_asked_before_the_caller_asks_for_a_card() -> None:
    bench = Bench()
    bench.module.lay(PERSON)
    bench.reader.open()
    bench.reader.health()

    assert frames.FIND not in bench.port.commands
    assert bench.module.reads == 0


def test_every_call_reads_the_card_anew(bench: Bench) -> None:
    bench.read()
    bench.module.lay(replace(PERSON, name="测试乙"))

    assert bench.read().name == "测试乙"


def test_no_card_is_told_after_one_look_when_there_is_no_time(bench: Bench) -> None:
    bench.module.lift()

    assert (bench.failure().fault, bench.failure().code) == (Fault.TIMEOUT, "no_card")
    assert bench.port.commands == [frames.FIND] * 2


def test_with_30_10_the_fingerprints_are_dropped() -> None:
    bench = Bench(read="30 10")
    bench.reader.open()
    bench.module.lay(PERSON)

    record = bench.read()

    assert bench.port.commands[-2] == frames.READ_WITH_FINGERPRINTS
    assert (record.name, len(record.photo)) == (PERSON.name, 1024)


@pytest.mark.parametrize("status", [frames.BAD_COMMAND, frames.UNRECOGNISED])
def test_a_module_that_does_not_know_30_10_is_asked_30_01(status: int) -> None:
    bench = Bench(lambda command: answer(status) if command == frames.READ_WITH_FINGERPRINTS else None, read="30 10")
    bench.reader.open()
    bench.module.lay(PERSON)

    assert bench.read().name == PERSON.name
    assert bench.port.commands[-3:-1] == [frames.READ_WITH_FINGERPRINTS, frames.READ]


def test_an_unknown_read_command_is_refused_when_the_driver_is_made() -> None:
    with pytest.raises(DeviceError) as caught:
        Bench(read="30 02")

    assert caught.value.code == "unsupported"


def test_a_module_that_is_silent_about_appended_addresses_reads_cards_all_the_same() -> None:
    bench = Bench(lambda command: b"" if command == frames.READ_APPENDED_ADDRESS else None)
    bench.reader.open()
    bench.module.lay(replace(PERSON, appended_address="四川省绵阳市测试区五号"))

    record = bench.read()

    assert (record.name, record.appended_address) == (PERSON.name, "")
    assert bench.reader.health().facts["appended_address"] == "unanswered"


@pytest.mark.parametrize("kind", [CardKind.PERMANENT_2017, CardKind.PERMANENT_2023])
def test_a_card_without_an_address_is_not_asked_for_a_newer_one(kind: CardKind) -> None:
    number = "CAN110000000000" if kind is CardKind.PERMANENT_2017 else "911124198108030024"
    bench = Bench()
    bench.reader.open()
    bench.module.lay(replace(PERSON, kind=kind, id_no=number, nation="", address="", issuer="", nationality="CAN"))

    assert bench.read().nationality == "CAN"
    assert frames.READ_APPENDED_ADDRESS not in bench.port.commands


@pytest.mark.parametrize("appended", ["", "四川省绵阳市测试区五号"])
def test_the_appended_address_is_asked_for_when_wanted(appended: str) -> None:
    bench = Bench(appended_address=True)
    bench.reader.open()
    bench.module.lay(replace(PERSON, appended_address=appended))

    assert bench.read().appended_address == appended
    assert bench.port.commands[-1] == frames.READ_APPENDED_ADDRESS


def test_a_card_that_changes_before_its_appended_address_is_read_again_as_a_whole() -> None:
    swapped = iter([answer(frames.READ_FAILED)])
    bench = Bench(
        lambda command: next(swapped, None) if command == frames.READ_APPENDED_ADDRESS else None, appended_address=True
    )
    bench.reader.open()
    bench.module.lay(replace(PERSON, appended_address="新地址"))

    assert bench.read().appended_address == "新地址"
    assert bench.port.commands.count(frames.READ) == 2


def test_a_card_without_a_photo_is_read() -> None:
    def no_photo(command: bytes) -> bytes | None:
        return answer(frames.DONE, frames.read_data(text.encode(PERSON), b"")) if command == frames.READ else None

    bench = Bench(no_photo)
    bench.reader.open()
    bench.module.lay(PERSON)

    assert bench.read() == PERSON


@pytest.mark.parametrize("status", [0x41, 0x47, 0x31, 0x32, 0x33, 0x81])
@pytest.mark.parametrize("step", [frames.SELECT, frames.READ])
def test_a_card_that_moved_is_looked_for_again(status: int, step: bytes) -> None:
    troubles = iter([answer(status)] * 3)
    bench = Bench(lambda command: next(troubles, None) if command == step else None)
    bench.reader.open()
    bench.module.lay(PERSON)

    assert bench.read().name == PERSON.name
    assert bench.port.commands.count(frames.FIND) == 4


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (0x41, "card_moved"),
        (0x47, "card_moved"),
        (0x31, "card_moved"),
        (0x32, "card_not_genuine"),
        (0x33, "card_not_genuine"),
    ],
)
def test_after_three_new_starts_the_reason_is_told(status: int, code: str) -> None:
    bench = Bench(lambda command: answer(status) if command == frames.READ else None)
    bench.reader.open()
    bench.module.lay(PERSON)

    failure = bench.failure(wait=60)

    assert (failure.fault, failure.code) == (Fault.REFUSED, code)
    assert bench.port.commands.count(frames.READ) == 4


@pytest.mark.parametrize(("status", "code"), [(0x40, "card_unknown"), (0x21, "refused"), (0x23, "refused")])
def test_a_refusal_that_stands_is_told_at_once(status: int, code: str) -> None:
    bench = Bench(lambda command: answer(status) if command == frames.SELECT else None)
    bench.reader.open()
    bench.module.lay(PERSON)

    assert bench.failure(wait=60).code == code
    assert bench.port.commands.count(frames.FIND) == 1


def test_a_card_pulled_away_and_not_laid_again_counts_as_moved(bench: Bench) -> None:
    bench.module.admin.set_fault("truncated")

    failure = bench.failure(wait=0.2)

    assert (failure.fault, failure.code) == (Fault.REFUSED, "card_moved")


def test_data_whose_lengths_do_not_add_up_are_never_given_out() -> None:
    half = answer(frames.DONE, b"\x01\x00\x04\x00" + "测试甲".encode("utf-16-le") * 100)
    bench = Bench(lambda command: half if command == frames.READ else None)
    bench.reader.open()
    bench.module.lay(PERSON)

    assert bench.failure(wait=60).fault is Fault.GARBLED


@pytest.mark.parametrize("step", [frames.FIND, frames.SELECT, frames.READ])
def test_cancelling_ends_the_call_at_every_step(step: bytes) -> None:
    cancel = Event()

    def cancel_at(command: bytes) -> bytes | None:
        if command == step:
            cancel.set()
            return b""
        return None

    bench = Bench(cancel_at)
    bench.reader.open()
    bench.module.lay(PERSON)

    assert bench.failure(wait=60, cancel=cancel).fault is Fault.CANCELLED
    assert bench.port.commands[-1] == step


def test_cancelling_between_two_looks_ends_the_call(bench: Bench) -> None:
    bench.module.lift()
    cancel = Event()
    cancel.set()

    assert bench.failure(wait=60, cancel=cancel).fault is Fault.CANCELLED


def test_a_port_that_goes_away_is_absence_until_it_is_opened_again() -> None:
    gone = Event()

    def go_away(command: bytes) -> bytes | None:
        if command == frames.READ and not gone.is_set():
            gone.set()
            raise DeviceError("reader", Fault.ABSENT)
        return None

    bench = Bench(go_away)
    bench.reader.open()
    bench.module.lay(PERSON)

    assert bench.failure().fault is Fault.ABSENT
    assert bench.port.closed == 1
    assert bench.failure().fault is Fault.ABSENT
    assert bench.reader.health().state is DeviceState.OFFLINE

    bench.reader.open()
    assert bench.read().name == PERSON.name


def test_a_module_that_is_silent_at_first_is_reset() -> None:
    asleep = iter([b""])
    bench = Bench(lambda command: next(asleep, None) if command == frames.STATUS else None)
    bench.reader.open()

    assert bench.port.commands == [frames.STATUS, frames.RESET, frames.STATUS, frames.SAM_ID]


def test_a_module_that_stays_silent_is_not_opened_and_its_port_is_let_go() -> None:
    bench = Bench(lambda _command: b"")

    with pytest.raises(DeviceError) as caught:
        bench.reader.open()

    assert caught.value.fault is Fault.TIMEOUT
    assert bench.port.closed == 1


def test_a_module_that_keeps_its_number_to_itself_is_opened_all_the_same() -> None:
    bench = Bench(lambda command: answer(frames.BAD_COMMAND) if command == frames.SAM_ID else None)
    bench.reader.open()

    assert "serial" not in bench.reader.health().facts


def test_health_tells_the_modules_number_and_how_fast_it_answers(bench: Bench) -> None:
    health = bench.reader.health()

    assert health.state is DeviceState.READY
    assert health.facts["serial"] == "05.01-20110916-0000012345-1234567890"
    assert health.facts["answer_ms"].isdecimal()


@pytest.mark.parametrize(
    ("fault", "state", "code"),
    [("silent", "offline", "timeout"), ("garbled", "offline", "garbled"), ("sam_fault", "fault", "sam_self_test")],
)
def test_health_tells_trouble_instead_of_raising_it(bench: Bench, fault: str, state: str, code: str) -> None:
    bench.module.admin.set_fault(fault)
    health = bench.reader.health()

    assert (health.state, health.code) == (state, code)


def test_the_speed_is_found_by_asking_at_each() -> None:
    deaf = iter([b""] * 3)  # at the first three speeds
    bench = Bench(lambda _command: next(deaf, None), baud="auto")
    bench.reader.open()

    assert [baud for _, baud in bench.opened] == [115200, 57600, 38400, 19200]
    assert {url for url, _ in bench.opened} == {"serial:///dev/reader"}
    assert bench.reader.health().facts["baud"] == "19200"


def test_a_module_that_answers_at_no_speed_is_reset_at_the_usual_one_before_giving_up() -> None:
    bench = Bench(lambda _command: b"", baud="auto")

    with pytest.raises(DeviceError):
        bench.reader.open()

    assert bench.port.commands.count(frames.RESET) == 1
    assert bench.port.closed == len(bench.opened) == 6


def test_closing_twice_does_no_harm(bench: Bench) -> None:
    bench.reader.close()
    bench.reader.close()

    assert bench.port.closed == 1
    assert bench.reader.name == "reader"


def test_the_speed_that_was_found_is_the_first_one_next_time() -> None:
    deaf = iter([b"", b"", b""])
    bench = Bench(lambda _command: next(deaf, None), baud="auto")
    bench.reader.open()
    bench.opened.clear()
    bench.reader.open()

    assert [baud for _, baud in bench.opened] == [19200]
    assert bench.reader.health().facts["baud"] == "19200"


@pytest.mark.parametrize(
    ("url", "options", "speeds"),
    [
        ("serial:///dev/reader", {}, list(frames.SPEEDS)),
        ("serial:///dev/reader", {"baud": 9600}, [9600]),
        ("serial:///dev/reader?baud=38400", {}, [38400]),
        ("serial:///dev/reader?baud=38400", {"baud": 9600}, [38400]),
        ("serial:///dev/reader?baud=38400", {"baud": "auto"}, list(frames.SPEEDS)),
        ("socket://192.0.2.9:4001", {}, [115200]),
    ],
)
def test_a_given_speed_is_kept_and_a_missing_one_looked_for(
    url: str, options: dict[str, str | int | float | bool], speeds: list[int]
) -> None:
    opened: list[int] = []

    def open_port(_device: str, _url: str, baud: int) -> ModulePort:
        opened.append(baud)
        return ModulePort(Module(), lambda _command: b"")

    config = DeviceConfig("reader", "id_card", "sam_v_serial", url, options={"reply_within": 0.01, **options})
    with pytest.raises(DeviceError) as caught:
        SerialIdCardReader(config, open_port=open_port).open()

    assert caught.value.fault is Fault.TIMEOUT
    assert opened[: len(speeds)] == speeds
    assert len(opened) == (6 if len(speeds) > 1 else 1)  # the usual speed once more, with a reset


@pytest.mark.parametrize("baud", ["fast", "-1", ""])
def test_a_speed_that_is_none_is_refused(baud: str) -> None:
    config = DeviceConfig("reader", "id_card", "sam_v_serial", "serial:///dev/reader", options={"baud": baud})
    with pytest.raises(DeviceError) as caught:
        SerialIdCardReader(config).open()

    assert caught.value.code == "unsupported"


def test_a_record_does_not_show_its_pictures() -> None:
    assert "WLf" not in repr(replace(PERSON, photo=b"WLf", portrait=b"WLf"))
