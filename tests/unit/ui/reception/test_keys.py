"""The table of keys."""

from collections import Counter

from ui.reception.key_list import key_lines
from ui.reception.keys import KEYS, OPTIONAL_KEYS, cap
from ui.words import words


def test_no_key_does_two_things() -> None:
    sequences = Counter(sequence for key in KEYS + OPTIONAL_KEYS for sequence in key.sequences)
    assert [sequence for sequence, times in sequences.items() if times > 1] == []


def test_keys_that_belong_to_input_methods_are_not_used() -> None:
    used = {sequence for key in KEYS + OPTIONAL_KEYS for sequence in key.sequences}
    assert not used & {"Ctrl+Space", "Shift+Space", "Ctrl+Shift", "Ctrl+A", "Ctrl+D", "Ctrl+E", "F10"}


def test_every_key_has_words() -> None:
    assert [key.act for key in KEYS + OPTIONAL_KEYS if f"desk.{key.words}" not in words] == []


def test_the_key_list_shows_the_steps_on_one_line_and_f10_too() -> None:
    lines = key_lines()
    assert [shown for shown, _ in lines["visit"] if shown.startswith("Alt+") and shown[4].isdigit()] == ["Alt+1…6"]
    assert "F10" in [shown for shown, _ in lines["materials"]]
    assert cap("Ctrl+Return") == "Ctrl+Enter"
