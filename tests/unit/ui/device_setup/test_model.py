"""What the set-up shows is made from its state alone."""

from dataclasses import replace

import pytest

from drivers import catalogue
from drivers.contracts import DeviceConfig
from drivers.errors import CODES
from drivers.recognise.choose import PREFERRED
from drivers.recognise.found import Why
from ui.device_setup import model
from ui.device_setup.model import Wrong
from ui.words import words
from window_client.device_setup_state import Origin, Row, SetupState, Stage, Tried
from window_client.device_setup_trying import TRIES

READER = Row("a", "ttyUSB0", "serial:///dev/ttyUSB0", "id_card", "sam_v_serial", chosen=True)
PRINTER = Row("b", "192.0.2.7:9100", "socket://192.0.2.7:9100", "printer", "escpos", chosen=True)
SILENT = Row("c", "ttyUSB1", "serial:///dev/ttyUSB1", why=Why.SILENT, guesses=("display",))


def state(*rows: Row, **more: object) -> SetupState:
    made = SetupState("/x/settings.toml", "production", Stage.TRYING, rows=rows, shown=rows[0].key if rows else "")
    return replace(made, **{"dirty": True, **more})  # type: ignore[arg-type]


def works(row: Row) -> Row:
    return replace(row, tried=Tried.WORKS)


def test_what_has_not_acted_is_named() -> None:
    face = model.face(state(works(READER), PRINTER))
    assert face.left == "还有 1 台没有试好：回执打印机"
    assert not face.save_first
    assert face.may_save, "a technician may save what could not be tried today"


def test_when_all_have_acted_saving_comes_first_and_then_the_check() -> None:
    assert model.face(state(works(READER), works(PRINTER))).save_first
    saved = model.face(state(replace(works(READER), checked=True), stage=Stage.SAVED, dirty=False))
    assert saved.finished
    assert [step.state for step in saved.steps] == ["done"] * 4
    assert saved.summary == words("setup.summary.saved.all", n=1)


def test_the_next_one_to_be_tried_is_offered_once_one_works() -> None:
    face = model.face(state(works(READER), SILENT, PRINTER))
    assert (face.detail.following, face.detail.following_words) == ("b", "下一台：回执打印机")
    assert model.face(state(READER, PRINTER)).detail.following == ""


def test_nothing_is_offered_while_a_device_acts() -> None:
    face = model.face(state(replace(READER, tried=Tried.RUNNING), PRINTER))
    assert (face.may_save, face.detail.tries, face.detail.may_stop, face.detail.may_edit) == (False, (), True, False)


def test_a_silent_port_says_what_it_may_be() -> None:
    detail = model.face(state(SILENT)).detail
    assert detail.tries == (("display", "当作窗口屏试"),)
    assert detail.use == "", "what is not known cannot be saved"


def test_a_no_is_told_in_words() -> None:
    face = model.face(state(replace(PRINTER, tried=Tried.FAILED, code="not_came_out")))
    assert "纸没有出来" in face.detail.result


@pytest.mark.parametrize("language", ["zh", "en"])
def test_everything_that_may_have_to_be_said_has_words(language: str) -> None:
    words.language, words.strict = language, True
    try:
        for kind in TRIES:
            row = replace(READER, kind=kind, facts={"model": "M"})
            for tried in Tried:
                for asks in ("came_out", "seen", "heard"):
                    model.face(
                        state(replace(row, tried=tried, asks=asks, code="paper_out"), searching=tried is Tried.WORKS)
                    )
        for why in Why:
            for origin in Origin:
                model.face(state(replace(SILENT, why=why, origin=origin)))
        for code in (*CODES, *Why, "not_seen", "not_heard"):
            assert model.code_words(code)
        for what in PREFERRED:
            model.face(state(READER, searching=True, asking=(("ttyUSB0", what if what in ASKED else ""),)))
        for problem in ("address", "changed", "not_allowed", "refused", "form"):
            assert model.face(state(READER, problem=problem, problems=("line 3",))).problem
    finally:
        words.language, words.strict = "zh", False


ASKED = {"escpos", "sam_serial", "modbus", "onbon", "escl", "mjpeg", "ipp"}
"""What a search says that it is asking."""


def test_a_form_begins_with_an_example_and_takes_what_is_right() -> None:
    form = model.form(state(READER), None)
    assert form.url == model.example_of(form.kind, form.driver)
    assert not form.may_emulate
    assert set(dict(form.kinds)) == {kind for kind in catalogue.KINDS if kind in TRIES}
    made = model.filled("printer", "escpos", " socket://x:9100 ", "width = 32", emulated=False)
    assert made == DeviceConfig("", "printer", "escpos", "socket://x:9100", options={"width": 32})


@pytest.mark.parametrize("url", ["", "nonsense", "socket://a b:1", "gopher://x"])
def test_a_wrong_address_is_told_with_an_example(url: str) -> None:
    found = model.filled("printer", "escpos", url, "", emulated=False)
    assert isinstance(found, Wrong)
    assert "socket://" in found.url


@pytest.mark.parametrize("options", ["width", "width = ", "a = [1]", "} x = {", "a = 1\nb = 2"])
def test_options_that_are_none_are_told(options: str) -> None:
    found = model.filled("printer", "escpos", "socket://x:1", options, emulated=False)
    assert isinstance(found, Wrong)
    assert found.options


def test_options_are_shown_as_they_are_typed() -> None:
    text = model.options_text({"width": 32, "text": "image", "on": True})
    assert text == 'width = 32, text = "image", on = true'
    made = model.filled("printer", "escpos", "socket://x:1", text, emulated=False)
    assert isinstance(made, DeviceConfig)
    assert made.options == {"width": 32, "text": "image", "on": True}
