"""The device page's model, from states like the pictures'."""

from dataclasses import replace

import pytest

from drivers.errors import CODES
from tests.gui import scenes
from ui.reception.viewer import device_model, model
from ui.words import words
from window_client.reception.state import DeviceView


@pytest.fixture(autouse=True)
def every_text_is_there() -> None:
    words.strict = True


def ids(tabs: model.Tabs) -> list[str]:
    return [tab.id for tab in tabs.tabs]


def test_out_of_paper_asks_for_the_device_page_with_three_drawn_steps_and_the_waiting_receipt() -> None:
    state = scenes.printer_out_of_paper()
    assert model.tabs(state).wanted == model.DEVICE
    face = device_model.device(state)
    assert face.lamp == "bad"
    assert face.headline == "回执打印机缺纸"
    assert face.drawn == ("open", "roll", "close")
    assert len(face.steps) == 3
    assert face.waiting == (("回执 · MY 20251104 0236", "李明"),)


@pytest.mark.parametrize("code", sorted(CODES))
@pytest.mark.parametrize("kind", ["id_card", "scanner", "camera", "printer", "display"])
def test_every_code_of_every_device_has_words_and_steps(kind: str, code: str) -> None:
    state = replace(scenes.idle(), devices=(DeviceView("x", kind, "fault", code, emulated=True),))
    face = device_model.device(state)
    assert face.headline
    assert face.note
    assert face.steps
    assert face.emulated


def test_the_printer_comes_first_among_faults_and_a_fault_before_what_is_away() -> None:
    devices = (
        DeviceView("s", "scanner", "offline", "absent", emulated=False),
        DeviceView("i", "id_card", "fault", "occupied", emulated=False),
        DeviceView("p", "printer", "fault", "cover_open", emulated=False),
    )
    face = device_model.device(replace(scenes.idle(), devices=devices))
    assert face.headline == "回执打印机盖没合上"
    assert [line.id for line in face.others] == ["s", "i"]


def test_an_empty_feeder_is_no_trouble() -> None:
    scanner = DeviceView("s", "scanner", "ready", "no_documents", emulated=False)
    assert device_model.device_word(scanner) == words("device.state.ready")
    assert "device" not in ids(model.tabs(replace(scenes.idle(), devices=(scanner,))))


def test_paper_near_its_end_is_amber_and_not_a_fault() -> None:
    printer = DeviceView("p", "printer", "ready", "paper_near_end", emulated=False)
    assert device_model.lamp_of(printer) == "warn"
    assert "device" in ids(model.tabs(replace(scenes.idle(), devices=(printer,))))
