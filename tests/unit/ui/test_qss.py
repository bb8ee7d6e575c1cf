import re

import pytest

from ui.qss import stylesheet
from ui.theme import Theme


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5])
def test_every_rule_is_closed_and_every_colour_is_a_token(name: str, scale: float) -> None:
    theme = Theme.load(name, scale)
    sheet = stylesheet(theme)
    assert sheet.count("{") == sheet.count("}")
    assert set(re.findall(r"#[0-9A-Fa-f]{6}\b", sheet)) <= set(theme.colours.values())


def test_a_focus_outline_takes_its_room_from_padding_and_height() -> None:
    sheet = stylesheet(Theme.load())
    plain = re.search(r"QPushButton, QToolButton \{[^}]*padding: 0 (\d+)px; min-height: (\d+)px", sheet)
    focus = re.search(r"QPushButton:focus, QToolButton:focus \{[^}]*padding: 0 (\d+)px; min-height: (\d+)px", sheet)
    assert plain is not None
    assert focus is not None
    assert int(plain[1]) - int(focus[1]) == 1
    assert int(plain[2]) - int(focus[2]) == 2
