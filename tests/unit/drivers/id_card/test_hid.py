"""Readers on HID, behind hidapi's own calls: whole reads, and trouble at every transfer."""

from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from drivers.contracts import DeviceConfig
from drivers.errors import DeviceError, DeviceState, Fault
from drivers.id_card.hid import HidIdCardReader, HidTransport
from tests.unit.drivers.id_card.recorded_usb import ModuleHid
from tests.unit.drivers.id_card.test_driver import PERSON

NOBODY = Event()
TRANSFERS = 44


def reader(api: ModuleHid | None, url: str = "hid://10c4:0007", **options: str | int) -> HidIdCardReader:
    config = DeviceConfig(
        "reader", "id_card", "sam_v_hid", url, options={"poll_every": 0.01, "reply_within": 0.05, **options}
    )
    return HidIdCardReader(config, api=api)


def trouble(api: ModuleHid | None, url: str = "hid://10c4:0007", **options: str | int) -> DeviceError:
    with pytest.raises(DeviceError) as caught:
        reader(api, url, **options).open()
    return caught.value


@pytest.mark.parametrize("reports", ["interrupt", "feature"])
@pytest.mark.parametrize("skip", [2, 0])
def test_a_card_is_read_whole(reports: str, skip: int) -> None:
    api = ModuleHid(skipped=skip)
    api.module.lay(PERSON)
    card_reader = reader(api, reports=reports, skip=skip)
    card_reader.open()
    record = card_reader.read_card(wait=1, cancel=NOBODY)

    assert replace(record, photo=b"") == PERSON
    assert len(record.photo) == 1024
    assert card_reader.health().state is DeviceState.READY
    card_reader.close()


@pytest.mark.parametrize("strike", ["!sum", "!result"])
@pytest.mark.parametrize("at", range(1, TRANSFERS, 3))
def test_a_damaged_report_is_asked_for_again(strike: str, at: int) -> None:
    api = ModuleHid({at: strike})
    api.module.lay(PERSON)
    card_reader = reader(api)
    card_reader.open()

    assert card_reader.read_card(wait=5, cancel=NOBODY).name == PERSON.name


@pytest.mark.parametrize("at", range(1, TRANSFERS, 3))
def test_unplugged_at_any_transfer_is_absence_and_it_opens_again(at: int) -> None:
    api = ModuleHid({at: "!gone"})
    api.module.lay(PERSON)
    card_reader = reader(api)
    try:
        card_reader.open()
        card_reader.read_card(wait=5, cancel=NOBODY)
    except DeviceError as error:
        assert error.fault is Fault.ABSENT  # noqa: PT017 - it may also have ended well before
        assert trouble(api).fault is Fault.ABSENT
    api.plug_back()
    card_reader.open()
    api.module.lay(PERSON)

    assert card_reader.read_card(wait=5, cancel=NOBODY).name == PERSON.name


def test_a_write_that_fails_by_its_count_is_absence() -> None:
    class Failing(ModuleHid):
        def write(self, report: bytes) -> int:
            return -1

    assert trouble(Failing()).fault is Fault.ABSENT


def test_a_device_that_does_not_open_is_occupied_or_has_just_gone(tmp_path: Path) -> None:
    api = ModuleHid()
    api.opens = False
    assert trouble(api).fault is Fault.OCCUPIED

    api.path = b"/dev/hidraw-that-is-not-there"
    assert trouble(api).fault is Fault.ABSENT


def test_the_one_with_the_serial_number_is_taken_and_all_known_models_are_looked_for() -> None:
    reader(ModuleHid(), "hid://10c4:0007?serial=A1B2").open()
    reader(ModuleHid(), "usb://10c4:0007/A1B2").open()
    reader(ModuleHid(), "hid://").open()

    assert trouble(ModuleHid(), "hid://10c4:0007?serial=other").fault is Fault.ABSENT


def test_what_cannot_be_is_refused() -> None:
    assert trouble(ModuleHid(), "hid://nothing").code == "unsupported"
    assert trouble(ModuleHid(), reports="pigeon").code == "unsupported"


def test_a_frame_that_no_report_holds_is_refused_and_a_closed_device_is_absent() -> None:
    transport = HidTransport("reader", "hid://10c4:0007", api=ModuleHid())
    with pytest.raises(DeviceError) as caught:
        transport.write(bytes(57))
    assert caught.value.code == "unsupported"

    transport.close()
    transport.close()
    with pytest.raises(DeviceError) as caught:
        transport.write(b"x")
    assert caught.value.fault is Fault.ABSENT


def test_hidapi_itself_finds_nothing_of_a_model_that_is_not_there() -> None:
    assert trouble(None, "hid://0000:fffe").fault is Fault.ABSENT
