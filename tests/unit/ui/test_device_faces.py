"""Devices are called and drawn alike on every screen."""

import pytest

from drivers import catalogue
from ui.device_faces import icon_of, name_of, place_of
from ui.theme import RESOURCES
from ui.words import words
from window_client.reception.state import DeviceView


def view(kind: str, **changes: object) -> DeviceView:
    return DeviceView(**{"id": "x", "kind": kind, "state": "ready", "code": "", "emulated": False, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", catalogue.KINDS)
def test_every_kind_has_an_icon_a_place_and_names_of_its_own(kind: str) -> None:
    assert (RESOURCES / "icons" / f"{icon_of(kind)}.svg").is_file()
    assert icon_of(kind) != "info"
    assert place_of(view(kind)) < place_of(view("unheard_of"))
    assert name_of(view(kind), "device.kind") != words("device.kind.other")
    assert name_of(view(kind), "desk.device") != words("device.kind.other")


def test_the_second_of_several_carries_its_number_and_a_lens_its_name() -> None:
    assert name_of(view("printer", place=1), "desk.device") == "回执打印机"
    assert name_of(view("printer", place=2, spare=True), "desk.device") == "回执打印机 2"
    assert name_of(view("camera", role="document"), "desk.device") == "高拍仪"
    assert name_of(view("camera", role="portrait"), "desk.device") == "人像镜头"


def test_a_device_of_a_kind_that_nobody_knows_is_a_device() -> None:
    assert name_of(view("unheard_of"), "desk.device") == words("device.kind.other")
    assert icon_of("unheard_of") == "info"
