"""The keys of the counter (DESIGN.md section 7), as Qt reads them and as a key cap shows them."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

KEYS: dict[str, str] = {
    "help": "F1",
    "call_next": "F2",
    "recall": "F3",
    "no_show": "F4",
    "call_number": "F7",
    "read_card": "F9",
    "capture": "F10",
    "feed": "F11",
    "print": "F12",
    "device_page": "Alt+D",
    "viewer": "Alt+V",
    "sign_again": "Alt+R",
    "go_on": "Ctrl+Return",
    "missing": "Ctrl+G",
    "save_draft": "Ctrl+S",
    "reveal_id": "Ctrl+H",
    "new_visit": "Ctrl+N",
    "end_unfiled": "Ctrl+W",
    "outbox": "Ctrl+O",
    "retry": "Ctrl+R",
    "search": "Ctrl+K",
    "put_off": "Esc",
    "lock": "Ctrl+L",
    "language": "Alt+L",
    "text_larger": "Ctrl+=",
    "text_smaller": "Ctrl+-",
    "text_normal": "Ctrl+0",
}
"""Action → key sequence in Qt's portable text."""

_CAPS = {"Return": "Enter", "Esc": "Esc"}


def cap(name: str) -> str:
    """What the key cap of an action of ``KEYS`` says, for example ``Ctrl+Enter``."""
    return "+".join(_CAPS.get(part, part) for part in KEYS[name].split("+"))


def key_action(owner: QWidget, name: str, text: str, on_key: Callable[[], object]) -> QAction:
    """A ``QAction`` of ``owner`` for a key of ``KEYS``, active in the whole window of ``owner``.

    Shortcuts sit on actions, never on buttons: a button's shortcut costs 110 ms a key, an action's 0.1 ms.
    """
    action = QAction(text, owner)
    action.setShortcuts([QKeySequence(KEYS[name])])
    if KEYS[name].endswith("Return"):
        action.setShortcuts([QKeySequence(KEYS[name]), QKeySequence(KEYS[name].replace("Return", "Enter"))])
    if name == "text_larger":
        action.setShortcuts([QKeySequence(KEYS[name]), QKeySequence("Ctrl++")])  # the same key with Shift
    action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
    action.triggered.connect(lambda _checked=False: on_key())
    owner.addAction(action)
    return action
