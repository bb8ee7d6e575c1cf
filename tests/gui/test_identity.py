"""Step 1 by keys: modes, two cards, other documents, and that all of it fits."""

from collections.abc import Iterator
from dataclasses import replace
from typing import cast

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from drivers.id_card.photo import HEIGHT, bmp
from tests.gui import gallery_reception as demo
from tests.gui import identity_scenes as scenes
from tests.gui.recorder import Recorder
from ui.reception.identity.view import IdentityView
from ui.reception.window import ReceptionWindow
from ui.theme import Theme, apply_theme
from ui.widgets.label import ElidedLabel
from ui.words import words
from window_client.domain.visit import Step
from window_client.reception.actions import ClerkActions
from window_client.reception.state import ReceptionState

ALT, PLAIN = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier


class Desk:
    """A window on step 1 of a desk that only listens."""

    def __init__(self, qtbot: QtBot, theme: Theme, size: tuple[int, int] = (1440, 900)) -> None:
        self.asked = Recorder()
        self.window = ReceptionWindow(
            cast("ClerkActions", self.asked),
            demo.DemoShelf(),
            demo.DrawnPictures(),
            theme,
            lambda: demo.at("10:37"),
        )
        qtbot.addWidget(self.window)
        self.window.resize(*size)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitExposed(self.window)

    def present(self, state: ReceptionState) -> IdentityView:
        self.window.present(state)
        self.settle()
        return cast("IdentityView", self.window.centre.body(Step.IDENTITY))

    def settle(self) -> None:
        for _ in range(12):
            QApplication.processEvents()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        self.settle()

    def type(self, text: str) -> None:
        focus = QApplication.focusWidget()
        assert isinstance(focus, QLineEdit)
        focus.selectAll()
        focus.insert(text)
        focus.textEdited.emit(text)

    def last(self) -> tuple[object, ...]:
        """What the desk was asked last."""
        return self.asked.asked[-1]


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme) -> Desk:
    return Desk(qtbot, theme)


def test_the_modes_have_their_keys(desk: Desk) -> None:
    view = desk.present(scenes.state(scenes.draft(applicant=demo.LI)))
    desk.press(Qt.Key.Key_Q, ALT)
    assert desk.last() == ("choose_party",)
    desk.press(Qt.Key.Key_B, ALT)
    assert desk.last() == ("choose_agent",)
    view.modes.party.findChildren(type(view.modes.party._buttons["person"]))[1].click()
    assert desk.last() == ("choose_party", "organisation")


def test_a_credit_code_is_asked_about_with_enter(desk: Desk) -> None:
    view = desk.present(scenes.IDENTITY_GALLERY["01l-organisation-empty"][1])
    assert QApplication.focusWidget() is view.cards.organisation.code.editor
    desk.type("91510799MA9T00026D")
    desk.press(Qt.Key.Key_Return)
    assert desk.last() == ("look_up_organisation", "91510799MA9T00026D")


def test_an_organisation_is_typed_from_its_licence_by_keys(desk: Desk) -> None:
    view = desk.present(scenes.IDENTITY_GALLERY["01l-organisation-empty"][1])
    desk.type("91510799MA9T00026D")
    view.cards.organisation.type.click()
    desk.settle()
    assert QApplication.focusWidget() is view.organisation_typing.fields["name"].editor
    desk.type("绵阳示例餐饮有限公司")
    view.organisation_typing.fields["established"].focus()
    desk.type("2021/3/9")
    desk.press(Qt.Key.Key_Return)
    name, facts = desk.last()
    assert name == "type_organisation"
    assert isinstance(facts, dict)
    assert (facts["uscc"], facts["established"]) == ("91510799MA9T00026D", "2021-03-09")
    desk.press(Qt.Key.Key_Escape)
    assert not view.typing_is_open


def test_a_passport_is_typed_with_what_it_says(desk: Desk) -> None:
    view = desk.present(scenes.state(scenes.draft(applicant=demo.LI)))
    view.open_typing()
    desk.settle()
    view.typing.document.editor.setFocus()
    while view.typing.kind != "passport_foreign":
        desk.press(Qt.Key.Key_Down)
        view.typing.document.leave()
    assert view.typing.more["nationality"].isVisible()
    for field, text in (
        (view.typing.name, "ALEX EXAMPLE"),
        (view.typing.number, "x1234567"),
        (view.typing.more["nationality"], "USA"),
        (view.typing.more["birth"], "1985.2.3"),
        (view.typing.more["valid_to"], "soon"),
    ):
        field.focus()
        desk.type(text)
    desk.press(Qt.Key.Key_Return)
    assert not any(name == "type_document" for name, *_ in desk.asked.asked), "the day is not one"
    desk.type("20310506")
    desk.press(Qt.Key.Key_Return)
    assert desk.last() == (
        "type_document",
        {
            "kind": "passport_foreign",
            "name": "ALEX EXAMPLE",
            "id_no": "X1234567",
            "nationality": "USA",
            "sex": "",
            "birth": "1985-02-03",
            "valid_to": "2031-05-06",
        },
        "",
    )


def test_f9_reads_for_the_side_that_has_the_focus(desk: Desk) -> None:
    view = desk.present(scenes.IDENTITY_GALLERY["01l-both-people"][1])
    view.cards.left.read.setFocus()
    desk.press(Qt.Key.Key_F9)
    assert desk.last() == ("read_card", "applicant")
    view.cards.right.read.setFocus()
    desk.press(Qt.Key.Key_F9)
    assert desk.last() == ("read_card", "agent")
    view.notify.editor.setFocus()
    desk.press(Qt.Key.Key_F9)
    assert desk.last() == ("read_card",)
    view.cards.swap.click()
    assert desk.last() == ("swap_people",)


def test_f10_takes_the_power_of_attorney(desk: Desk) -> None:
    view = desk.present(scenes.organisation_state())
    assert view.cards.attorney.isVisible()
    desk.press(Qt.Key.Key_F10)
    assert desk.last() == ("capture",)
    view.cards.attorney.take.click()
    assert desk.last() == ("capture",)


def test_the_authority_is_typed_in_the_card(desk: Desk) -> None:
    view = desk.present(scenes.organisation_state())
    authority = view.cards.authority
    authority.powers["collect"].click()
    assert desk.last() == ("set_authority", "powers", "submit|correct")
    authority.until.focus()
    desk.type("next week")
    authority.until.leave()
    assert desk.last()[1] == "powers", "that is no day"
    authority.until.focus()
    desk.type("2026/6/30")
    authority.until.leave()
    assert desk.last() == ("set_authority", "until", "2026-06-30")
    authority.phone.focus()
    assert QApplication.focusWidget() is authority.phone.editor


def test_what_blocks_offers_its_way_out(desk: Desk) -> None:
    view = desk.present(scenes.IDENTITY_GALLERY["01f-minor"][1])
    view.person.remarks.button.click()
    assert desk.last() == ("choose_agent",)
    view = desk.present(scenes.IDENTITY_GALLERY["01f-card-expired"][1])
    view.person.remarks.button.click()
    desk.settle()
    assert view.typing.isVisible()


def test_a_typed_number_that_is_refused_is_told_at_the_number(desk: Desk) -> None:
    state = demo.failed_state()
    view = desk.present(state)
    view.open_typing()
    desk.type("测试")
    refused = replace(state.identity, code="bad_check_digit", remarks=(scenes.CHECK_DIGIT,))
    desk.present(replace(state, identity=refused))
    assert "身份证号不对：校验位不符" in [
        label.text() for label in view.typing.findChildren(QLabel) if label.isVisible()
    ]
    assert view.typing.name.text() == "测试"


def test_a_name_that_does_not_fit_stands_whole_in_its_tooltip(desk: Desk) -> None:
    view = desk.present(scenes.IDENTITY_GALLERY["01l-organisation-long"][1])
    desk.window.grab()
    names = [one for one in view.cards.organisation.findChildren(ElidedLabel) if one.text() == scenes.LONG_NAME.name]
    assert [one.toolTip() for one in names] == [scenes.LONG_NAME.name]
    assert names[0].accessibleName() == scenes.LONG_NAME.name


WIDEST = ("01l-both-people", "01f-foreigner", "01f-passport")


@pytest.fixture
def english() -> Iterator[None]:
    words.language = "en"
    yield
    words.language = "zh"


@pytest.mark.parametrize(("language", "scale"), [("en", 1.0), ("zh", 1.5)])
def test_nothing_of_step_1_is_wider_than_its_place(
    qtbot: QtBot, qapp: QApplication, theme: Theme, language: str, scale: float
) -> None:
    words.language = language
    larger = Theme.load("light", scale)
    apply_theme(qapp, larger)
    try:
        desk = Desk(qtbot, larger, (1366, 768))
        for name in WIDEST:
            state = scenes.IDENTITY_GALLERY[name][1]
            view = desk.present(state)
            room = desk.window.centre.sheet.part.area.viewport().width()
            assert view.minimumSizeHint().width() <= room, f"{name} {language} {scale}"
    finally:
        words.language = "zh"
        for window in qapp.topLevelWidgets():
            window.close()
        apply_theme(qapp, theme)


def test_english_shows_chinese_only_inside_data(english: None, qtbot: QtBot, theme: Theme) -> None:
    desk = Desk(qtbot, theme)
    view = desk.present(scenes.organisation_state())
    state = scenes.organisation_state()
    assert state.draft is not None
    known = msgspec.json.encode(state.draft).decode() + repr(state.identity.related) + "汉"
    for label in view.findChildren(QLabel):
        text = label.text()
        chinese = "".join(sign for sign in text if "一" <= sign <= "鿿")
        assert not label.isVisible() or all(sign in known for sign in chinese), text


def test_a_decoded_portrait_stands_in_the_place_of_the_figure(desk: Desk) -> None:
    figure = desk.present(scenes.state(scenes.draft(applicant=demo.LI))).person.photo
    drawn = figure.grab().toImage()
    rows = b"\x20\x80\xe0" * 102 + b"\x00\x00"
    portrait = bmp(rows * HEIGHT)

    desk.present(scenes.state(scenes.draft(applicant=demo.LI), portraits=((demo.LI.id_no, portrait),)))
    assert figure.grab().toImage().pixelColor(56, 70).name() == "#e08020"

    desk.present(scenes.state(scenes.draft(applicant=demo.LI), portraits=((demo.LI.id_no, b"BM of nothing"),)))
    assert figure.grab().toImage() == drawn
