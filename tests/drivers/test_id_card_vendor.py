"""Readers by their maker's library, and photo decoders: real helper processes, libraries built for the test."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from drivers import catalogue
from drivers.contracts import CardRecord, DeviceConfig
from drivers.emulators.people import card
from drivers.emulators.process import EmulatorProcess
from drivers.errors import DeviceError, DeviceState, Fault
from drivers.id_card.driver import SerialIdCardReader
from drivers.id_card.photo import is_portrait
from drivers.id_card.vendor import VendorSdkReader
from drivers.isolated import ROOT
from tests.drivers import vendor_libraries

NOBODY = Event()
PERSON = card(
    {
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
)
WITH_NEWEST = replace(PERSON, appended_address=vendor_libraries.NEWEST)

Make = Callable[..., VendorSdkReader]


@pytest.fixture
def make() -> Iterator[Make]:
    readers: list[VendorSdkReader] = []

    def made(library: Path, **options: str | float | bool) -> VendorSdkReader:
        config = DeviceConfig(
            "reader",
            "id_card",
            "vendor_sdk",
            f"sdk://{library}",
            options={"poll_every": 0.02, "find_within": 1.5, "reply_within": 1.5, **options},
        )
        reader = catalogue.create(config)
        assert isinstance(reader, VendorSdkReader)
        readers.append(reader)
        return reader

    yield made
    for reader in readers:
        reader.close()


def read(reader: VendorSdkReader, wait: float = 20) -> CardRecord:
    return reader.read_card(wait=wait, cancel=NOBODY)


def text_of(record: CardRecord) -> CardRecord:
    return replace(record, photo=b"", portrait=b"")


def failure(reader: VendorSdkReader, wait: float = 0.2) -> DeviceError:
    with pytest.raises(DeviceError) as caught:
        read(reader, wait)
    assert PERSON.id_no not in str(caught.value)
    assert PERSON.name not in str(caught.value)
    return caught.value


def test_the_photo_that_a_killed_helper_left_is_not_the_next_persons(make: Make, tmp_path: Path) -> None:
    reader = make(vendor_libraries.termb(tmp_path, PERSON))
    reader.open()
    assert reader._folder is not None
    (Path(reader._folder.name) / "zp.bmp").write_bytes(b"the card before")

    assert read(reader).portrait == b""


def test_what_a_library_wrote_goes_when_the_program_is_gone(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "drivers.id_card.vendor_helper", str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as helper:
        assert helper.stdin is not None
        assert helper.stdout is not None
        helper.stdin.write(b'{"id": 1, "do": "close", "with": {}}\n')
        helper.stdin.flush()
        assert helper.stdout.readline()
        (tmp_path / "wz.txt").write_text("the text of a card")

        helper.stdin.close()
        assert helper.wait(20) == 0

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("files", [False, True])
def test_a_card_is_read_by_a_library_of_the_first_style(make: Make, tmp_path: Path, files: bool) -> None:
    reader = make(vendor_libraries.sdt(tmp_path, PERSON, files=files))
    reader.open()
    record = read(reader)

    assert text_of(record) == WITH_NEWEST
    assert record.photo == vendor_libraries.PHOTO
    assert reader.health().state is DeviceState.READY
    assert reader.health().facts["port"] == "1001"


@pytest.mark.parametrize("prefix", ["", "CVR_"])
def test_a_card_is_read_by_a_library_of_the_second_style(make: Make, tmp_path: Path, prefix: str) -> None:
    reader = make(vendor_libraries.termb(tmp_path, PERSON, prefix=prefix))
    reader.open()

    assert text_of(read(reader)) == PERSON
    assert reader.health().facts["port"] == "1002"


def test_what_a_library_writes_about_a_card_is_gone_after_the_read(make: Make, tmp_path: Path) -> None:
    reader = make(vendor_libraries.termb(tmp_path, PERSON))
    reader.open()
    assert reader._folder is not None
    folder = Path(reader._folder.name)
    read(reader)

    assert list(folder.iterdir()) == []
    reader.close()
    assert not folder.exists()


@pytest.mark.parametrize("style", [vendor_libraries.sdt, vendor_libraries.termb])
@pytest.mark.parametrize("mood", ["hang find", "hang read", "crash read"])
def test_a_library_that_hangs_or_crashes_is_replaced_and_the_card_is_read(
    make: Make, tmp_path: Path, style: Callable[..., Path], mood: str
) -> None:
    reader = make(style(tmp_path, PERSON, mood, once=True))
    reader.open()

    assert text_of(read(reader)).name == PERSON.name
    assert int(reader.health().facts["replaced"]) >= 1


@pytest.mark.parametrize(("mood", "fault"), [("hang read", Fault.TIMEOUT), ("crash find", Fault.ABSENT)])
def test_a_library_that_hangs_or_crashes_every_time_is_told(
    make: Make, tmp_path: Path, mood: str, fault: Fault
) -> None:
    reader = make(vendor_libraries.sdt(tmp_path, PERSON, mood), reply_within=0.4)
    reader.open()

    assert failure(reader, wait=20).fault is fault
    assert (reader.health().state, reader.health().code) == (DeviceState.OFFLINE, "absent")
    reader.open()
    assert reader.health().state is DeviceState.READY


@pytest.mark.parametrize(
    ("mood", "fault", "code"),
    [
        ("refuse find", Fault.TIMEOUT, "no_card"),
        ("refuse read", Fault.REFUSED, "card_moved"),
        ("doubt read", Fault.REFUSED, "card_not_genuine"),
        ("garbage read", Fault.GARBLED, "garbled"),
        ("lengths read", Fault.GARBLED, "garbled"),
    ],
)
def test_what_a_library_says_or_garbles_is_told_by_its_code(
    make: Make, tmp_path: Path, mood: str, fault: Fault, code: str
) -> None:
    reader = make(vendor_libraries.sdt(tmp_path, PERSON, mood))
    reader.open()
    trouble = failure(reader)

    assert (trouble.fault, trouble.code) == (fault, code)


@pytest.mark.parametrize("mood", ["refuse read", "garbage read", "lengths read"])
def test_what_passes_is_got_over(make: Make, tmp_path: Path, mood: str) -> None:
    reader = make(vendor_libraries.sdt(tmp_path, PERSON, mood, once=True))
    reader.open()

    assert text_of(read(reader)) == WITH_NEWEST


def test_a_broken_module_is_told_when_it_is_opened(make: Make, tmp_path: Path) -> None:
    reader = make(vendor_libraries.sdt(tmp_path, PERSON, "refuse status"))
    with pytest.raises(DeviceError) as caught:
        reader.open()

    assert (caught.value.fault, caught.value.code) == (Fault.ATTENTION, "sam_self_test")


def test_a_library_that_hangs_while_it_opens_is_given_up(make: Make, tmp_path: Path) -> None:
    reader = make(vendor_libraries.sdt(tmp_path, PERSON, "hang open"), open_within=0.5)
    with pytest.raises(DeviceError) as caught:
        reader.open()

    assert caught.value.fault is Fault.TIMEOUT


def test_a_port_that_does_not_open_is_absence(make: Make, tmp_path: Path) -> None:
    reader = make(vendor_libraries.sdt(tmp_path, PERSON), port=1007)
    with pytest.raises(DeviceError) as caught:
        reader.open()

    assert caught.value.fault is Fault.ABSENT


def test_what_is_no_library_of_a_reader_is_refused(make: Make, tmp_path: Path) -> None:
    (tmp_path / "text.so").write_text("no library")
    for library in (vendor_libraries.nothing(tmp_path), tmp_path / "text.so", tmp_path / "none.so"):
        with pytest.raises(DeviceError) as caught:
            make(library).open()
        assert caught.value.code == "unsupported"


def test_cancelling_ends_the_wait_even_in_a_library_that_hangs(make: Make, tmp_path: Path) -> None:
    reader = make(vendor_libraries.sdt(tmp_path, PERSON, "hang find"), find_within=600.0)
    reader.open()
    cancel = Event()
    faults: list[Fault] = []

    def wait() -> None:
        with pytest.raises(DeviceError) as caught:
            reader.read_card(wait=600, cancel=cancel)
        faults.append(caught.value.fault)

    waiting = threading.Thread(target=wait)
    waiting.start()
    NOBODY.wait(0.3)
    cancel.set()
    waiting.join(30)

    assert faults == [Fault.CANCELLED]


# ---- photo decoders


@pytest.fixture
def module(emulate: Callable[..., EmulatorProcess]) -> EmulatorProcess:
    emulator = emulate("id_card")
    lay(emulator)
    return emulator


def lay(module: EmulatorProcess) -> None:
    fields = {name: getattr(PERSON, name) for name in ("name", "sex", "nation", "birth", "address", "id_no", "issuer")}
    module.put("/card", {"person": {**fields, "valid_from": PERSON.valid_from, "valid_to": PERSON.valid_to}})


@pytest.fixture
def serial(module: EmulatorProcess) -> Iterator[Callable[..., SerialIdCardReader]]:
    readers: list[SerialIdCardReader] = []

    def made(**options: str | float) -> SerialIdCardReader:
        reader = SerialIdCardReader(
            DeviceConfig("reader", "id_card", "sam_v_serial", module.url, options={"poll_every": 0.02, **options})
        )
        readers.append(reader)
        reader.open()
        return reader

    yield made
    for reader in readers:
        reader.close()


@pytest.mark.parametrize("style", ["unpack", "rows", "mangled", "GetBmp"])
def test_a_photo_is_decoded_by_a_library_of_each_style(
    serial: Callable[..., SerialIdCardReader], tmp_path: Path, style: str
) -> None:
    reader = serial(photo_decoder=str(vendor_libraries.decoder(tmp_path, style=style)), photo_within=20.0)
    record = reader.read_card(wait=20, cancel=NOBODY)

    assert text_of(record) == PERSON
    assert is_portrait(record.portrait)
    assert reader.health().facts["photo"] == "decoded"
    assert "portrait" not in repr(record)


@pytest.mark.parametrize("mood", ["hang decode", "crash decode", "garbage decode"])
def test_the_text_is_read_whatever_a_decoder_does(
    serial: Callable[..., SerialIdCardReader], module: EmulatorProcess, tmp_path: Path, mood: str
) -> None:
    reader = serial(photo_decoder=str(vendor_libraries.decoder(tmp_path, mood)), photo_within=0.7)
    for _ in range(3):
        record = reader.read_card(wait=20, cancel=NOBODY)
        assert text_of(record) == PERSON
        assert record.portrait == b""
        assert len(record.photo) == 1024
        lay(module)

    assert reader.health().state is DeviceState.READY
    assert reader.health().facts["photo"] == "undecoded"


def test_a_decoder_that_failed_twice_is_left_alone_until_the_reader_is_opened_again(
    serial: Callable[..., SerialIdCardReader], tmp_path: Path
) -> None:
    library = tmp_path / "libdecoder.so"
    reader = serial(photo_decoder=str(library), photo_within=20.0)
    for _ in range(2):
        assert reader.read_card(wait=20, cancel=NOBODY).portrait == b""
    vendor_libraries.decoder(tmp_path)
    assert reader.read_card(wait=20, cancel=NOBODY).portrait == b""

    reader.open()
    assert is_portrait(reader.read_card(wait=20, cancel=NOBODY).portrait)


def test_a_library_that_is_no_decoder_leaves_the_photo_as_it_is(
    serial: Callable[..., SerialIdCardReader], tmp_path: Path
) -> None:
    reader = serial(photo_decoder=str(vendor_libraries.nothing(tmp_path)), photo_within=20.0)

    assert reader.read_card(wait=20, cancel=NOBODY).portrait == b""


def test_a_reader_by_library_has_its_photo_decoded_too(make: Make, tmp_path: Path) -> None:
    decoder = vendor_libraries.decoder(tmp_path)
    reader = make(vendor_libraries.sdt(tmp_path, PERSON), photo_decoder=str(decoder), photo_within=20.0)
    reader.open()

    assert is_portrait(read(reader).portrait)
