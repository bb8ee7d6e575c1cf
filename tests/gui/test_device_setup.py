"""A technician sets a hall's devices up by keys, in a real window, and a counter starts with them."""

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from drivers.contracts import DeviceConfig
from drivers.emulators.process import EmulatorProcess
from drivers.recognise.places import Machine
from tests.counter import LoopDispatcher
from tests.gui import setup_scenes
from tests.gui.fitting import cut_texts
from tests.gui.looks_more import throw_away
from tests.gui.looks_scenes import settle, wear
from tests.gui.recorder import Recorder
from ui.device_setup import model
from ui.device_setup.run import SetupWindows
from ui.device_setup.window import SetupWindow
from ui.looks import Looks
from ui.theme import current
from ui.widgets.paint import watching_texts
from ui.windows import Windows
from window_client.app import UNLOCKED_BY, open_store
from window_client.demo import LIMING
from window_client.device_setup_state import SetupActions, SetupState, Stage, Tried
from window_client.devices import Devices
from window_client.settings import Settings, read

PATIENCE = 30.0
CHINESE = re.compile(r"[\u3400-\u9fff]")
CONTROL = Qt.KeyboardModifier.ControlModifier


def press(window: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key, to whatever has the focus."""
    QTest.keyClick(QApplication.focusWidget() or window, key, modifier)


def type_in(text: str) -> None:
    """Letters, to whatever has the focus."""
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, text)


class Technician:
    """Looks at the window and presses keys."""

    def __init__(self, windows: SetupWindows) -> None:
        assert windows.window is not None
        self.windows, self.window = windows, windows.window

    @property
    def state(self) -> SetupState:
        return self.windows.setup.state

    def until(self, condition: Callable[[SetupState], object], what: str) -> None:
        give_up = time.monotonic() + PATIENCE
        while not condition(self.state):
            assert time.monotonic() < give_up, f"never happened: {what}; {self.state}"
            QTest.qWait(10)

    def go_to(self, **wanted: str) -> None:
        """By the arrows to the row."""

        def is_it(row: object) -> bool:
            return all(getattr(row, name) == value for name, value in wanted.items())

        if self.window.address.hasFocus():
            self.window.focus_list()
        for _ in self.state.rows:
            press(self.window, Qt.Key.Key_Up)
        for _ in self.state.rows:
            if self.state.row is not None and is_it(self.state.row):
                return
            press(self.window, Qt.Key.Key_Down)
        assert self.state.row is not None
        assert is_it(self.state.row), wanted

    def tried(self, kind: str) -> None:
        self.until(lambda s: s.row is not None and s.row.kind == kind and s.row.tried is Tried.WORKS, f"{kind} works")


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[tuple[Path, Callable[..., EmulatorProcess]]]:
    with ExitStack() as stack:
        yield tmp_path, lambda kind, *more: stack.enter_context(EmulatorProcess(kind, *more))


class Hall:
    """Five emulated devices, two of them at serial ports, and the settings of a window that has none yet."""

    def __init__(self, folder: Path, emulate: Callable[..., EmulatorProcess]) -> None:
        self.reader = emulate("id_card", "--link", str(folder / "port-1"))
        self.display = emulate("display", "--link", str(folder / "port-2"))
        self.printer, self.scanner, self.camera = emulate("printer"), emulate("scanner"), emulate("camera")
        self.file = folder / "settings.toml"
        self.text = (
            '# made by hand\n[window]\nnumber = 3\nprofile = "production"\n[central]\nurl = "http://127.0.0.1:9"\n'
            f"[data]\nfolder = {json.dumps(str(folder / 'data'))}\n"
        )
        self.file.write_text(self.text, "utf-8")
        self.machine = Machine(folder, (f"{folder}/port-*",), own_ports=False, services=False, network=False)

    def found_by(self, hand: Technician) -> None:
        """The ports by the search, the others by their addresses."""
        hand.until(lambda s: not s.searching, "searched")
        for url in (self.printer.url, self.scanner.url, self.camera.url):
            hand.window.address.setFocus()
            hand.window.address.clear()
            type_in(url)
            press(hand.window, Qt.Key.Key_Return)
            hand.until(lambda s: not s.searching, "asked")
        assert {row.kind for row in hand.state.chosen} == {"id_card", "printer", "scanner", "camera"}
        hand.window.focus_list()

    def tried_by(self, hand: Technician) -> None:
        """Every device acts."""
        hand.go_to(kind="id_card")
        press(hand.window, Qt.Key.Key_Return)
        hand.until(lambda s: s.busy, "asks for a card")
        self.reader.put("/card", {"id_no": LIMING})
        hand.tried("id_card")
        assert LIMING not in str(hand.state), "something of the card is kept"

        self.scanner.put("/feeder", {"pages": 2})
        hand.go_to(kind="scanner")
        press(hand.window, Qt.Key.Key_Return)
        hand.tried("scanner")
        settle()
        assert hand.window.detail.picture.isVisible()
        assert hand.window.detail.picture.size_of_picture.height() > 500

        hand.go_to(kind="camera")
        press(hand.window, Qt.Key.Key_Return)
        hand.tried("camera")

        hand.go_to(kind="printer")
        press(hand.window, Qt.Key.Key_Return)
        hand.until(lambda s: s.row is not None and s.row.tried is Tried.ASKED, "asks whether it came out")
        assert "测试条" in self.printer.request("GET", "/text").decode()
        press(hand.window, Qt.Key.Key_Y)
        hand.tried("printer")

        hand.go_to(place="port-2")
        press(hand.window, Qt.Key.Key_Return)
        hand.until(lambda s: s.row is not None and s.row.tried is Tried.ASKED, "asks what is seen")
        hand.until(lambda _: "88888" in self.display.request("GET", "/text").decode(), "shows it")
        press(hand.window, Qt.Key.Key_Y)
        hand.tried("display")


def test_a_technician_sets_a_hall_up_by_keys_and_the_counter_has_its_devices(
    qtbot: QtBot, hall: tuple[Path, Callable[..., EmulatorProcess]]
) -> None:
    place = Hall(*hall)
    windows = SetupWindows(place.file, read(place.file), machine=place.machine)
    hand = Technician(windows)
    try:
        windows.open()
        place.found_by(hand)
        place.tried_by(hand)
        settle()
        assert hand.window.save.property("kind") == "primary", "everything was tried: saving is next"
        press(hand.window, Qt.Key.Key_S, CONTROL)
        hand.until(lambda s: s.stage is Stage.SAVED and not s.checking, "saved and checked")
        assert [row.checked for row in hand.state.chosen] == [True] * 5
        assert hand.window.finished.isVisible()
    finally:
        hand.window.close()
        throw_away(hand.window)
        wear(Looks())

    settings = read(place.file)
    assert place.file.read_text("utf-8").startswith(place.text)
    assert len(settings.devices) == 5
    dispatcher = LoopDispatcher()
    devices = Devices(settings.devices, dispatcher, lambda: None)
    devices.start()
    try:
        give_up = time.monotonic() + PATIENCE
        while {view.state for view in devices.views()} != {"ready"}:
            assert time.monotonic() < give_up, devices.views()
            dispatcher.run(0.05)
    finally:
        devices.stop()


@pytest.fixture
def asked() -> Recorder:
    return Recorder()


@pytest.fixture
def window(qtbot: QtBot, asked: Recorder) -> Iterator[SetupWindow]:
    made = SetupWindow(cast("SetupActions", asked), current())
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    settle()
    yield made
    throw_away(made)


def test_the_list_is_worked_by_arrows_space_and_enter(window: SetupWindow, asked: Recorder) -> None:
    window.present(setup_scenes.SCENES["setup-found"]())
    window.focus_list()
    asked.asked.clear()
    press(window, Qt.Key.Key_Space)
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_Down)
    assert asked.asked[:3] == [("use", "row-1", False), ("try_row", "row-1", ""), ("show", "row-2")]


def test_a_silent_port_is_tried_as_a_display_or_by_what_a_person_does_at_it(
    window: SetupWindow, asked: Recorder
) -> None:
    window.present(setup_scenes.SCENES["setup-silent"]())
    settle()
    for button in window.detail.tries:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked.asked == [("try_row", "row-5", kind) for kind in ("display", "codes", "rating")]
    assert "按评价器的键" in model.face(setup_scenes.SCENES["setup-pressing"]()).detail.result


def test_a_question_is_answered_by_keys_but_not_while_somebody_types(window: SetupWindow, asked: Recorder) -> None:
    window.present(setup_scenes.SCENES["setup-asked"]())
    window.focus_list()
    asked.asked.clear()
    window.address.setFocus()
    QTest.keyClicks(window.address, "yn")
    assert window.address.text() == "yn"
    assert asked.asked == []
    window.focus_list()
    asked.asked.clear()
    press(window, Qt.Key.Key_N)
    press(window, Qt.Key.Key_Y)
    assert asked.asked == [("answer", "row-4", False), ("answer", "row-4", True)]


def test_what_is_searched_saved_and_stopped_by_keys_reaches_the_set_up(window: SetupWindow, asked: Recorder) -> None:
    window.present(setup_scenes.SCENES["setup-ready"]())
    window.focus_list()
    asked.asked.clear()
    press(window, Qt.Key.Key_S, CONTROL)
    press(window, Qt.Key.Key_R, CONTROL)
    press(window, Qt.Key.Key_Escape)
    assert asked.asked == [("save",), ("search",), ("stop",)]


def test_while_a_search_runs_nothing_is_saved_and_no_form_opens(window: SetupWindow, asked: Recorder) -> None:
    window.present(setup_scenes.SCENES["setup-finding"]())
    window.focus_list()
    asked.asked.clear()
    press(window, Qt.Key.Key_S, CONTROL)
    press(window, Qt.Key.Key_R, CONTROL)
    press(window, Qt.Key.Key_N, CONTROL)
    assert asked.asked == []
    assert window.form is None


def test_a_device_is_added_by_hand_with_the_keys_alone(window: SetupWindow, asked: Recorder) -> None:
    window.present(setup_scenes.SCENES["setup-form"]())
    window.focus_list()
    press(window, Qt.Key.Key_N, CONTROL)
    form = window.form
    assert form is not None
    kinds = [form.kind.editor.itemData(at) for at in range(form.kind.editor.count())]  # type: ignore[union-attr]
    for _ in range(kinds.index("printer")):
        press(window, Qt.Key.Key_Down)
    assert form.url.text() == "socket://192.0.2.10:9100"
    form.url.focus()
    type_in("nonsense")
    press(window, Qt.Key.Key_Return, CONTROL)
    assert window.form is form, "a wrong address is not taken"
    assert form.url._problem.isVisible()
    form.url.focus()
    type_in("socket://192.0.2.9:9100")
    form.options.focus()
    type_in('width = 32, text = "image"')
    asked.asked.clear()
    press(window, Qt.Key.Key_Return, CONTROL)
    assert window.form is None
    name, key, config = asked.asked[0]
    assert (name, key) == ("put", "")
    assert (config.kind, config.driver, config.url) == ("printer", "escpos", "socket://192.0.2.9:9100")
    assert config.options == {"width": 32, "text": "image"}


def test_the_form_closes_by_escape_and_changes_nothing(window: SetupWindow, asked: Recorder) -> None:
    window.present(setup_scenes.SCENES["setup-found"]())
    window.open_form("row-4")
    assert window.form is not None
    assert window.form.url.text() == "socket://192.0.2.21:9100"
    assert window.form.emulated.isHidden(), "production has no emulated devices"
    asked.asked.clear()
    press(window, Qt.Key.Key_Escape)
    assert window.form is None
    assert [row for row in asked.asked if row[0] != "show"] == []


def test_a_device_that_comes_in_between_leaves_the_keys_where_they_are(window: SetupWindow, asked: Recorder) -> None:
    before = setup_scenes.SCENES["setup-found"]()
    window.present(replace(before, rows=before.rows[1:], shown="row-5"))
    window.focus_list()
    window.present(replace(before, shown="row-5"))
    with_focus = [row.line.key for row in window.rows if row.hasFocus()]
    assert with_focus == ["row-5"]


@pytest.mark.parametrize(
    ("language", "text", "size"),
    [
        ("zh", "normal", (1366, 768)),
        ("en", "normal", (1366, 768)),
        ("en", "large", (1366, 768)),
        ("zh", "huge", (1366, 768)),
        ("en", "huge", (1366, 768)),
        ("en", "huge", (1920, 1080)),
    ],
)
def test_nothing_is_cut(qtbot: QtBot, language: str, text: str, size: tuple[int, int]) -> None:
    found = []
    for name, made in setup_scenes.setup_windows(Looks(language, "light", text), size):
        if (made.width(), made.height()) != size:
            found.append(f"{name}: the window grew to {made.width()}x{made.height()}")
        found += [f"{name}: {cut}" for cut in cut_texts(made)]
    assert found == []


def chinese_on(window: QWidget) -> set[str]:
    """Every text with Chinese letters that stands on a window, painted or in a label."""
    found: set[str] = set()

    def seen(text: str, _needed: float, _given: float, _may_elide: bool) -> None:
        found.add(text)

    with watching_texts(seen):
        window.grab()
    found |= {line.text() for line in window.findChildren(QLabel)}
    return {text for text in found if CHINESE.search(text)}


def test_in_english_no_chinese_is_left_but_the_language_button(qtbot: QtBot) -> None:
    for name, made in setup_scenes.setup_windows(Looks("en"), (1366, 768)):
        assert chinese_on(made) == {"中 / EN"}, name


def test_language_contrast_and_size_change_and_the_shown_device_stays(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('[window]\nnumber = 3\n[central]\nurl = "http://127.0.0.1:9"\n', "utf-8")
    windows = SetupWindows(file, read(file), machine=Machine(tmp_path, own_ports=False, services=False, network=False))
    page = windows.window
    assert page is not None
    try:
        page.show()
        page.activateWindow()
        settle()
        page.present(setup_scenes.SCENES["setup-silent"]())
        page.focus_list()
        for name in ("language", "contrast", "large_text"):
            windows.switch(name)
            settle()
        assert windows.looks == Looks("en", "dark", "large")
        assert page.save.text() == "Save"
        assert page.detail.face.key == "row-5"
        assert [row.line.key for row in page.rows if row.hasFocus()] == ["row-5"]
    finally:
        page.close()
        throw_away(page)
        wear(Looks())


def test_from_the_sign_in_page_the_devices_are_let_go_of_set_up_and_taken_up_again(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hall: tuple[Path, Callable[..., EmulatorProcess]]
) -> None:
    monkeypatch.setenv(UNLOCKED_BY, "a passphrase for tests")
    printer = hall[1]("printer")
    file = tmp_path / "settings.toml"
    file.write_text(
        '[window]\nnumber = 3\nprofile = "demo"\n[central]\nurl = "http://127.0.0.1:9"\n'
        f'[data]\nfolder = {json.dumps(str(tmp_path / "data"))}\nkeys = "file"\n',
        "utf-8",
    )
    settings = read(file)
    open_store(settings, passphrase="a passphrase for tests").close()
    windows = Windows(settings, file=file)
    windows.open()
    try:
        qtbot.waitUntil(lambda: windows.app is not None, timeout=30_000)
        first = windows.app
        page = windows.signin
        assert page is not None
        QTest.keyClick(page, Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
        qtbot.waitUntil(lambda: windows.setup is not None, timeout=30_000)
        assert windows.setup is not None
        assert (windows.app, windows.signin) == (None, None)
        hand = Technician(windows.setup)
        assert hand.window.isVisible()
        hand.until(lambda s: not s.searching, "searched")
        windows.setup.setup.put("", DeviceConfig("", "printer", "escpos", printer.url))
        press(hand.window, Qt.Key.Key_S, CONTROL)
        hand.until(lambda s: s.stage is Stage.SAVED and not s.checking, "saved")
        hand.window.close()
        qtbot.waitUntil(lambda: windows.app is not None, timeout=30_000)
        assert windows.app is not first
        assert windows.signin is not None
        assert windows.signin.isVisible()
        assert windows.setup is None
        assert [row.kind for row in windows.settings.devices] == ["printer"]
        signin = windows.app.signin
        qtbot.waitUntil(lambda: signin.state.checked_at is not None, timeout=30_000)
        app = windows.app
        qtbot.waitUntil(lambda: [view.state for view in app.devices.views()] == ["ready"], timeout=30_000)
    finally:
        windows.close()
        wear(Looks())


def test_who_may_not_write_the_settings_has_no_such_button(qtbot: QtBot, tmp_path: Path) -> None:
    windows = Windows(replace(Settings(12, "5107-01", "demo", "http://centre"), data=tmp_path))
    try:
        page = windows._make_sign_in()
        assert not hasattr(page, "devices")
        throw_away(page)
    finally:
        windows.close()
