from ui.keys import KEYS, cap


def test_a_cap_says_enter_where_qt_says_return() -> None:
    assert cap("go_on") == "Ctrl+Enter"
    assert cap("capture") == "F10"


def test_no_key_does_two_things() -> None:
    assert len(set(KEYS.values())) == len(KEYS)
