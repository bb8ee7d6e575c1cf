"""What a try does and what it keeps."""

from threading import Event

import pytest

from drivers.catalogue import KINDS
from drivers.contracts import DeviceConfig
from drivers.display.driver import Cd5220Display
from drivers.document_printer.trial import trial_page
from drivers.emulators.process import EmulatorProcess
from drivers.errors import CODES, DeviceError
from window_client.device_setup_trying import TRIES, Outcome, act, strip


def test_every_kind_of_the_settings_can_be_tried() -> None:
    assert set(KINDS) <= set(TRIES)


def test_the_test_page_is_a_pdf_that_others_read() -> None:
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(trial_page())) as document:
        assert len(document.pages) == 1


def test_the_strip_says_that_it_is_no_receipt() -> None:
    assert any("不是回执" in getattr(line, "text", "") for line in strip())


def test_a_display_is_let_go_of_after_it_was_asked(tmp_path: object) -> None:
    with EmulatorProcess("display", "--tcp") as display:
        config = DeviceConfig("d", "display", "cd5220", display.url)
        assert act(Cd5220Display(config), "display", Event()) == Outcome({"number": "88888"}, asks="seen")
        assert act(Cd5220Display(config), "display", Event()).asks == "seen", "the port was not let go of"


def test_what_is_not_there_raises_its_code() -> None:
    with pytest.raises(DeviceError) as caught:
        act(Cd5220Display(DeviceConfig("d", "display", "cd5220", "serial:///no/such/port")), "display", Event())
    assert caught.value.code in CODES
