import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from ui.icons import icon, pixmap
from ui.theme import RESOURCES, current


@pytest.fixture(autouse=True)
def _with_qt(qapp: QApplication) -> None:
    """Pixmaps need an application."""


def test_an_icon_is_drawn_in_the_colour_of_its_token() -> None:
    image = pixmap("check", "ok", 24).toImage()
    wanted = current().hex("ok").upper()
    inked = {image.pixelColor(x, y).name().upper() for x in range(24) for y in range(24)
             if image.pixelColor(x, y).alpha() == 255}  # fmt: skip
    assert inked == {wanted}


def test_the_same_icon_is_drawn_once() -> None:
    assert pixmap("call", "ink", 18).cacheKey() == pixmap("call", "ink", 18).cacheKey()
    assert pixmap("call", "ink", 18).cacheKey() != pixmap("call", "bad", 18).cacheKey()


def test_every_icon_of_the_tokens_can_be_drawn() -> None:
    names = json.loads((RESOURCES / "theme" / "tokens.json").read_text("utf-8"))["icons"]
    for name in names:
        assert Path(RESOURCES / "icons" / f"{name}.svg").exists(), name
        assert not icon(name, "ink").isNull(), name
