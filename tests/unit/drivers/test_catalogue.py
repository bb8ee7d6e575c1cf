import re
from dataclasses import replace
from pathlib import Path

import pytest

from drivers import catalogue
from drivers.contracts import DeviceConfig
from drivers.display.driver import Cd5220Display
from drivers.errors import DeviceError, Fault
from drivers.id_card.driver import SerialIdCardReader

READER = DeviceConfig("reader", "id_card", "sam_v_serial", "serial:///dev/reader")


def test_a_driver_is_made_by_its_kind_and_name() -> None:
    assert isinstance(catalogue.create(READER), SerialIdCardReader)
    assert isinstance(catalogue.create(replace(READER, driver="id_card/sam_v_serial")), SerialIdCardReader)
    assert isinstance(catalogue.create(replace(READER, kind="display", driver="cd5220")), Cd5220Display)


@pytest.mark.parametrize(("kind", "driver"), [("id_card", "cd5220"), ("dog", "sam_v_serial"), ("id_card", "")])
def test_an_unknown_driver_is_refused(kind: str, driver: str) -> None:
    with pytest.raises(DeviceError) as caught:
        catalogue.create(replace(READER, kind=kind, driver=driver))

    assert (caught.value.fault, caught.value.code) == (Fault.REFUSED, "unsupported")


def test_no_two_drivers_of_a_kind_share_a_name() -> None:
    names = [(entry.kind, entry.driver) for entry in catalogue.ENTRIES]

    assert len(set(names)) == len(names)
    assert all(catalogue.find(*name) for name in names)


@pytest.mark.parametrize("entry", catalogue.ENTRIES, ids=lambda entry: f"{entry.kind}/{entry.driver}")
def test_every_driver_in_the_list_can_be_made(entry: catalogue.Entry) -> None:
    device = catalogue.create(DeviceConfig("x", entry.kind, entry.driver, entry.url))

    assert device.name == "x"


def test_every_kind_has_a_driver_and_every_driver_a_kind_that_is_known() -> None:
    assert {entry.kind for entry in catalogue.ENTRIES} == set(catalogue.KINDS)


def test_every_driver_stands_in_the_readme_with_what_verified_it() -> None:
    readme = (Path(catalogue.__file__).parent / "README.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\w+)` \| `(\w+)` \|[^|\n]+\|[^|\n]+\|[^|\n]+\|$", readme, re.MULTILINE)

    assert sorted(rows) == sorted((entry.kind, entry.driver) for entry in catalogue.ENTRIES)
