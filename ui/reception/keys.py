"""The keys of the reception desk, one table (DESIGN.md section 7).

Shortcuts sit on ``QAction``, never on buttons: 0.1 ms a key instead of 110 ms. F10 is not among them: it may reach the
window menu, so the window takes it in an event filter, as it does with the bare Enter.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class Key:
    """A key: what it does, its sequences in Qt's portable text, its words, and its group in the key list."""

    act: str
    sequences: tuple[str, ...]
    words: str
    group: str


KEYS: tuple[Key, ...] = (
    Key("call_next", ("F2",), "call_next", "queue"),
    Key("recall", ("F3",), "recall", "queue"),
    Key("no_show", ("F4",), "no_show", "queue"),
    Key("transfer", ("F5",), "keylist.transfer", "queue"),
    Key("hold", ("F6",), "keylist.hold", "queue"),
    Key("open_typed_number", ("F7",), "call_number", "queue"),
    Key("pause", ("F8",), "keylist.pause", "queue"),
    Key("serve_without_ticket", ("Ctrl+N",), "without_ticket", "queue"),
    Key("end_unfiled", ("Ctrl+W",), "bar.end_unfiled", "queue"),
    Key("next_step", ("Ctrl+Return", "Ctrl+Enter"), "keylist.next_step", "visit"),
    Key("go_to_missing", ("Ctrl+G",), "keylist.missing", "visit"),
    *(Key(f"open_step:{n}", (f"Alt+{n}",), "keylist.step", "visit") for n in range(1, 7)),
    Key("read_card", ("F9",), "id.read", "visit"),
    Key("choose_party", ("Alt+Q",), "keylist.party", "visit"),
    Key("choose_agent", ("Alt+B",), "keylist.agent", "visit"),
    Key("reveal_id", ("Ctrl+H",), "id.reveal", "visit"),
    Key("search", ("Ctrl+K",), "keylist.search", "visit"),
    Key("save_draft", ("Ctrl+S",), "bar.save_draft", "visit"),
    Key("ask_to_sign_again", ("Alt+R",), "keylist.sign_again", "visit"),
    Key("help_given", ("Alt+H",), "keylist.help_given", "visit"),
    Key("copy_case_no", ("Ctrl+C",), "keylist.copy", "visit"),
    Key("print_notice", ("Ctrl+P",), "keylist.print_notice", "visit"),
    Key("feed", ("F11",), "act.feed", "materials"),
    Key("undo", ("Ctrl+Z",), "keylist.undo", "materials"),
    Key("redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "keylist.redo", "materials"),
    Key("print_again", ("F12",), "keylist.print", "machine"),
    Key("device_page", ("Alt+D",), "keylist.devices", "machine"),
    Key("outbox", ("Ctrl+O",), "keylist.outbox", "machine"),
    Key("retry_outbox", ("Ctrl+R",), "keylist.retry", "machine"),
    Key("viewer", ("Alt+V",), "keylist.viewer", "machine"),
    Key("lock", ("Ctrl+L",), "lock", "machine"),
    Key("help", ("F1",), "keys", "machine"),
    Key("escape", ("Esc",), "keylist.close", ""),
)

OPTIONAL_KEYS: tuple[Key, ...] = (
    Key("language", ("Alt+L",), "keylist.language", "machine"),
    Key("text_larger", ("Ctrl+=", "Ctrl++"), "keylist.text_size", "machine"),
    Key("text_smaller", ("Ctrl+-",), "keylist.text_size", "machine"),
    Key("text_normal", ("Ctrl+0",), "keylist.text_size", "machine"),
    Key("turn_screen", ("Alt+T",), "keylist.turn_screen", "visit"),
)
"""Keys of switches that the program may offer; without an offer there is no action."""

SHOWN_ONLY: tuple[tuple[str, str, str], ...] = (
    ("F10", "act.capture", "materials"),
    ("↑ ↓ 1…9", "keylist.row", "materials"),
    ("E", "act.ecert", "materials"),
    ("D", "act.defer", "materials"),
    ("N", "act.not_needed", "materials"),
    ("Del", "keylist.delete_page", "materials"),
    ("← → / Ctrl", "keylist.pages", "materials"),
    ("Enter", "keylist.zoom_page", "materials"),
    ("R", "keylist.turn_page", "materials"),
    ("C", "keylist.crop_page", "materials"),
    ("P", "keylist.retake_page", "materials"),
    ("M", "keylist.move_page", "materials"),
    ("T", "keylist.two_sides", "materials"),
    ("L", "keylist.turn_lens", "materials"),
)
"""Keys that work only where they are shown, or are taken elsewhere; listed for F1."""


def cap(sequence: str) -> str:
    """A sequence as a key cap says it."""
    return sequence.replace("Return", "Enter")


def make_actions(owner: QWidget, keys: tuple[Key, ...], act: Callable[[str], object]) -> dict[str, QAction]:
    """One ``QAction`` of ``owner`` a key, active in its whole window."""
    made = {}
    for key in keys:
        action = QAction(owner)
        action.setShortcuts([QKeySequence(sequence) for sequence in key.sequences])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setAutoRepeat(False)
        action.triggered.connect(lambda _checked=False, name=key.act: act(name))
        owner.addAction(action)
        made[key.act] = action
    return made
