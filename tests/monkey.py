"""A monkey at the counter: both real windows over a ``Bench``, and a seeded stranger who presses anything at any time.

::

    with Monkey(tmp_path, seed=7) as monkey:
        monkey.run(300)
    assert not monkey.found

A step is one thing that a clerk, an applicant, a device, the network or the clock may do; answers may still be on
their way when the next comes. After each step the desk is looked at: what must hold at every moment is in ``Watch``.
The same seed does the same; ``told`` is what was done.
"""

import logging
import random
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget

from drivers.contracts import CardRecord, PrintEnd, PrintResult
from drivers.errors import DeviceError, Fault
from tests.desk import CARD, ITEM, PNG, STROKES, Bench, sheet
from ui.applicant.window import ApplicantWindow
from ui.looks import SWITCHES, Looks
from ui.main import application
from ui.reception.keys import KEYS, OPTIONAL_KEYS
from ui.reception.texts import say
from ui.reception.window import ReceptionWindow
from ui.theme import Theme, apply_theme
from ui.words import words
from window_client.domain.identifiers import id_no_check
from window_client.domain.material import all_pages
from window_client.domain.privacy import mask_id_no, mask_name, mask_phone
from window_client.domain.visit import Draft, State, Step
from window_client.reception.state import ApplicantPage, ReceptionState
from window_client.store.store import Store

REFUSALS = ("stale_call", "window_busy", "queue_empty", "number_taken", "no_such_number", "too_many")
ASKED = ("call", "call-number", "recall", "arrive", "finish", "no-show", "hold", "transfer", "person", "walk-in", "use")
TEXTS = (
    "50000.00",
    "13800138000",
    "涪城区示例路 18 号",
    "小吃服务",
    "C021",
    "abc",
    "-1",
    "李明",
    "510799198806120017",
    " ",
    "x" * 300,
)
BARE = (
    *(Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape, Qt.Key.Key_Space, Qt.Key.Key_F10),
    *(Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Delete, Qt.Key.Key_Backspace),
    *(Qt.Key.Key_E, Qt.Key.Key_D, Qt.Key.Key_N, Qt.Key.Key_R, Qt.Key.Key_C, Qt.Key.Key_P, Qt.Key.Key_M, Qt.Key.Key_T),
    *(Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageDown, Qt.Key.Key_Slash),
)
QUIET = re.compile("propagateSizeHints|This plugin does not support")
"""What the offscreen platform says at every window; no fault of ours."""

PAGE_DEEDS = re.compile(
    r"delete|Del|undo|redo|Ctrl\+Z|Ctrl\+Y|Ctrl\+Shift\+Z|retake|two_sides|capture|F10|feed|F11|answer|choose"
)
CHARACTERS = "伯仲叔季孟婉婷颖霖澜潇湘沐泽瀚宸逸轩梓涵诗琪雅芙蓉蔷薇棠梨桐楠杉柏樟榆槐"


class Ears(logging.Handler):
    """Hears what the program logs."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.refused: list[str] = []
        self.bugs: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Remember errors with a trace, and what the desk did not allow."""
        text = record.getMessage()
        if "is not allowed while" in text:
            self.refused.append(text)
        if record.exc_info is not None or record.levelno >= logging.CRITICAL:
            formatter = logging.Formatter()
            trace = formatter.formatException(cast("Any", record.exc_info)) if record.exc_info else ""
            self.bugs.append(f"{text}\n{trace}")


class Monkey:
    """Two windows, a desk, and the hands of everybody.

    Args:
        folder: Where the store lies.
        seed: What it will do.
        size: The clerk's window in pixels.
    """

    def __init__(self, folder: Path, seed: int, size: tuple[int, int] = (1440, 900)) -> None:
        self.folder = folder
        self.dice = random.Random(seed)
        self.seed, self._size = seed, size
        self.told: list[str] = []
        self.found: list[str] = []
        self.visits = self.accepted = 0
        self._warnings: list[str] = []
        self._raised: list[str] = []
        self._ears = Ears()
        self._people = 0
        self._cards: list[CardRecord] = [CARD]
        self.looks = Looks()
        self._online = False
        self._pages: dict[str, set[str]] = {}
        self._last_draft: Draft | None = None
        self._secrets: dict[str, set[str]] = {}
        self._numbers: dict[str, set[str]] = {}
        self._ever: set[str] = set()

    # ---- begin and end

    def __enter__(self) -> Self:
        self._app = application()
        self._hook, sys.excepthook = sys.excepthook, self._raise
        self._messages = qInstallMessageHandler(self._message)
        self._level = logging.getLogger().level
        logging.getLogger().addHandler(self._ears)
        logging.getLogger().setLevel(logging.INFO)
        self.theme = Theme.load("light")
        apply_theme(self._app, self.theme)
        words.language = "zh"
        self._open()
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._shut()
        logging.getLogger().removeHandler(self._ears)
        logging.getLogger().setLevel(self._level)
        sys.excepthook = self._hook
        qInstallMessageHandler(self._messages)
        words.language = "zh"
        apply_theme(self._app, Theme.load("light"))

    def _open(self) -> None:
        self.bench = Bench(self.folder / "store", serials=500)
        self.bench.__enter__()
        desk = self.bench.desk
        switches = {name: partial(self._switch, name) for name in SWITCHES}
        self.clerk = ReceptionWindow(desk, desk, desk, self.theme, lambda: self.bench.now, switches)
        self.person = ApplicantWindow(desk, self.theme, lambda: self.bench.now)
        self.clerk.resize(*self._size)
        desk._core.show = self._show
        desk._show = self._show
        desk._show_live = self.clerk.present_live
        for window in (self.clerk, self.person):
            window.show()
        self.clerk.activateWindow()
        desk.network_changed(online=True, latency_ms=12, offset_s=0.0)
        desk._publish(desk.state)
        self.turn()

    def _shut(self) -> None:
        for window in (self.clerk, self.person):
            window.close()
            window.deleteLater()
        self.turn()
        self.bench.__exit__(None, None, None)

    def _show(self, state: ReceptionState) -> None:
        from window_client.reception.locking import blank

        shown = blank(state) if state.lock is not None else state
        self._watch_state(state)
        self.clerk.present(shown)
        self.person.present(shown)

    def turn(self) -> None:
        """Turns of the loop; what is to be deleted goes with them, as it would inside ``exec``."""
        for _ in range(3):
            self._app.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def _raise(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        import traceback

        self._raised.append("".join(traceback.format_exception(kind, error, trace)))

    def _message(self, _kind: QtMsgType, _context: object, text: str) -> None:
        if not QUIET.search(text):
            self._warnings.append(text)

    # ---- walking about

    def run(self, steps: int) -> None:
        """Do so many things; stops at the first finding, for what follows it may be its child."""
        for _ in range(steps):
            if self.found:
                return
            self.step()

    def step(self) -> None:
        """One thing, and a look at everything."""
        deeds = self._deeds()
        weights = [weight for weight, _ in deeds.values()]
        name = self.dice.choices(list(deeds), weights)[0]
        self.told.append(name)
        del self._ears.refused[:]
        try:
            deeds[name][1]()
            self.turn()
            if self.dice.random() < 0.6:
                self.settle()
        except Exception as error:  # noqa: BLE001 - what the desk throws is what is looked for
            import traceback

            self._find(f"thrown: {error!r}\n{traceback.format_exc()}")
        self._look()

    def settle(self) -> None:
        """Let all answers arrive."""
        self.bench.settle()
        self.turn()
        self.bench.settle()
        self.turn()
        state = self.bench.state
        if state.busy:
            self._find(f"busy stays {state.busy}")
        if self.clerk.building:
            for _ in range(20):
                self.turn()
            if self.clerk.building:
                self._find("the window is never built")

    def _find(self, text: str) -> None:
        self.found.append(f"seed {self.seed} step {len(self.told)} after {self.told[-12:]}: {text}")

    def _deeds(self) -> dict[str, tuple[float, Callable[[], object]]]:
        return {
            "key": (10, self._key),
            "bare": (8, self._bare),
            "text": (5, self._text),
            "click": (14, partial(self._click, self.clerk)),
            "touch": (5, partial(self._click, self.person)),
            "forward": (34, self._forward),
            "card": (4, self._card),
            "bad card": (1, lambda: self.bench.reader.lay(DeviceError("reader", self._fault()))),
            "paper": (4, self._paper),
            "camera": (2, self._camera),
            "printer": (1, self._printer),
            "line": (2, self._line),
            "refuse": (2, self._refuse),
            "time": (4, self._time),
            "courier": (2, self._courier),
            "news": (2, self._news),
            "unlock": (3, self._unlock),
            "occupied": (0.3, self._occupied),
            "restart": (0.25, self._restart),
            "combo": (2, self._combo),
            "resize": (0.5, self._resize),
        }

    # ---- hands

    def _key(self) -> None:
        key = self.dice.choice(KEYS + OPTIONAL_KEYS[:1] + OPTIONAL_KEYS[1:4])
        if key.act == "lock" and self.dice.random() < 0.6:
            return
        self.told[-1] = f"key {key.sequences[0]}"
        self._press(key.sequences[0])

    def _press(self, sequence: str) -> None:
        combined = cast("Any", QKeySequence(sequence))[0]
        QTest.keyClick(self._target(), combined.key(), combined.keyboardModifiers())

    def _target(self) -> QWidget:
        focus = QApplication.focusWidget()
        return focus if focus is not None and focus.window() is self.clerk else self.clerk

    def _bare(self) -> None:
        key = self.dice.choice(BARE)
        self.told[-1] = f"bare {key.name}"
        modifier = Qt.KeyboardModifier.NoModifier
        if key in {Qt.Key.Key_Left, Qt.Key.Key_Right} and self.dice.random() < 0.4:
            modifier = Qt.KeyboardModifier.ControlModifier
        QTest.keyClick(self._target(), key, modifier)

    def _text(self) -> None:
        editors = [
            *(row for row in self.clerk.findChildren(QLineEdit) if row.isVisible() and row.isEnabled()),
            *(row for row in self.clerk.findChildren(QPlainTextEdit) if row.isVisible() and row.isEnabled()),
        ]
        if not editors:
            return
        editor = self.dice.choice(editors)
        editor.setFocus()
        text = self.dice.choice(TEXTS)
        self.told[-1] = f"text {editor.accessibleName() or type(editor).__name__}"
        if self.dice.random() < 0.5:
            cast("Any", editor).selectAll()
        QTest.keyClicks(self._target(), text if text.isascii() else "")
        if not text.isascii() and isinstance(editor, QLineEdit) and not editor.isReadOnly():
            editor.insert(text)
        if self.dice.random() < 0.5:
            QTest.keyClick(self._target(), Qt.Key.Key_Return)

    def _click(self, window: QWidget) -> None:
        buttons = [row for row in window.findChildren(QAbstractButton) if row.isVisible() and row.isEnabled()]
        if not buttons:
            return
        button = self.dice.choice(buttons)
        name = button.accessibleName() or button.text() or button.objectName() or type(button).__name__
        if name == say("lock") and self.dice.random() < 0.6:
            return
        self.told[-1] = f"click {name}"
        times = 2 if self.dice.random() < 0.15 else 1
        place = button.rect().center()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
        refused = list(self._ears.refused)
        if refused:
            self._find(f"the button {name} is enabled, the desk says {refused}")
        if times == 2 and _alive(button) and button.isVisible():
            self.told[-1] += " twice"
            QTest.mouseClick(button, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)

    def _combo(self) -> None:
        combos = [row for row in self.clerk.findChildren(QComboBox) if row.isVisible() and row.isEnabled()]
        if not combos:
            return
        combo = self.dice.choice(combos)
        combo.setFocus()
        QTest.keyClick(combo, self.dice.choice((Qt.Key.Key_Down, Qt.Key.Key_Up)))

    def _resize(self) -> None:
        self.clerk.resize(*self.dice.choice(((1366, 768), (1440, 900), (1920, 1080))))

    def _switch(self, name: str) -> None:
        wanted = self.looks.switched(name)
        if wanted == self.looks or self.clerk.building:
            return
        self.looks = wanted
        self.clerk.change_looks(self._dress)

    def _dress(self) -> Theme:
        words.language = self.looks.language
        theme = self.looks.themed()
        if theme != self.theme:
            self.theme = theme
            apply_theme(self._app, theme)
        return self.theme

    def _forward(self) -> None:
        """What a good clerk would do now, so that the monkey also gets to the end of a visit."""
        bench, state = self.bench, self.bench.state
        if state.lock is not None:
            return
        self.told[-1] = f"forward at {state.visit.value} {state.open_step.value}"
        if state.visit is State.IDLE:
            self._press("F2")
        elif state.visit is State.CALLING or (state.visit is State.SERVING and state.open_step is Step.IDENTITY):
            if state.draft is not None and state.draft.applicant is not None:
                self._press("Ctrl+Return")
            else:
                self._card()
        elif state.visit is State.SERVING:
            self._forward_in(state)
        elif state.visit in {State.SUBMITTED, State.RATING}:
            if self.dice.random() < 0.5:
                self._click(self.person)
            else:
                self._press("F2")
        del bench

    def _forward_in(self, state: ReceptionState) -> None:
        bench, draft = self.bench, self.bench.draft
        if state.open_step is Step.ITEM and not draft.item_id:
            bench.choose()
        elif state.open_step is Step.FORM and self.dice.random() < 0.7:
            bench.fill()
            bench.desk.set_field("trade_name", "示例小吃店")
        elif state.open_step is Step.MATERIALS and self.dice.random() < 0.7 and draft.item_id == ITEM:
            self._collect()
        elif state.open_step is Step.CONFIRM and not draft.signature:
            self._sign(state)
        else:
            self._press("Ctrl+Return")

    def _collect(self) -> None:
        rows = [row for row in self.bench.draft.checklist.rows if not row.pages]
        if not rows:
            self._press("Ctrl+Return")
            return
        row = self.dice.choice(rows)
        self.bench.desk.choose_row(row.material_id)
        self._paper()
        self._press("F11")
        for number in ("M02", "M06"):
            deed = self.bench.desk.use_ecert if number == "M02" else self.bench.desk.defer
            deed(f"{ITEM}-{number}")

    def _sign(self, state: ReceptionState) -> None:
        desk, page = self.bench.desk, state.applicant.page
        if page is ApplicantPage.CHECK:
            desk.applicant_confirms()
        elif page is ApplicantPage.DECLARE:
            desk.applicant_agrees()
        elif page is ApplicantPage.SIGN:
            desk.applicant_signs(STROKES, PNG)
        else:
            self._press("Ctrl+Return")

    # ---- devices, network, clock

    def _fault(self) -> Fault:
        return self.dice.choice(list(Fault))

    def _card(self) -> None:
        if self.dice.random() < 0.6 or len(self._cards) < 3:
            self._cards.append(self._somebody())
        self.bench.reader.lay(self.dice.choice(self._cards[-4:]))
        self._press("F9")
        if self.dice.random() < 0.7:
            self.settle()
            for _ in range(20):
                if not self.bench.gate.run():
                    QTest.qWait(2)
            self.settle()

    def _somebody(self) -> CardRecord:
        self._people += 1
        body = f"51079919{60 + self._people % 40}0{1 + self._people % 9}1{self._people % 9}{self._people % 1000:03}"
        name = "欧阳" + self.dice.choice(CHARACTERS) + CHARACTERS[self._people % len(CHARACTERS)]
        birth = f"{body[6:10]}-{body[10:12]}-{body[12:14]}"
        until = "2020-01-01" if self.dice.random() < 0.1 else CARD.valid_to
        return replace(CARD, name=name, id_no=body + id_no_check(body), birth=birth, valid_to=until)

    def _paper(self) -> None:
        self.bench.scanner.feeder = [sheet(self.dice.randint(1, 12)) for _ in range(self.dice.randint(1, 3))]
        if self.dice.random() < 0.15:
            self.bench.scanner.feeder.append(DeviceError("scanner", self._fault()))
        if self.dice.random() < 0.2:
            self._press("F11")

    def _camera(self) -> None:
        camera, roll = self.bench.camera, self.dice.random()
        camera.trouble = DeviceError("camera", Fault.ABSENT) if roll < 0.25 else None
        camera.jpeg = b"" if roll > 0.85 else sheet(self.dice.randint(1, 12))

    def _printer(self) -> None:
        ends: list[PrintResult | DeviceError] = [
            PrintResult(PrintEnd.UNKNOWN, 2, 1, 1),
            DeviceError("printer", Fault.ABSENT),
            DeviceError("printer", self._fault()),
        ]
        self.bench.printer.ends = [self.dice.choice(ends) for _ in range(self.dice.randint(0, 2))]

    def _line(self) -> None:
        self._online = not self._online
        self.bench.centre.down = not self._online
        self.bench.desk.network_changed(online=self._online, latency_ms=12 if self._online else None, offset_s=0.0)

    def _refuse(self) -> None:
        self.bench.centre.refuse[self.dice.choice(ASKED)] = [self.dice.choice(REFUSALS)]

    def _time(self) -> None:
        seconds = self.dice.choice((0.5, 1, 6, 11, 31, 65, 240, 700))
        self.told[-1] = f"time {seconds}"
        self.bench.pass_time(seconds)

    def _courier(self) -> None:
        for message in self.bench.store.outbox.list(20):
            if self.dice.random() < 0.8:
                self.bench.store.outbox.delivered(message.id)
            else:
                self.bench.store.outbox.set_aside(message.id, "invalid")
        self.bench.desk.outbox_changed()

    def _news(self) -> None:
        desk = self.bench.desk
        self.dice.choice(
            (
                desk.queue_changed,
                desk.refresh_today,
                desk.catalogue_changed,
                desk.devices_changed,
                desk.tell_signed_out,
                desk.known_at_centre,
                partial(desk.conflict_found, "510799-1", 1),
                partial(desk.second_screen_changed, there=self.dice.random() < 0.5),
                partial(desk.save_draft),
            )
        )()

    def _unlock(self) -> None:
        if self.bench.state.lock is None:
            return
        account = self.dice.choice(("1203", "1203", "1305"))
        self.told[-1] = f"unlock {account}"
        self.bench.desk.unlock(account, self.dice.choice(("demo", "demo", "demo", "wrong")))

    def _occupied(self) -> None:
        with self.bench.held_by_another():
            self._click(self.clerk)

    def _restart(self) -> None:
        """The program dies and is started again on the same store."""
        now, fence, numbers = self.bench.now, self.bench.centre.fence, self.bench.centre.numbers
        before = self.bench.state
        expected = self.bench.on_disk() if before.draft is not None and before.visit is not State.IDLE else None
        self._shut()
        self._last_draft = None
        self._open()
        self.bench.now = now
        self.bench.centre.fence, self.bench.centre.numbers = fence, numbers
        self.bench.centre.down = not self._online
        if expected is not None and not any(
            row.visit_id == expected.visit_id for row in self.bench.store.drafts.open_drafts()
        ):
            self._find("a visit is gone after a start")

    # ---- looking

    def _watch_state(self, state: ReceptionState) -> None:
        """Every state that is shown: pages never vanish but by a deed that takes them away."""
        draft = state.draft
        if draft is None:
            self._last_draft = None
            return
        if draft.visit_id not in self._ever:
            self._ever.add(draft.visit_id)
            self.visits += 1
        keys = {page.key for page in all_pages(draft.checklist)}
        last = self._last_draft
        if last is not None and last.visit_id == draft.visit_id:
            gone = {page.key for page in all_pages(last.checklist)} - keys
            if gone and not PAGE_DEEDS.search(self.told[-1] if self.told else ""):
                self._find(f"pages are gone: {len(gone)}")
        self._last_draft = draft
        self._secrets.setdefault(draft.visit_id, set()).update(_secrets(draft))

    def _look(self) -> None:
        for text in self._raised + self._ears.bugs:
            self._find(f"raised: {text}")
        for text in self._warnings:
            self._find(f"Qt says: {text}")
        del self._raised[:], self._warnings[:], self._ears.bugs[:]
        state = self.bench.state
        self._look_at_disk(state)
        self._look_at_texts(state)
        focus = QApplication.focusWidget()
        if focus is not None and not focus.isVisible() and focus.window().isVisible():
            self._find(f"the focus is in hidden {_path(focus)}")

    def _look_at_disk(self, state: ReceptionState) -> None:
        store: Store = self.bench.store
        drafts = {row.visit_id: row for row in store.drafts.open_drafts()}
        draft = state.draft
        if draft is not None:
            kept = drafts.get(draft.visit_id)
            if kept is None:
                self._find(f"the open visit is not on disk, {state.visit}")
            elif _comparable(kept) != _comparable(draft):
                names = [name for name in draft.__struct_fields__ if getattr(draft, name) != getattr(kept, name)]
                self._find(f"the disk has another {names}")
        cases = store.cases.recent(1000)
        numbers = [row.case_no for row in cases]
        if len(set(numbers)) != len(numbers) or len({row.case_id for row in cases}) != len(cases):
            self._find("a case was accepted twice")
        if len(numbers) < self.accepted:
            self._find("a case is gone")
        self.accepted = len(numbers)

    def _look_at_texts(self, state: ReceptionState) -> None:
        """Nothing of another person on a screen: the applicant's, and in full not even on the clerk's."""
        locked = state.lock is not None
        here = self._secrets.get(state.draft.visit_id, set()) if state.draft is not None and not locked else set()
        others = set().union(*self._secrets.values()) - here if self._secrets else set()
        for text in _texts(self.person, hidden=True):
            for secret in others:
                if secret in text:
                    page = state.applicant.page.value
                    self._find(f"the applicant's screen shows another person: {text} at {page}, locked {locked}")
                    return
        full = {
            secret for secret in others if "*" not in secret and (locked or secret.isdigit() or secret[:-1].isdigit())
        }
        for text in _texts(self.clerk, hidden=False):
            for secret in full:
                if secret in text:
                    self._find(f"the clerk's screen shows another person: {secret} at {state.visit}, locked {locked}")
                    return


def _comparable(draft: Draft) -> Draft:
    return draft


def _secrets(draft: Draft) -> set[str]:
    """Names and numbers of the people of a visit, full and as they are masked."""
    found: set[str] = set()
    for person in (draft.applicant, draft.agent):
        if person is not None:
            found |= {person.name, mask_name(person.name), person.id_no, mask_id_no(person.id_no)}
    if draft.contact.phone:
        found |= {draft.contact.phone, mask_phone(draft.contact.phone)}
    return {text for text in found if len(text) > 2 and text.strip("*") and not any(text in typed for typed in TEXTS)}


def _texts(window: QWidget, *, hidden: bool) -> Iterator[str]:
    for label in window.findChildren(QLabel):
        if hidden or label.isVisible():
            yield label.text()
    for line in window.findChildren(QLineEdit):
        if hidden or line.isVisible():
            yield line.text()
    for edit in window.findChildren(QPlainTextEdit):
        if hidden or edit.isVisible():
            yield edit.toPlainText()
    for button in window.findChildren(QAbstractButton):
        if hidden or button.isVisible():
            yield button.text()
            yield button.accessibleName()


def _path(widget: QWidget | None) -> str:
    """A widget with what it stands in."""
    names = []
    while widget is not None:
        names.append(f"{type(widget).__name__} {widget.accessibleName()} {'hidden' if widget.isHidden() else ''}")
        widget = widget.parentWidget()
    return " < ".join(names)


def _alive(widget: QWidget) -> bool:
    import shiboken6

    return bool(shiboken6.isValid(widget))
